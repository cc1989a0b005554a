import { Failure } from '../base/failure.ts';
import type { BlueMindUser } from '../bluemind/session.ts';
import { distrust } from '../sync/distrust.ts';
import type { Run } from '../sync/run.ts';
import type { Working } from './working.ts';

/**
 * The same login may be another account: of another server, or made anew. Its containers are others, and what is remembered of
 * the old ones must not be taken for deletions.
 * @throws ACCOUNT_REPLACED
 */
export function mustBeSameAccount({ account }: Pick<Working, 'account'>, user: BlueMindUser): void {
  const known = account.value['userUid'];
  if (typeof known !== 'string' || known === user.uid) return;
  throw new Failure(
    'ACCOUNT_REPLACED',
    `The server knows ${account.login} as another account than before. Nothing was changed: remove the account and connect it again.`,
  );
}

/**
 * An account that shows another copy id than before was restored from a backup or moved: bookmarks and versions of the server
 * mean nothing any more, though they may look as they did. Every pair is compared in full in its next run (G4), and nothing is
 * deleted in it, nor after it for what was missing then: see {@link forgetMissing}. Returns whether that was so.
 */
export function noticeReplacedAccount({ storage, account }: Working, user: BlueMindUser): boolean {
  const known = account.value['mailboxCopyGuid'];
  const now = user.mailboxCopyGuid;
  if (now === undefined || known === now) return false;
  const replaced = typeof known === 'string';
  for (const pair of replaced ? storage.pairs.all() : []) {
    distrust(storage.state(pair.id), 'server');
    storage.pairs.put({ ...pair, value: { ...pair.value, replaced: true } });
  }
  // Last, so that a process that dies before notices it again.
  storage.accounts.put({ ...account, value: { ...account.value, mailboxCopyGuid: now } });
  return replaced;
}

/**
 * Forgets that items were on both sides which are now on one of them only: they are made again on the other. A restored server
 * lacks what was made after its backup, and nobody can tell that from deletions. What may only be read follows the server.
 * @returns whether it was done: not before what an interrupted run left is recovered
 */
export async function forgetMissing<C>({ sides, state, pair, policy, signal }: Run<C>): Promise<boolean> {
  if (!policy.writable.server) return true;
  if (state.intents().length > 0) return false;
  const { server, outlook } = pair.folders;
  const listed = await sides.server.view(server, state.known('server'), undefined, signal);
  const shown = await sides.outlook.view(outlook, state.known('outlook'), state.cursor('outlook'), signal);
  const links = [...state.linksOf('server', listed.gone), ...state.linksOf('outlook', shown.gone)];
  state.transaction((tx) => {
    for (const { key } of links) tx.dropLink(key);
  });
  return true;
}
