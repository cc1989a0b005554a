import { accountsObject } from './accounts.ts';
import { text } from './arguments.ts';
import { categoriesObject } from './categories.ts';
import { type MemberTable, stateOf } from './dispatch.ts';
import { fail } from './fault.ts';
import { bind, newRecipient, recipientObject } from './recipients.ts';
import { resolve } from './resolution.ts';
import type { Session } from './session.ts';
import { attachStore, detachStore } from './store-changes.ts';
import { folderRow } from './stores.ts';
import { sendAndReceive, syncObjectsObject } from './sync-objects.ts';

/** Members of NameSpace that other parts bring: one line for each part. */
export const NAMESPACE_MEMBERS: MemberTable<{ readonly session: Session }> = {
  CreateRecipient: { call: ({ session }, [name]) => recipientObject(session, newRecipient(text(name), 1)) },
  Accounts: { get: ({ session }) => accountsObject(session) },
  Categories: { get: ({ session }) => categoriesObject(session) },
  SyncObjects: { get: ({ session }) => syncObjectsObject(session) },
  SendAndReceive: {
    call: ({ session }) => {
      sendAndReceive(session);
      return null;
    },
  },
  AddStore: {
    call: ({ session }, [path]) => {
      attachStore(session, text(path));
      return null;
    },
  },
  AddStoreEx: {
    call: ({ session }, [path]) => {
      attachStore(session, text(path));
      return null;
    },
  },
  RemoveStore: {
    call: ({ session }, [root]) => {
      const { folder } = stateOf<{ folder: string }>(root, 'Folder');
      detachStore(session, folderRow(session, folder) ?? fail('NOT_FOUND'));
      return null;
    },
  },
  CurrentUser: { get: ({ session }) => currentUser(session) },
};

/** "Unknown" in a profile without e-mail account. @source outlook-objects.md section 8 */
function currentUser(session: Session) {
  const address = session.setting('user.address');
  const part = newRecipient(session.setting('user.name') ?? 'Unknown', 1);
  const found = address === undefined ? undefined : resolve(session, address);
  if (found !== undefined) bind(session, part, { ...found, name: session.setting('user.name') ?? found.name });
  return recipientObject(session, part);
}
