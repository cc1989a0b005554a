/**
 * Outlook as a Side, written once over an executor.
 *
 * - Items are listed by one table read per folder; a known item is gone only when Outlook, asked for it by its id, does not know
 *   it or has it in another folder (Deleted Items).
 * - A revision is the second of the last modification; see `side-rev.ts` for items that were changed just now.
 * - Each item of ours carries its token in a named property. A copy that the user made carries the token of its original: the
 *   caller tells them apart by the entry id, which it knows from `view` and `create`; `find` returns both.
 * - Every write first reads the item, patches what it is now, compares its modification time in the same program that writes,
 *   and returns what was read back.
 */
import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { about, Failure, throwIfCancelled } from '../base/failure.ts';
import type { EffectFailure, FolderId, Item, Side, Token } from '../sync/side.ts';
import { OUTLOOK_FAILED } from './program/finish.ts';
import type { Executor } from './program/program.ts';
import { changeItem, createItems, removeItem, withToken } from './side-effects.ts';
import type { ItemKind, ItemRead, Tagged } from './side-kind.ts';
import { type OpenFolder, outlookSession } from './side-session.ts';
import { itemOf, readHere, type SideContext, scanFolder, viewFolder } from './side-view.ts';

export type OutlookSideOptions<V extends Tagged, C, R extends ItemRead<V>> = {
  readonly executor: Executor;
  readonly kind: ItemKind<V, C, R>;
  readonly clock: Clock;
  /** Items read by one program, which must not take longer than 50 ms; the default is cautious. */
  readonly sliceSize?: number;
  /** Items to read at once from which a table tells part of them; unless told, where that saves calls. */
  readonly tableFrom?: number;
};

/** Outlook's limit for one of our programs is 50 ms; an item takes a few. */
const SLICE_SIZE = 5;

/** Outlook as a Side; `close` gives back what it holds open. */
export type OutlookSide<C> = Side<C> & {
  readonly mark: NonNullable<Side<C>['mark']>;
  readonly unmarked: NonNullable<Side<C>['unmarked']>;
  close(): Promise<void>;
};

export function outlookSide<V extends Tagged, C, R extends ItemRead<V>>(
  options: OutlookSideOptions<V, C, R>,
): OutlookSide<C> {
  const { kind, clock, sliceSize = SLICE_SIZE } = options;
  const session = outlookSession(options.executor);
  const context: SideContext<V, C, R> = {
    session,
    kind,
    sliceSize,
    tableFrom: options.tableFrom,
    now: () => clock.now(),
  };
  const inFolder = <T>(id: FolderId, work: (folder: OpenFolder) => Promise<T>): Promise<T> =>
    about({ side: 'outlook', folder: id }, () => session.use(async () => work(await session.folder(id))));
  const each = <T, E>(
    id: FolderId,
    inputs: readonly T[],
    signal: AbortSignalLike | undefined,
    effect: (
      work: { context: SideContext<V, C, R>; folder: OpenFolder; signal: typeof signal },
      input: T,
    ) => Promise<E>,
  ): Promise<readonly E[]> =>
    inFolder(id, async (folder) => {
      const results: E[] = [];
      for (const input of inputs) {
        throwIfCancelled(signal);
        results.push(await effect({ context, folder, signal }, input));
      }
      return results;
    });

  return {
    name: 'outlook',
    supports: { guardedWrites: true, clientIds: false, deletions: 'by-listing' },
    view: (id, known, since, signal) => inFolder(id, (folder) => viewFolder(context, folder, { known, since }, signal)),
    read: (id, ids, signal) => inFolder(id, (folder) => readKnown(context, folder, ids, signal)),
    preview: (content) => kind.mapping.survives(content),
    create: (id, creates, signal) => inFolder(id, (folder) => createItems({ context, folder, signal }, creates)),
    update: (id, updates, signal) =>
      each(id, updates, signal, (work, { target, content }) =>
        changeItem(work, target, (value) =>
          kind.fits?.(value, content) === false ? undefined : kind.mapping.write(value, content),
        ),
      ),
    remove: (id, targets, signal) =>
      each<(typeof targets)[number], EffectFailure | undefined>(id, targets, signal, removeItem),
    find: (id, tokens, signal) => inFolder(id, (folder) => findCarriers(context, folder, tokens, signal)),
    mark: (id, marks, signal) =>
      each(id, marks, signal, (work, { target, token }) =>
        changeItem(work, target, (value) => withToken(value, token)),
      ),
    unmarked: (id, signal) => inFolder(id, (folder) => unmarkedIn(context, folder, signal)),
    close: () => session.close(),
  };
}

/** @throws OUTLOOK_FAILED when one is there and cannot be read: leaving it out would pass for its deletion */
async function readKnown<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  ids: readonly string[],
  signal: AbortSignalLike | undefined,
): Promise<readonly Item<C>[]> {
  const now = context.now();
  const read = await readHere(context, folder, ids, signal);
  return read.flatMap((result, at) => {
    if (result.kind === 'gone') return [];
    const item = result.kind === 'value' ? itemOf(context, result.value, now) : { ok: false as const, ...result };
    if (item.ok) return [item.item];
    throw new Failure(OUTLOOK_FAILED, `An item of Outlook that has to be looked at cannot be read: ${item.reason}`, {
      retry: 'later',
      subject: { side: 'outlook', item: ids[at] },
    });
  });
}

async function unmarkedIn<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  signal: AbortSignalLike | undefined,
): Promise<readonly string[]> {
  const rows = await scanFolder(context.session, folder, signal);
  const bare = rows.filter(({ token, entryId }) => token === '' && entryId !== '');
  return bare.filter(({ messageClass }) => context.kind.handles(messageClass)).map(({ entryId }) => entryId);
}

async function findCarriers<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  folder: OpenFolder,
  tokens: readonly Token[],
  signal: AbortSignalLike | undefined,
): Promise<readonly Item<C>[]> {
  const wanted = new Set(tokens);
  const rows = await scanFolder(context.session, folder, signal);
  const carriers = rows.filter((row) => wanted.has(row.token) && context.kind.handles(row.messageClass));
  return readKnown(
    context,
    folder,
    carriers.map((row) => row.entryId),
    signal,
  );
}
