import { text } from './arguments.ts';
import type { MemberTable } from './dispatch.ts';
import { bind, newRecipient, recipientObject } from './recipients.ts';
import { resolve } from './resolution.ts';
import type { Session } from './session.ts';

/** Members of NameSpace that other parts bring: one line for each part. */
export const NAMESPACE_MEMBERS: MemberTable<{ readonly session: Session }> = {
  CreateRecipient: { call: ({ session }, [name]) => recipientObject(session, newRecipient(text(name), 1)) },
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
