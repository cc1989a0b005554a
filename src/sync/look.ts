/**
 * What both sides look like now, as the planner needs it: the side's own view, what no cursor may leave behind read afresh, and
 * absences only where they are proven.
 */
import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import { DISTRUSTED } from './distrust.ts';
import type { SideView } from './plan.ts';
import type { RuleId } from './rules.ts';
import { CURSOR_LOST, type Cursor, type Item, type ItemId, type Rev, type Side, type View } from './side.ts';
import { inSlices, type Pause } from './slices.ts';
import type { Pair, Sides, State } from './state.ts';

/**
 * How many items one call moves. The server is asked once to store and once to read back: 200 make that a request for 100 items.
 * Outlook is asked item by item anyway; what is interrupted there is looked for one by one.
 */
export const BATCH = { server: 200, outlook: 100 } as const satisfies Sides<number>;

/** A side's view and the cursor to store once everything in it is settled. */
export type Look<C> = { readonly view: SideView<C>; readonly cursor: Cursor | undefined };

type LookInput<C> = {
  readonly side: Side<C>;
  readonly pair: Pair;
  readonly state: State<C>;
  readonly signal?: AbortSignalLike | undefined;
  readonly pause?: Pause | undefined;
};

/** Looks at one side of the pair. */
export async function look<C>(input: LookInput<C>): Promise<Look<C>> {
  const { side, pair, state, signal } = input;
  const known = await inSlices(state.knowing(side.name), input.pause);
  const since = state.cursor(side.name);
  const { view, lost } = await viewOf(input, known, since);
  const items = new Map(view.moved.map((item) => [item.id, item]));
  const unreadable = new Map(view.unreadable.map(({ id, reason }) => [id, reason]));
  const listed = new Set(view.gone);
  const doubt = lost ? 'G4' : shrunk(view, known) || emptied(side, view, known) ? 'G3' : undefined;
  // What is doubted was doubted before, perhaps: then it is asked for by its id.
  const sure = (id: ItemId) => items.has(id) || unreadable.has(id) || (listed.has(id) && doubt === undefined);
  const again = owed(state, side.name).filter((id) => !sure(id));
  const found = await readReadable(side, { folder: pair.folders[side.name], ids: again, signal });
  for (const item of found.items) items.set(item.id, item);
  for (const [id, reason] of found.unreadable) unreadable.set(id, reason);
  const missing = again.filter((id) => known.has(id) && !items.has(id) && !unreadable.has(id));
  return {
    view: { items, unreadable, ...absences(view.gone, missing, doubt) },
    cursor: view.cursor,
  };
}

async function viewOf<C>(
  { side, pair, signal }: LookInput<C>,
  known: ReadonlyMap<ItemId, Rev>,
  since: Cursor | undefined,
): Promise<{ view: View<C>; lost: boolean }> {
  const folder = pair.folders[side.name];
  const afresh = async () => ({ view: await side.view(folder, withoutRevs(known), undefined, signal), lost: true });
  // A bookmark without a single link beside it: the memory was lost, and what was reported before is not reported again.
  if (since === DISTRUSTED || (since !== undefined && known.size === 0)) return afresh();
  const reports = side.supports.deletions === 'reported';
  try {
    // A side that reports deletions and is asked without a bookmark, although it was seen before, has lost it.
    return {
      view: await side.view(folder, known, since, signal),
      lost: reports && since === undefined && known.size > 0,
    };
  } catch (error) {
    if (!isFailure(error, CURSOR_LOST) || since === undefined) throw error;
    return afresh();
  }
}

/** A side that was played back gives revs again that stood for something else: every item is read, and compared by its content. */
function withoutRevs(known: ReadonlyMap<ItemId, Rev>): ReadonlyMap<ItemId, Rev> {
  return new Map([...known.keys()].map((id) => [id, '']));
}

/** Ids that were left unsettled or whose link is open. */
function owed<C>(state: State<C>, side: 'server' | 'outlook'): ItemId[] {
  const unsettled = state.unsettled().filter((row) => row.side === side);
  const open = state.openLinks().map((link) => link[side].id);
  return [...new Set([...unsettled.map((row) => row.id), ...open])];
}

type Reading = {
  readonly folder: string;
  readonly ids: readonly ItemId[];
  readonly signal?: AbortSignalLike | undefined;
};

/** Items as they are now, those that cannot be read told apart: one of them must not keep the others from being looked at. */
export async function readReadable<C>(
  side: Side<C>,
  { folder, ids, signal }: Reading,
): Promise<{ items: readonly Item<C>[]; unreadable: ReadonlyMap<ItemId, string> }> {
  const unreadable = new Map<ItemId, string>();
  for (;;) {
    try {
      const wanted = ids.filter((id) => !unreadable.has(id));
      return { items: await readAll(side, { folder, ids: wanted, signal }), unreadable };
    } catch (error) {
      const item = isFailure(error) ? error.subject?.item : undefined;
      if (!isFailure(error) || item === undefined || unreadable.has(item)) throw error;
      unreadable.set(item, error.message);
    }
  }
}

/** Items as they are now, read in batches. @throws what {@link Side.read} throws of an item that cannot be read */
export async function readAll<C>(side: Side<C>, { folder, ids, signal }: Reading): Promise<readonly Item<C>[]> {
  const items: Item<C>[] = [];
  const most = BATCH[side.name];
  for (let at = 0; at < ids.length; at += most) {
    items.push(...(await side.read(folder, ids.slice(at, at + most), signal)));
  }
  return items;
}

/** Whether the folder holds fewer items than the view leaves in it: then something is missing that was not reported gone. */
function shrunk<C>(view: View<C>, known: ReadonlyMap<ItemId, Rev>): boolean {
  const fresh = view.moved.filter((item) => !known.has(item.id)).length;
  const gone = view.gone.filter((id) => known.has(id)).length;
  return view.count < known.size - gone + fresh;
}

/** Whether a list that holds nothing is all that speaks for the absence of items that were there. */
function emptied<C>({ supports }: Side<C>, view: View<C>, known: ReadonlyMap<ItemId, Rev>): boolean {
  return supports.deletions === 'by-listing' && view.count === 0 && known.size > 0;
}

/** An item asked for by its id and not there is proven gone; one absent from a doubtful view is not. */
function absences(
  listed: readonly ItemId[],
  missing: readonly ItemId[],
  doubt: RuleId | undefined,
): { gone: ReadonlySet<ItemId>; doubted: ReadonlyMap<ItemId, RuleId> } {
  if (doubt === undefined) return { gone: new Set([...listed, ...missing]), doubted: new Map() };
  const proven = new Set(missing);
  return { gone: proven, doubted: new Map(listed.flatMap((id) => (proven.has(id) ? [] : [[id, doubt] as const]))) };
}
