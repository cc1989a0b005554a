import { pick } from './collection.ts';
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { defaultStore } from './stores.ts';

type State = { readonly session: Session };

/** The e-mail accounts of the profile: none, or the user's. @source outlook-objects.md section 1.2 */
export function accountsObject(session: Session): DispatchObject {
  return session.make(ACCOUNTS, { session });
}

function addresses(session: Session): readonly string[] {
  const address = session.setting('user.address');
  return address === undefined ? [] : [address];
}

const ACCOUNTS_MEMBERS: MemberTable<State> = {
  ...standardMembers<State>(106, ({ session }) => session.objects.namespace),
  Count: { get: ({ session }) => addresses(session).length },
  Item: {
    call: ({ session }, [key]) => {
      const address = pick(addresses(session), key, (known, name) => known === name) ?? fail('NOT_FOUND');
      return session.make(ACCOUNT, { session, address });
    },
  },
};

const ACCOUNTS: ObjectClass<State> = { name: 'Accounts', members: ACCOUNTS_MEMBERS };

/** OlAccountType by the kind of the delivery store. */
const ACCOUNT_TYPES = { exchange: 0, imap: 1, pst: 2 } as const;

const ACCOUNT: ObjectClass<State & { readonly address: string }> = {
  name: 'Account',
  guarded: ['CurrentUser', 'SmtpAddress', 'GetAddressEntryFromID', 'GetRecipientFromID'],
  members: {
    ...standardMembers<State & { readonly address: string }>(105, ({ session }) => session.objects.namespace),
    DisplayName: { get: ({ address }) => address },
    UserName: { get: ({ address }) => address },
    SmtpAddress: { get: ({ address }) => address },
    AccountType: { get: ({ session }) => ACCOUNT_TYPES[defaultStore(session).kind] },
    DeliveryStore: { get: ({ session }) => session.objects.store(defaultStore(session).id) },
    CurrentUser: { get: ({ session }) => session.objects.namespace.invoke('get', 'CurrentUser', []) },
  },
};
