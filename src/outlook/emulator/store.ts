/** Store and Stores. @source outlook-objects.md section 1.2 */
import { long } from './arguments.ts';
import { pick } from './collection.ts';
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { folderObject } from './folder.ts';
import { PROP } from './property.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { STORE_EXTRAS } from './store-extras.ts';
import { attachedStores, defaultFolder, folderText, type StoreRow, storeRow } from './stores.ts';

export type StoreState = { readonly session: Session; readonly store: number };

/** A store by its number. */
export function storeObject(session: Session, store: number): DispatchObject {
  return session.make(STORE_CLASS, { session, store });
}

/** The stores of the profile. */
export function storesObject(session: Session): DispatchObject {
  return session.make(STORES_CLASS, { session });
}

function rowOf({ session, store }: StoreState): StoreRow {
  const row = storeRow(session, store);
  return row.attached === 1 ? row : fail('NOT_FOUND');
}

function nameOf(session: Session, row: StoreRow): string {
  return folderText(session, row.root, PROP.displayName);
}

const STORE_MEMBERS: MemberTable<StoreState> = {
  ...standardMembers<StoreState>(107, ({ session }) => session.objects.namespace),
  DisplayName: { get: (self) => nameOf(self.session, rowOf(self)) },
  StoreID: { get: (self) => rowOf(self).store_id },
  FilePath: { get: (self) => rowOf(self).file_path },
  ExchangeStoreType: { get: (self) => (rowOf(self).kind === 'exchange' ? 0 : 3) },
  IsDataFileStore: { get: (self) => rowOf(self).kind !== 'imap' },
  IsCachedExchange: { get: (self) => rowOf(self).kind === 'exchange' },
  IsOpen: { get: () => true },
  IsInstantSearchEnabled: {
    get: ({ session }) =>
      session.switches.instantSearch === 'raises' ? fail('FAILED') : session.switches.instantSearch === 'on',
  },
  GetRootFolder: { call: (self) => folderObject(self.session, rowOf(self).root) },
  GetDefaultFolder: {
    call: (self, [type]) => {
      const create = self.session.switches.missingDefaultFolder === 'create';
      const row = defaultFolder(self.session, rowOf(self), long(type), create);
      return row === undefined ? null : folderObject(self.session, row.entry_id);
    },
  },
  ...STORE_EXTRAS,
};

const STORE_CLASS: ObjectClass<StoreState> = { name: 'Store', guarded: ['PropertyAccessor'], members: STORE_MEMBERS };

const STORES_CLASS: ObjectClass<{ readonly session: Session }> = {
  name: 'Stores',
  members: {
    ...standardMembers<{ readonly session: Session }>(108, ({ session }) => session.objects.namespace),
    Count: { get: ({ session }) => attachedStores(session).length },
    Item: {
      call: ({ session }, [key]) => {
        const row = pick(attachedStores(session), key, (store, name) => nameOf(session, store) === name);
        return storeObject(session, (row ?? fail('NOT_FOUND')).id);
      },
    },
  },
};
