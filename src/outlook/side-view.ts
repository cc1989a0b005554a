/** What a folder of Outlook looks like: one table read, a bulk read of what moved, and a proof for each item that is missing. */
import { must } from '../base/assert.ts';
import type { AbortSignalLike } from '../base/clock.ts';
import { Failure, isFailure, throwIfCancelled } from '../base/failure.ts';
import type { Cursor, Item, ItemId, Rev, View } from '../sync/side.ts';
import { folded } from '../sync/side-folded.ts';
import { TAG } from './model/named-properties.ts';
import { meaningOf } from './program/errors.ts';
import { concernsOutlook, finish, OUTLOOK_UNAVAILABLE } from './program/finish.ts';
import type { ItemPlace } from './program/item-place.ts';
import { isShortTerm, locate, longEntryId } from './program/locate.ts';
import type { ObjectRef } from './program/program.ts';
import { continuedBy, type Part, readParts, type Settled } from './program/reading.ts';
import { openedScan, openScan, type ScanColumns, type ScanRow, scannedRows, scanPage } from './program/scan.ts';
import type { ItemKind, ItemRead, Tagged } from './side-kind.ts';
import { cursorAt, isCertain, isUntouched, modifiedOf, revOf } from './side-rev.ts';
import { type ManyItems, readMany } from './side-rows.ts';
import type { OpenFolder, OutlookSession } from './side-session.ts';

/** Rows per page of a table: some milliseconds of Outlook's time. */
const PAGE = 200;
/** A folder that changes while it is read is read again, this often. */
const SCANS = 3;

/** What the side's parts work with. */
export type SideContext<V extends Tagged, C, R extends ItemRead<V>> = {
  readonly session: OutlookSession;
  readonly kind: ItemKind<V, C, R>;
  /** @units milliseconds since 1970 */
  readonly now: () => number;
  /** Items per program. */
  readonly sliceSize: number;
  /** See {@link ManyItems}. */
  readonly tableFrom: number | undefined;
};

/** What is known of a folder, and the cursor of the last look at it. */
type Past = { readonly known: ReadonlyMap<ItemId, Rev>; readonly since: Cursor | undefined };

/** Everything in the folder that is of the kind, and what of it moved against `known`. */
export async function viewFolder<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  past: Past,
  signal: AbortSignalLike | undefined,
): Promise<View<C>> {
  const { known } = past;
  const now = context.now();
  const rows = await scanFolder(context.session, folder, signal);
  const ours = rows.filter((row) => context.kind.handles(row.messageClass) || known.has(row.entryId));
  const moved = ours.filter((row) => row.entryId !== '' && !isSettled(row, past, now));
  // Each program's items are mapped at once: a folder's all together would keep everything else waiting.
  const seen = (read: R): Item<C> | 'untouched' | { readonly reason: string } => {
    if (isUntouched(read.snapshot, known.get(read.snapshot.entryId), now)) return 'untouched';
    const mapped = itemOf(context, read, now);
    if (!mapped.ok) return { reason: mapped.reason };
    return known.has(mapped.item.id) ? mapped.item : folded(mapped.item);
  };
  const read = await readRows(context, folder, moved, {
    signal,
    seen,
    now,
    listed: rows.length,
    isKnown: (id) => known.has(id),
  });
  const items: Item<C>[] = [];
  const unreadable: { id: ItemId; reason: string }[] = [];
  for (const [at, { entryId }] of moved.entries()) {
    const result = read[at];
    if (result?.kind === 'unreadable') unreadable.push({ id: entryId, reason: result.reason });
    if (result?.kind !== 'value' || result.value === 'untouched') continue;
    if ('reason' in result.value) unreadable.push({ id: entryId, reason: result.value.reason });
    else items.push(result.value);
  }
  const listed = new Set(ours.map((row) => row.entryId));
  // What vanished between the table and the read is looked for like anything else that is not listed.
  for (const [at, row] of moved.entries()) if (read[at]?.kind === 'gone') listed.delete(row.entryId);
  const missing = await proveMissing(
    context,
    folder,
    [...known.keys()].filter((id) => !listed.has(id)),
    signal,
  );
  return {
    moved: items,
    gone: missing.gone,
    unreadable: [...unreadable, ...missing.unproven],
    count: ours.filter((row) => row.entryId === '' || listed.has(row.entryId)).length,
    cursor: cursorAt(now),
  };
}

/** The rows of a folder, whole: read again when the folder changed meanwhile. @throws OUTLOOK_UNAVAILABLE */
export async function scanFolder(
  session: OutlookSession,
  folder: OpenFolder,
  signal: AbortSignalLike | undefined,
): Promise<readonly ScanRow[]> {
  for (let scan = 1; scan <= SCANS; scan++) {
    const { rows, count } = await scanOnce(session, folder, signal);
    if (rows.length === count) return withLongIds(session, folder, rows, signal);
  }
  throw new Failure(OUTLOOK_UNAVAILABLE, 'The folder changes faster than it can be read; the connector tries again.', {
    retry: 'later',
  });
}

/** An item as the engine sees it, or why the mapping cannot tell what it is. */
export function itemOf<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  read: R,
  now: number,
): { readonly ok: true; readonly item: Item<C> } | { readonly ok: false; readonly reason: string } {
  const { entryId, value } = read.snapshot;
  try {
    const content = context.kind.mapping.read(value);
    const rev = revOf(read.snapshot, now, { awaits: context.kind.awaits?.(value), due: context.kind.due?.(value) });
    return { ok: true, item: { id: entryId, rev, content, token: value.tags[TAG.token] } };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { ok: false, reason: error.message };
  }
}

/** Reads items wherever in the folder they are; what is not in it, or not of the kind, is gone. */
export function readHere<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  ids: readonly ItemId[],
  signal: AbortSignalLike | undefined,
): Promise<readonly Settled<R>[]> {
  const part = (id: ItemId): Part<R> =>
    continuedBy(locate(placeOf(folder, id)), (located) => {
      if (located.folderId !== folder.entryId) return { kind: 'gone' };
      if (!context.kind.handles(located.messageClass)) {
        return { kind: 'unreadable', reason: 'It is of another kind now.' };
      }
      return { kind: 'more', next: context.kind.read(placeOf(folder, id), located.messageClass) };
    });
  return readParts(context.session.executor, {
    ...reading(context, folder, signal),
    label: 'read items',
    parts: ids.map(part),
  });
}

/** Reads items that were made in the folder just now: where they are and what they are need not be asked. */
export function readMade<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  made: readonly { readonly id: ItemId; readonly value: V }[],
): Promise<readonly Settled<R>[]> {
  const parts = made.map(({ id, value }) => context.kind.read(placeOf(folder, id), context.kind.classOf(value)));
  return readParts(context.session.executor, { ...reading(context, folder, undefined), label: 'read items', parts });
}

export function placeOf(folder: OpenFolder, entryId: ItemId): ItemPlace {
  return { entryId, storeId: folder.storeId };
}

function readRows<V extends Tagged, C, R extends ItemRead<V>, T>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  rows: readonly ScanRow[],
  options: Pick<ManyItems<T>, 'signal' | 'now' | 'listed' | 'isKnown'> & { readonly seen: (read: R) => T },
): Promise<readonly Settled<T>[]> {
  const { kind, session, sliceSize, tableFrom } = context;
  const { seen, ...rest } = options;
  return readMany(session, folder, {
    ...rest,
    items: rows,
    members: kind.inRows,
    sliceSize,
    tableFrom,
    part: (at, view): Part<T> => {
      const row = must(rows[at]);
      if (kind.handles(row.messageClass)) {
        const part = kind.read(placeOf(folder, row.entryId), row.messageClass, view);
        return continuedBy(part, (read) => ({ kind: 'value', value: seen(read) }));
      }
      return () => ({ wanted: [], decode: () => ({ kind: 'unreadable', reason: 'It is of another kind now.' }) });
    },
  });
}

/**
 * An item that is not listed is gone only when Outlook, asked for it, does not know it or has it in another folder: a listing
 * may be wrong.
 */
async function proveMissing<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  ids: readonly ItemId[],
  signal: AbortSignalLike | undefined,
): Promise<{ gone: readonly ItemId[]; unproven: readonly { id: ItemId; reason: string }[] }> {
  const parts = ids.map((id) => locate(placeOf(folder, id)));
  const found = await readParts(context.session.executor, {
    ...reading(context, folder, signal),
    label: 'find missing items',
    parts,
  });
  const gone: ItemId[] = [];
  const unproven: { id: ItemId; reason: string }[] = [];
  for (const [at, id] of ids.entries()) {
    const result = found[at];
    if (result?.kind === 'unreadable') unproven.push({ id, reason: result.reason });
    else if (result?.kind !== 'value' || result.value.folderId !== folder.entryId) gone.push(id);
    else unproven.push({ id, reason: 'Outlook has it and did not list it.' });
  }
  return { gone, unproven };
}

function reading<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  signal: AbortSignalLike | undefined,
) {
  const { sliceSize } = context;
  return { given: { session: folder.given.session }, sliceSize, beforeSlice: () => throwIfCancelled(signal) };
}

/** Whether a row is a known item that nobody touched since it was read. */
function isSettled(row: ScanRow, past: Past, now: number): boolean {
  const known = past.known.get(row.entryId);
  return known !== undefined && row.lastModified === modifiedOf(known) && isCertain(known, past.since, now);
}

async function scanOnce(
  session: OutlookSession,
  folder: OpenFolder,
  signal: AbortSignalLike | undefined,
): Promise<{ rows: readonly ScanRow[]; count: number }> {
  throwIfCancelled(signal);
  const { table, count, columns } = await openTable(session, folder);
  try {
    const rows: ScanRow[] = [];
    for (;;) {
      throwIfCancelled(signal);
      const page = scannedRows(finish(await session.executor.run(scanPage(table, PAGE)), 'scan'), columns);
      if (page.length === 0) return { rows, count };
      rows.push(...page);
    }
  } finally {
    await session.executor.release([table]);
  }
}

/** Some stores refuse the column of long-term ids: then without it. */
async function openTable(
  session: OutlookSession,
  folder: OpenFolder,
): Promise<{ table: ObjectRef; count: number; columns: ScanColumns }> {
  const { executor } = session;
  const long = await executor.run(openScan(folder.given.folder, 'long'));
  const refused = long.kind === 'failed' && long.member === 'Add' && !concernsOutlook(meaningOf(long.hresult));
  const columns = refused ? 'short' : 'long';
  const outcome = refused ? await executor.run(openScan(folder.given.folder, 'short')) : long;
  return { ...openedScan(finish(outcome, 'open scan')), columns };
}

/** Short-term ids are good for one session only: items are asked for the lasting one. */
async function withLongIds(
  session: OutlookSession,
  folder: OpenFolder,
  rows: readonly ScanRow[],
  signal: AbortSignalLike | undefined,
): Promise<readonly ScanRow[]> {
  const short = rows.filter((row) => isShortTerm(row.entryId));
  if (short.length === 0) return rows;
  const ids = await readParts(session.executor, {
    label: 'ask entry ids',
    given: { session: folder.given.session },
    parts: short.map((row) => longEntryId(placeOf(folder, row.entryId))),
    sliceSize: 10,
    beforeSlice: () => throwIfCancelled(signal),
  });
  const known = new Map(short.map((row, at) => [row.entryId, ids[at]] as const));
  return rows.map((row) => {
    const asked = known.get(row.entryId);
    return asked === undefined ? row : { ...row, entryId: asked.kind === 'value' ? asked.value : '' };
  });
}
