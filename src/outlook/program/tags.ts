import type { TagName } from '../model/named-properties.ts';
import { isError, meaningOf } from './errors.ts';
import type { OutlookValue } from './program.ts';
import { TAG_NAMES } from './schema-names.ts';
import type { Ref, Script } from './script.ts';
import { isAbsent, text } from './values.ts';

export type Tags = Readonly<Record<string, string>>;

/**
 * Our tags from a bulk read: `slots` stand in the order of {@link TAG_NAMES}.
 * @throws BadValue for a tag that is there and cannot be read: without it the item would pass for something else
 */
export function tagsFrom(slots: readonly OutlookValue[]): Tags {
  const entries: [TagName, string][] = [];
  for (const [index, [name]] of TAG_NAMES.entries()) {
    const value = slots[index];
    if (!isAbsent(value)) entries.push([name, text(value)]);
  }
  return Object.fromEntries(entries);
}

/** One property to write, by its schema name. */
export type Property = readonly [schemaName: string, value: OutlookValue];

/** The tags of `after` that differ from those of `before`, as properties to set and names to delete. */
export function tagChanges(
  before: Tags,
  after: Tags,
): { readonly set: readonly Property[]; readonly remove: readonly string[] } {
  const set = TAG_NAMES.flatMap(([name, schemaName]): Property[] => {
    const value = after[name];
    return value === undefined || value === before[name] ? [] : [[schemaName, value]];
  });
  const remove = TAG_NAMES.flatMap(([name, schemaName]) =>
    after[name] === undefined && before[name] !== undefined ? [schemaName] : [],
  );
  return { set, remove };
}

/** The handle whose value stops a write program when Outlook refuses one of our properties; see {@link isRefusal}. */
export const REFUSED = 'refused:';

/**
 * Sets properties in one call and stops the program when one was not taken: an item must never be saved without its token.
 * `SetProperties` answers Nothing, or an array with an error in the place of each property that failed.
 */
export function setProperties(write: Script, accessor: Ref<'PropertyAccessor'>, properties: readonly Property[]): void {
  if (properties.length === 0) return;
  const names = properties.map(([name]) => name);
  const values = properties.map(([, value]) => value);
  const errors = write.part(REFUSED).call(accessor, 'SetProperties', names, values);
  write.expect(
    errors,
    null,
    [],
    names.map(() => null),
  );
}

/** Whether a program stopped because Outlook did not take a property. */
export function isRefusal(handle: string): boolean {
  return handle.includes(REFUSED);
}

/** The first error in what SetProperties answered, for a reason. */
export function refusalText(value: OutlookValue): string {
  const slots = Array.isArray(value) ? (value as readonly OutlookValue[]) : [value];
  const error = slots.find(isError);
  return error === undefined ? 'a property was not taken' : `a property was not taken (${meaningOf(error.error)})`;
}
