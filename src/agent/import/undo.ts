/**
 * Takes an import from files back: what it made goes from the server, and with the next run from Outlook, where the history keeps it.
 *
 * Invariant: only what the import made is removed, and of that only what is still as it was made; what somebody changed since stays.
 * Done again after an interruption, it goes on where it ended.
 */
import type { AbortSignalLike } from '../../base/clock.ts';
import { CANCELLED, Failure, isFailure, throwIfCancelled } from '../../base/failure.ts';
import { type Container, confirmGone, listVisible } from '../../bluemind/containers.ts';
import type { Session } from '../../bluemind/session.ts';
import { cardKit, seriesKit } from '../../domain/content-kit.ts';
import type { ImportEntry, ImportedItem } from '../../storage/imports.ts';
import type { ContentKit } from '../../sync/content.ts';
import type { Item, Side } from '../../sync/side.ts';
import { lookAtUser } from '../look-at-account.ts';
import { openPhotoAlbum } from '../photo-album.ts';
import { bookServer, calendarServer } from '../sides.ts';
import type { Working } from '../working.ts';
import { agreeToRemovals } from './agree.ts';

export type Undoing = {
  readonly progress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
};

/** `changed`: how many stay because they are not as they were made; `gone`: were removed by somebody else already. */
export type UndoReport = {
  readonly id: string;
  readonly outcome: 'done' | 'cancelled';
  readonly sources: readonly string[];
  readonly removed: number;
  readonly changed: number;
  readonly gone: number;
  /** The first hundred that stay, and why: changed since, or what the server said. */
  readonly stay: readonly { readonly title: string; readonly reason: string | undefined }[];
  /** How many the server would not remove, or lie where the user may not write or read any more. */
  readonly failed: number;
};

const BATCH = 100;
const MOST_TOLD = 100;

/** @throws IMPORT_UNKNOWN also when it was taken back already */
export async function undoImport(working: Working, id: string | undefined, options: Undoing): Promise<UndoReport> {
  const { storage, clock } = working;
  const entry = entryOf(storage.imports.list(working.account.id), id);
  const open = await openSides(working, options.signal);
  const tally = openTally(entry);
  try {
    let before: number | undefined;
    for (let done = 0; ; done += BATCH) {
      options.progress?.({ done: Math.min(done, entry.items), total: entry.items });
      throwIfCancelled(options.signal);
      const items = storage.imports.items(entry.id, BATCH, before);
      if (items.length === 0) break;
      before = items.at(-1)?.seq;
      for (const [container, group] of Map.groupBy(items, (item) => item.container))
        await removeFrom({ working, tally, signal: options.signal }, await open.side(container), group);
    }
    if (tally.report('done').failed === 0) storage.imports.setUndone(entry.id, clock.now());
    return tally.report('done');
  } catch (error) {
    if (!isFailure(error, CANCELLED)) throw error;
    return tally.report('cancelled');
  } finally {
    open.close();
  }
}

function entryOf(entries: readonly ImportEntry[], id: string | undefined): ImportEntry {
  const found =
    id === undefined
      ? entries.filter(({ undone }) => undone === undefined)
      : entries.filter((one) => one.id.startsWith(id));
  const [first, second] = found;
  // What has the same ids now, another import has made since.
  if (first?.undone !== undefined && second === undefined)
    throw new Failure('IMPORT_UNKNOWN', `The import ${id} was taken back already; see \`connector import list\`.`);
  if (first !== undefined && (id === undefined || second === undefined)) return first;
  throw new Failure(
    'IMPORT_UNKNOWN',
    id === undefined
      ? 'There is no import from files that could be taken back.'
      : `${second === undefined ? 'No import' : 'More than one import'} has the id ${id}; see \`connector import list\`.`,
  );
}

/** A calendar or book as far as taking back is concerned; which content goes with which kit is told by its kind. */
type Open = { readonly container: Container; readonly side: Side<unknown>; readonly kit: ContentKit<unknown> };

async function openSides(working: Working, signal: AbortSignalLike | undefined) {
  const { session } = working;
  const shared = await lookAtUser(working, 'run', { signal });
  const album = openPhotoAlbum('run');
  const server = { ...working, tags: shared.tags };
  const all = [
    ...(await listVisible(session, 'calendar', signal)),
    ...(await listVisible(session, 'addressbook', signal)),
  ];
  const events = { side: calendarServer(server), kit: seriesKit } as unknown as Omit<Open, 'container'>;
  const cards = { side: bookServer(server, album), kit: cardKit } as unknown as Omit<Open, 'container'>;
  return {
    /** `gone`: it is there no more, and what it held neither; `unknown`: the user may not read it any more. */
    side: async (uid: string): Promise<Open | 'gone' | 'unknown'> => {
      const container = all.find((one) => one.uid === uid);
      if (container === undefined) return (await isGone(session, uid, signal)) ? 'gone' : 'unknown';
      return { container, ...(container.kind === 'calendar' ? events : cards) };
    },
    close: () => album.close(),
  };
}

/** Whether the server says that there is no such container. One that is only not listed may hold all there was. */
async function isGone(session: Session, uid: string, signal: AbortSignalLike | undefined): Promise<boolean> {
  try {
    return (await confirmGone(session, [uid], signal)).length > 0;
  } catch (error) {
    if (!isFailure(error, 'NO_RIGHT')) throw error;
    return false;
  }
}

type Removing = {
  readonly working: Working;
  readonly tally: UndoTally;
  readonly signal: AbortSignalLike | undefined;
};

async function removeFrom(
  { working, tally, signal }: Removing,
  open: Open | 'gone' | 'unknown',
  items: readonly ImportedItem[],
): Promise<void> {
  if (open === 'gone') return tally.gone(items.length);
  if (open === 'unknown') return tally.unread(items);
  const { container, side, kit } = open;
  const noted = new Map(items.map((item) => [item.uid, item]));
  const there = await side.read(container.uid, [...noted.keys()], signal);
  tally.gone(items.length - there.length);
  const same = there.filter((item) => isAsMade(kit, item, noted.get(item.id)));
  for (const item of there) if (!same.includes(item)) tally.changed(kit.title(item.content));
  if (same.length === 0) return;
  // The other containers of the import have their turn all the same.
  if (!container.access.write) {
    const reason = `You may not write to “${container.name}” any more: ask its owner.`;
    for (const { content } of same) tally.failed(kit.title(content), reason);
    return;
  }
  const targets = same.map(({ id, rev }) => ({ folder: container.uid, id, rev }));
  const notAgreed = agreeToRemovals(
    working,
    container.uid,
    new Map(same.map(({ id, content }) => [id, kit.title(content)])),
  );
  const failures = await side.remove(container.uid, targets, signal);
  const stay = same.filter((item, at) => {
    const failure = failures[at];
    if (failure === undefined) return false;
    if (failure.code === 'STALE') tally.changed(kit.title(item.content));
    else tally.failed(kit.title(item.content), failure.reason);
    return true;
  });
  tally.removed(same.length - stay.length);
  notAgreed(new Set(stay.map(({ id }) => id)));
}

/** Where the answer to its making was not seen, what was sent tells. */
function isAsMade(kit: ContentKit<unknown>, { content }: Item<unknown>, noted: ImportedItem | undefined): boolean {
  if (noted === undefined) return false;
  return noted.digest === undefined ? kit.fingerprint(content) === noted.look : kit.digest(content) === noted.digest;
}

type UndoTally = ReturnType<typeof openTally>;

function openTally({ id, sources }: ImportEntry) {
  const counts = { removed: 0, changed: 0, gone: 0, failed: 0 };
  const stay: { title: string; reason: string | undefined }[] = [];
  const tell = (title: string, reason: string | undefined) => {
    if (stay.length < MOST_TOLD) stay.push({ title, reason });
  };
  return {
    removed: (count: number): void => {
      counts.removed += count;
    },
    gone: (count: number): void => {
      counts.gone += count;
    },
    changed: (title: string): void => {
      counts.changed++;
      tell(title, undefined);
    },
    failed: (title: string, reason: string): void => {
      counts.failed++;
      tell(title, reason);
    },
    unread: (items: readonly ImportedItem[]): void => {
      counts.failed += items.length;
      const [what, where] = items[0]?.kind === 'addressbook' ? ['contacts', 'address book'] : ['events', 'calendar'];
      tell(
        `${items.length} ${what}`,
        `You may not read the ${where} that they are in any more: ask its owner for the right, then take the import back again.`,
      );
    },
    report: (outcome: UndoReport['outcome']): UndoReport => ({ id, outcome, sources, ...counts, stay: [...stay] }),
  };
}
