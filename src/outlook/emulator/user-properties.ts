/** UserProperties of an item and the fields a folder defines. @source outlook-objects.md section 5 */
import { bool, date, given, long, text } from './arguments.ts';
import { at, pick } from './collection.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { LiveItem } from './live-item.ts';
import { type PropType, PT, type TypedValue } from './property.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import {
  putUserPropertyDefinitions,
  type UserPropertyDefinition,
  userPropertyDefinitions,
  userPropertyKey,
} from './user-property-definitions.ts';
import { NO_DATE } from './zone-time.ts';

/** OlUserPropertyType and how its values are stored and look when absent. */
const KINDS: Readonly<Record<number, { readonly type: PropType; readonly absent: DispatchValue }>> = {
  1: { type: PT.UNICODE, absent: '' },
  3: { type: PT.DOUBLE, absent: 0 },
  5: { type: PT.SYSTIME, absent: { date: NO_DATE } },
  6: { type: PT.BOOLEAN, absent: false },
  11: { type: PT.MV_UNICODE, absent: '' },
  20: { type: PT.LONG, absent: 0 },
};

/** The custom fields of an item. */
export function userPropertiesObject(item: LiveItem): DispatchObject {
  return item.session.make(USER_PROPERTIES, { session: item.session, item });
}

/** Defines a field on a folder, which filters and views need. */
export function addFolderField(session: Session, folder: string, name: string, type: number): void {
  const kind = KINDS[type] ?? fail('INVALID_ARGUMENT');
  session.database.run(
    'INSERT OR REPLACE INTO folder_fields (folder, name, type) VALUES (?, ?, ?)',
    folder,
    name,
    kind.type,
  );
}

/** @throws INVALID_ARGUMENT for more than 64 characters or one of [ ] _ # */
function checkName(name: string): void {
  if (name === '' || name.length > 64 || /[[\]_#]/.test(name)) fail('INVALID_ARGUMENT', name);
}

type UserPropertiesState = { readonly session: Session; readonly item: LiveItem };

function add({ session, item }: UserPropertiesState, args: readonly DispatchValue[]): DispatchObject {
  const name = text(args[0]);
  const type = long(args[1]);
  checkName(name);
  if (KINDS[type] === undefined) fail('INVALID_ARGUMENT', name);
  const others = userPropertyDefinitions(item).filter((known) => !same(known.name, name));
  putUserPropertyDefinitions(item, [...others, { name, type }]);
  if (!given(args[2]) || bool(args[2])) addFolderField(session, item.place.folder, name, type);
  return userPropertyObject(item, { name, type });
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function remove(item: LiveItem, gone: UserPropertyDefinition): void {
  putUserPropertyDefinitions(
    item,
    userPropertyDefinitions(item).filter(({ name }) => !same(name, gone.name)),
  );
  item.bag.delete(userPropertyKey(gone.name));
}

const USER_PROPERTIES_MEMBERS: MemberTable<UserPropertiesState> = {
  ...standardMembers<UserPropertiesState>(38, ({ item }) => item.object()),
  Count: { get: ({ item }) => userPropertyDefinitions(item).length },
  Item: {
    call: ({ item }, [key]) => {
      const found = pick(userPropertyDefinitions(item), key, (known, name) => same(known.name, name));
      return found === undefined ? null : userPropertyObject(item, found);
    },
  },
  Find: {
    call: ({ item }, [name]) => {
      const found = userPropertyDefinitions(item).find((known) => same(known.name, text(name)));
      return found === undefined ? null : userPropertyObject(item, found);
    },
  },
  Add: { call: add },
  Remove: {
    call: ({ item }, [index]) => {
      remove(item, at(userPropertyDefinitions(item), long(index)));
      return null;
    },
  },
};

const USER_PROPERTIES: ObjectClass<UserPropertiesState> = { name: 'UserProperties', members: USER_PROPERTIES_MEMBERS };

type UserPropertyState = { readonly session: Session; readonly item: LiveItem; readonly of: UserPropertyDefinition };

function userPropertyObject(item: LiveItem, of: UserPropertyDefinition): DispatchObject {
  return item.session.make(USER_PROPERTY, { session: item.session, item, of });
}

function read({ item, of }: UserPropertyState): DispatchValue {
  const kind = KINDS[of.type] ?? fail('INVALID_ARGUMENT');
  const stored = item.bag.get(userPropertyKey(of.name));
  if (stored === undefined) return kind.absent;
  if (stored.type === PT.SYSTIME) return { date: item.session.toLocal(String(stored.value)) };
  return Array.isArray(stored.value) ? stored.value.join(', ') : (stored.value as DispatchValue);
}

function write({ item, of }: UserPropertyState, value: DispatchValue): void {
  item.bag.set(userPropertyKey(of.name), storable(item, of.type, value));
}

/** A custom date loses its seconds. @source outlook-calendar.md section 1.6 */
function storable(item: LiveItem, type: number, value: DispatchValue): TypedValue {
  switch (KINDS[type]?.type) {
    case PT.SYSTIME:
      return { type: PT.SYSTIME, value: item.session.toUtc(`${date(value).slice(0, 16)}:00`) };
    case PT.BOOLEAN:
      return { type: PT.BOOLEAN, value: bool(value) };
    case PT.LONG:
      return { type: PT.LONG, value: long(value) };
    case PT.DOUBLE:
      return { type: PT.DOUBLE, value: Number(text(value)) };
    case PT.MV_UNICODE:
      return {
        type: PT.MV_UNICODE,
        value: text(value)
          .split(item.session.locale().listSeparator)
          .map((entry) => entry.trim()),
      };
    default:
      return { type: PT.UNICODE, value: text(value) };
  }
}

const USER_PROPERTY: ObjectClass<UserPropertyState> = {
  name: 'UserProperty',
  guarded: ['Formula'],
  members: {
    ...standardMembers<UserPropertyState>(39, ({ item }) => userPropertiesObject(item)),
    Name: { get: ({ of }) => of.name },
    Type: { get: ({ of }) => of.type },
    Value: { get: read, put: write },
    Delete: {
      call: ({ item, of }) => {
        remove(item, of);
        return null;
      },
    },
  },
};
