import { toHex } from '../../base/utf8.ts';
import { parseWrappedId } from './address-ids.ts';
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import { itemRow, openItem } from './item-store.ts';
import { PROP, PT, type TypedValue } from './property.ts';
import { propertyAccessor } from './property-accessor.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';

/** An address of an address book. `userType` is OlAddressEntryUserType. */
export type AddressEntryValue = {
  readonly name: string;
  readonly address: string;
  readonly type: string;
  readonly userType: number;
  readonly id: Uint8Array;
};

type AddressEntryState = { readonly session: Session; readonly value: AddressEntryValue };

/** An AddressEntry. @source outlook-objects.md section 8 */
export function addressEntryObject(session: Session, value: AddressEntryValue): DispatchObject {
  return session.make(ADDRESS_ENTRY, { session, value });
}

/** The contact behind an entry, when it is one. */
function contactOf({ session, value }: AddressEntryState): DispatchObject | null {
  const wrapped = parseWrappedId(value.id);
  const row = wrapped === undefined || wrapped.list ? undefined : itemRow(session, wrapped.entryId);
  return row === undefined ? null : openItem(session, row).object();
}

function property({ session, value }: AddressEntryState, key: string): TypedValue | undefined {
  if (key === PROP.displayName) return { type: PT.UNICODE, value: value.name };
  const hasSmtp = value.type === 'SMTP' && session.switches.smtpAddressProperty && value.address !== '';
  return key === PROP.smtpAddress && hasSmtp ? { type: PT.UNICODE, value: value.address } : undefined;
}

const MEMBERS: MemberTable<AddressEntryState> = {
  ...standardMembers<AddressEntryState>(8, ({ session }) => session.objects.namespace),
  Name: { get: ({ value }) => value.name },
  Address: { get: ({ value }) => value.address },
  Type: { get: ({ value }) => value.type },
  ID: { get: ({ value }) => toHex(value.id) },
  AddressEntryUserType: { get: ({ value }) => value.userType },
  DisplayType: { get: ({ value }) => (value.userType === 11 ? 5 : 0) },
  GetContact: { call: contactOf },
  // Without Exchange there is none.
  GetExchangeUser: { call: () => null },
  GetExchangeDistributionList: { call: () => null },
  PropertyAccessor: {
    get: (self) =>
      propertyAccessor({
        session: self.session,
        parent: () => addressEntryObject(self.session, self.value),
        get: (key) => property(self, key),
        set: () => undefined,
        delete: () => undefined,
        readOnly: [PROP.displayName, PROP.smtpAddress],
      }),
  },
};

const ADDRESS_ENTRY: ObjectClass<AddressEntryState> = {
  name: 'AddressEntry',
  guarded: ['Address', 'ID', 'Members', 'PropertyAccessor', 'GetExchangeUser', 'GetExchangeDistributionList', 'Update'],
  members: MEMBERS,
};
