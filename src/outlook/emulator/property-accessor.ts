/** PropertyAccessor. @source outlook-objects.md section 5; outlook-calendar.md section 8 */

import { fromHex, toHex } from '../../base/utf8.ts';
import { list, text } from './arguments.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { isDate } from './dispatch.ts';
import { type FaultName, fail, OutlookFault } from './fault.ts';
import { PROP, type PropKey, type PropType, PT, type TypedValue, tag } from './property.ts';
import { parseSchemaName, type SchemaName, sameType } from './schema-name.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { asType, coerced, fromDispatch, toDispatch } from './typed-value.ts';

/** What an accessor reads and writes: an item's bag (kept until Save), or a folder, store or recipient (kept at once). */
export type PropertyTarget = {
  readonly session: Session;
  readonly parent: () => DispatchObject;
  readonly get: (key: PropKey) => TypedValue | undefined;
  readonly set: (key: PropKey, value: TypedValue) => void;
  readonly delete: (key: PropKey) => void;
  /** Keys that may not be written through the accessor. */
  readonly readOnly: readonly PropKey[];
};

/** A new accessor over `target`: one per call, each to be released. */
export function propertyAccessor(target: PropertyTarget): DispatchObject {
  return target.session.make(PROPERTY_ACCESSOR, target);
}

/** Bodies have members of their own; the accessor refuses them, or serves them, by version. */
const BODIES: readonly PropKey[] = [PROP.body, PROP.rtf, tag(0x1013)];

/** Properties of an item that nobody sets. */
export const ITEM_READ_ONLY: readonly PropKey[] = [
  PROP.entryId,
  PROP.recordKey,
  PROP.created,
  PROP.modified,
  PROP.size,
  tag(0x0e06),
  tag(0x0e09),
  tag(0x0e1b),
];

const NUMBER_OR_TAG = /^[ti]:/;

function parse(name: DispatchValue | undefined): SchemaName & { readonly name: string } {
  const schema = text(name);
  const parsed = parseSchemaName(schema) ?? fail('NOT_FOUND', schema, 'PROPERTY_UNKNOWN');
  return { ...parsed, name: schema };
}

function read(target: PropertyTarget, name: DispatchValue | undefined): DispatchValue {
  const schema = parse(name);
  const { switches } = target.session;
  if (schema.type === 0x000d) fail('NO_SUPPORT', schema.name);
  if (BODIES.includes(schema.key) && switches.accessorBodies === 'refused') fail('ACCESS_DENIED', schema.name);
  const stored = target.get(schema.key) ?? fail('NOT_FOUND', schema.name, 'PROPERTY_UNKNOWN');
  if (schema.type !== undefined && !sameType(schema.type, stored.type)) fail('TYPE_MISMATCH', schema.name);
  if (schema.form !== 'tag' && longest(stored) > switches.accessorLimit) fail('NO_MEMORY', schema.name);
  return toDispatch(stored);
}

/** As {@link read}; of the many names of a bulk read some are always absent, and that is told without throwing. */
function slot(target: PropertyTarget, name: DispatchValue | undefined): DispatchValue {
  const schema = typeof name === 'string' ? parseSchemaName(name) : undefined;
  const absent = schema !== undefined && !BODIES.includes(schema.key) && target.get(schema.key) === undefined;
  return absent && schema.type !== 0x000d ? { error: target.session.errorNumber('NOT_FOUND') } : read(target, name);
}

function write(target: PropertyTarget, name: DispatchValue | undefined, value: DispatchValue): void {
  const schema = parse(name);
  if (schema.type === 0x000d) fail('NO_SUPPORT', schema.name);
  if (BODIES.includes(schema.key) || target.readOnly.includes(schema.key))
    fail('ACCESS_DENIED', schema.name, 'READ_ONLY');
  const stored = target.get(schema.key);
  if (schema.form === 'string' && schema.type === undefined) {
    target.set(schema.key, stored === undefined ? fromDispatch(value) : coerced(value, stored.type));
    return;
  }
  const type = (schema.type ?? stored?.type) as PropType | undefined;
  if (stored !== undefined && type !== undefined && !sameType(stored.type, type)) fail('TYPE_MISMATCH', schema.name);
  target.set(schema.key, type === undefined ? fromDispatch(value) : asType(value, type));
}

/** Only custom properties go: text names outside the sets of Outlook and MAPI. */
function remove(target: PropertyTarget, name: DispatchValue | undefined): void {
  const schema = parse(name);
  if (NUMBER_OR_TAG.test(schema.key) || schema.key === PROP.keywords) fail('ACCESS_DENIED', schema.name);
  if (target.get(schema.key) === undefined) fail('NOT_FOUND', schema.name, 'PROPERTY_UNKNOWN');
  target.delete(schema.key);
}

function longest({ type, value }: TypedValue): number {
  if (type === PT.UNICODE) return 2 * (value as string).length;
  if (value instanceof Uint8Array) return value.length;
  if (type === PT.MV_UNICODE) return Math.max(0, ...(value as readonly string[]).map((entry) => 2 * entry.length));
  if (type === PT.MV_BINARY) return Math.max(0, ...(value as readonly Uint8Array[]).map((entry) => entry.length));
  return 0;
}

/** Runs `work` for each; an Outlook error becomes the entry's VT_ERROR. */
function eachSlot<T>(self: PropertyTarget, entries: readonly T[], work: (entry: T) => DispatchValue): DispatchValue[] {
  return entries.map((entry) => {
    try {
      return work(entry);
    } catch (error) {
      if (!(error instanceof OutlookFault)) throw error;
      return { error: self.session.errorNumber(error.fault as FaultName) };
    }
  });
}

function errorsOrNothing(slots: readonly DispatchValue[]): DispatchValue {
  return slots.some((slot) => slot !== null) ? slots : null;
}

const MEMBERS: MemberTable<PropertyTarget> = {
  ...standardMembers<PropertyTarget>(112, (self) => self.parent()),
  GetProperty: { call: (self, [name]) => read(self, name) },
  GetProperties: { call: (self, [names]) => eachSlot(self, list(names), (name) => slot(self, name)) },
  SetProperty: {
    call: (self, [name, value]) => {
      write(self, name, value ?? null);
      return null;
    },
  },
  SetProperties: {
    call: (self, [names, values]) => {
      const [keys, contents] = [list(names), list(values)];
      if (keys.length !== contents.length) fail('INVALID_ARGUMENT');
      const slots = eachSlot(self, [...keys.keys()], (index) => {
        write(self, keys[index], contents[index] ?? null);
        return null;
      });
      return errorsOrNothing(slots);
    },
  },
  DeleteProperty: {
    call: (self, [name]) => {
      remove(self, name);
      return null;
    },
  },
  DeleteProperties: {
    call: (self, [names]) => {
      const slots = eachSlot(self, list(names), (name) => {
        remove(self, name);
        return null;
      });
      return errorsOrNothing(slots);
    },
  },
  BinaryToString: {
    call: (_, [value]) => (value instanceof Uint8Array ? toHex(value) : fail('TYPE_MISMATCH', 'bytes')),
  },
  StringToBinary: {
    call: (_, [value]) => (/^([0-9A-Fa-f]{2})*$/.test(text(value)) ? fromHex(text(value)) : fail('INVALID_ARGUMENT')),
  },
  UTCToLocalTime: { call: (self, [value]) => ({ date: self.session.toLocal(dateOf(value)) }) },
  LocalTimeToUTC: { call: (self, [value]) => ({ date: self.session.toUtc(dateOf(value)) }) },
};

function dateOf(value: DispatchValue | undefined): string {
  return isDate(value) ? value.date : fail('TYPE_MISMATCH', 'date');
}

const PROPERTY_ACCESSOR: ObjectClass<PropertyTarget> = { name: 'PropertyAccessor', members: MEMBERS };
