import type { Connection } from './connection.ts';

/** Where checks work: containers that were made for this run, and go with it. */
export type Place = {
  readonly me: Connection;
  /** A second person of the same domain, when the suite was given one. */
  readonly other: Connection | undefined;
  /** Paths below `/api` of what was made. */
  readonly calendar: string;
  readonly book: string;
  readonly list: string;
  readonly notes: string;
  readonly tags: string;
  readonly calendarUid: string;
  readonly bookUid: string;
  /** A uid that nothing has yet. */
  fresh(): string;
  /** Undone when the run ends, the last one first; what it removes may be gone already. */
  later(undo: () => Promise<unknown>): void;
};

export type OpenPlace = Place & {
  /** Removes all that was made. @returns what could not be removed */
  leave(): Promise<readonly string[]>;
};

/** Makes a calendar, an address book, a task list and a notebook that nobody else has. */
export async function openPlace(
  me: Connection,
  other: Connection | undefined,
  newId: () => string,
): Promise<OpenPlace> {
  const seed = newId();
  const undo: (() => Promise<unknown>)[] = [];
  const later = (work: () => Promise<unknown>) => undo.unshift(work);
  const make = async (path: string, type: string, uid: string) => {
    const name = `conformance ${type}`;
    const descriptor = { uid, name, type, owner: me.uid, domainUid: me.domain, settings: {}, defaultContainer: false };
    await me.call('PUT', `${path}/${encodeURIComponent(uid)}`, descriptor);
    later(() => gone(me.outcome('DELETE', `${path}/${encodeURIComponent(uid)}`)));
    return encodeURIComponent(uid);
  };
  const [calendarUid, bookUid] = [`calendar:UserCreated:${seed}`, `book:UserCreated_${seed}`];
  try {
    return {
      me,
      other,
      calendarUid,
      bookUid,
      calendar: `/calendars/${await make('/mgmt/calendars', 'calendar', calendarUid)}`,
      book: `/addressbooks/${await make('/mgmt/addressbooks', 'addressbook', bookUid)}`,
      list: `/todolist/${await make('/todolists', 'todolist', `todolist:user_${seed}`)}`,
      notes: `/notes/${await make('/notes', 'notes', `notes:user_${seed}`)}`,
      tags: `/tags/${encodeURIComponent(`tags_${me.uid}`)}`,
      fresh: newId,
      later,
      leave: () => undoAll(undo),
    };
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

/** @throws unless the answer says that it was removed, or that it was not there */
export async function gone(answer: Promise<string>): Promise<void> {
  const outcome = await answer;
  if (!outcome.startsWith('fine') && !outcome.startsWith('NOT_FOUND')) throw new Error(outcome);
}

async function undoAll(undo: readonly (() => Promise<unknown>)[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const work of undo)
    await work().catch((error: unknown) => {
      left.push(error instanceof Error ? error.message : String(error));
    });
  return left;
}
