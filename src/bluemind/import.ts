import type { AbortSignalLike, Clock } from '../base/clock.ts';
import type { TaskRef, TaskStatus } from '../wire/task.ts';
import { bluemindFailure } from './failures.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

export type Imported = { readonly uids: readonly string[]; readonly total: number };

/** Gives the server an iCalendar text to import into a calendar; it merges by UID, and newer entries of its own stay. */
export async function importCalendar(
  session: Session,
  clock: Clock,
  calendar: string,
  text: string,
  signal?: AbortSignalLike,
): Promise<Imported> {
  const task = await session.call({
    method: 'PUT',
    path: path`/calendars/vevent/${calendar}`,
    raw: { type: 'text/calendar', text },
    signal,
  });
  return finished(session, clock, task as TaskRef, signal);
}

/** Gives the server cards (vCard text) to import into an address book. */
export async function importCards(
  session: Session,
  clock: Clock,
  book: string,
  text: string,
  signal?: AbortSignalLike,
): Promise<Imported> {
  const task = await session.call({ method: 'PUT', path: path`/addressbooks/vcards/${book}`, body: text, signal });
  return finished(session, clock, task as TaskRef, signal);
}

const FIRST_WAIT = 50;
const LONGEST_WAIT = 2000;

/** Waits for a task of the server. @throws SERVER_REJECTED when it ended in error */
async function finished(
  session: Session,
  clock: Clock,
  task: TaskRef,
  signal: AbortSignalLike | undefined,
): Promise<Imported> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const status = (await session.call({ method: 'GET', path: path`/tasks/${task.id ?? ''}`, signal })) as TaskStatus;
    if (status.state === 'Success') return readImported(status.result);
    if (status.state === 'InError')
      throw bluemindFailure(
        'SERVER_REJECTED',
        `The server could not import: ${status.lastLogEntry ?? 'no reason given'}.`,
      );
    await clock.sleep(wait, signal);
  }
}

/** The result of a task is JSON text inside JSON (API 1.7). */
function readImported(result: string | null | undefined): Imported {
  const stats = JSON.parse(result || '{}') as { uids?: readonly string[]; total?: number };
  return { uids: stats.uids ?? [], total: stats.total ?? stats.uids?.length ?? 0 };
}
