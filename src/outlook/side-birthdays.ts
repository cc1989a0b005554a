/** The calendar items that Outlook makes by itself out of contacts: not to be synchronized, BlueMind shows birthdays of its own. */
import type { FolderId, ItemId } from '../sync/side.ts';
import { birthdayEventIds, listBirthdayEvents } from './program/birthday-events.ts';
import { finish } from './program/finish.ts';
import type { Executor } from './program/program.ts';
import { outlookSession } from './side-session.ts';

/** More contacts than any book may hold (BlueMind takes 15,000). */
const MOST = 20_000;

/** Ids of the birthday and anniversary appointments of the contacts in these folders. */
export async function birthdayEvents(executor: Executor, folders: readonly FolderId[]): Promise<ReadonlySet<ItemId>> {
  const session = outlookSession(executor);
  try {
    const found = new Set<ItemId>();
    for (const id of folders) {
      const { given } = await session.use(() => session.folder(id));
      const program = listBirthdayEvents(given.folder, MOST);
      for (const event of birthdayEventIds(finish(await executor.run(program), program.label))) found.add(event);
    }
    return found;
  } finally {
    await session.close();
  }
}
