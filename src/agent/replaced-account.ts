import type { BlueMindUser } from '../bluemind/session.ts';
import { distrust } from '../sync/distrust.ts';
import type { Working } from './working.ts';

/**
 * An account that shows another copy id than before was restored from a backup or replaced: bookmarks and versions of the server
 * mean nothing any more, though they may look as they did. Every pair is compared in full in its next run, and nothing is taken
 * for gone in it (G4). Returns whether that was so.
 */
export function noticeReplacedAccount({ storage, account }: Working, user: BlueMindUser): boolean {
  const known = account.value['mailboxCopyGuid'];
  const now = user.mailboxCopyGuid;
  if (now === undefined || known === now) return false;
  const replaced = typeof known === 'string';
  if (replaced) for (const { id } of storage.pairs.all()) distrust(storage.state(id), 'server');
  // Last, so that a process that dies before notices it again.
  storage.accounts.put({ ...account, value: { ...account.value, mailboxCopyGuid: now } });
  return replaced;
}
