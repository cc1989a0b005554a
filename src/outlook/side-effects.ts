/**
 * The effects of the Outlook side: read as it is, compare with what was decided on, patch, write, read back. What Outlook answers
 * about one item is a value; what it answers about itself is thrown.
 *
 * Invariants: no item is saved without its token · a create that landed is found again, never repeated · an item that is
 * somewhere else (Deleted Items above all) is not touched.
 */
import { must } from '../base/assert.ts';
import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure, throwIfCancelled } from '../base/failure.ts';
import type { Create, Effect, EffectFailure, ItemId, Rev, Target, Token } from '../sync/side.ts';
import { TAG } from './model/named-properties.ts';
import { deleteItem } from './program/delete-item.ts';
import { hresultText, LOW, lowBits, meaningOf } from './program/errors.ts';
import { concernsOutlook, failureOf, finish } from './program/finish.ts';
import { openItem } from './program/item-place.ts';
import type { Outcome } from './program/program.ts';
import type { Settled } from './program/reading.ts';
import { script } from './program/script.ts';
import { isRefusal, refusalText } from './program/tags.ts';
import type { YearlyInterval } from './program/write-pattern.ts';
import { askYearlyInterval, yearlyIntervalFrom } from './program/yearly-interval.ts';
import type { ItemRead, Prepared, Tagged, WriteInput, Written } from './side-kind.ts';
import { namesOfLists } from './side-lists.ts';
import { isSame, modifiedOf } from './side-rev.ts';
import type { OpenFolder } from './side-session.ts';
import { itemOf, placeOf, readHere, readMade, type SideContext, scanFolder } from './side-view.ts';

/** How often what a write left undone is written again. */
const MORE_WRITES = 2;

/** One effect at work. */
type Work<V extends Tagged, C, R extends ItemRead<V>> = {
  readonly context: SideContext<V, C, R>;
  readonly folder: OpenFolder;
  readonly signal: AbortSignalLike | undefined;
};

/** A value that is not wanted, or why there is none. */
type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: EffectFailure };

/**
 * One program writes each item; as many as one program reads are read back together, which halves the crossings of a first run. Not
 * more: what a person does to an item between its write and its reading would pass for Outlook's own doing.
 */
export async function createItems<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  creates: readonly Create<C>[],
): Promise<readonly Effect<C>[]> {
  const { sliceSize } = work.context;
  const effects: Effect<C>[] = [];
  for (let at = 0; at < creates.length; at += sliceSize)
    effects.push(...(await createTogether(work, creates.slice(at, at + sliceSize))));
  return effects;
}

async function createTogether<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  creates: readonly Create<C>[],
): Promise<readonly Effect<C>[]> {
  const { context, folder, signal } = work;
  const written: (Made<V> | Failed)[] = [];
  for (const create of creates) {
    throwIfCancelled(signal);
    written.push(await writeNew(work, create));
  }
  const sure = written.flatMap((one) => (one.ok && one.sure ? [one] : []));
  const now = context.now();
  const read = await readMade(context, folder, sure);
  const effects: Effect<C>[] = [];
  let at = 0;
  for (const one of written) {
    const first = one.ok && one.sure ? { read: must(read[at++]), now } : undefined;
    effects.push(one.ok ? await settleNew(work, one, first) : one);
  }
  return effects;
}

/** An item that was written. `sure`: its program ended well, so that it is where it was put. */
type Made<V> = { readonly ok: true; readonly id: ItemId; readonly value: V; readonly sure: boolean };
type Failed = { readonly ok: false; readonly failure: EffectFailure };

async function writeNew<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  { token, content }: Create<C>,
): Promise<Made<V> | Failed> {
  const { kind } = work.context;
  const value = mapped(() => kind.mapping.write(kind.blank(content), content));
  if (!value.ok) return value;
  const prepared = await prepare(work, undefined, withToken(value.value, token));
  const written = must(await writeProgram(work, undefined, prepared), 'a new item is always written');
  const outcome = await work.context.session.executor.run(written.program);
  if (outcome.kind === 'done') {
    const id = String(outcome.values[must(written.entryId, 'a new item has an entry id')]);
    return { ok: true, id, value: prepared.value, sure: true };
  }
  const id = mayHaveLanded(outcome, written) ? await findToken(work, token) : undefined;
  if (id === undefined) return { ok: false, failure: effectFailure(outcome) };
  return { ok: true, id, value: prepared.value, sure: false };
}

async function settleNew<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  { id, value }: Made<V>,
  first: First<R> | undefined,
): Promise<Effect<C>> {
  const effect = await readBack(work, id, value, first);
  // Reported as failed it will be created again: what nobody can read must not stay behind.
  if (!effect.ok && effect.failure.code === 'FAILED') await discard(work, id);
  return effect;
}

/** @param patch what the value shall be, from what it is; undefined when it cannot be that */
export async function changeItem<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  target: Target,
  patch: (value: V) => V | undefined,
): Promise<Effect<C>> {
  const before = await readTarget(work, target.id, target.rev);
  if (!before.ok) return before;
  const patched = mapped(() => patch(before.value.snapshot.value));
  if (!patched.ok) return patched;
  if (patched.value === undefined) return failed('REFUSED', 'This item cannot become an item of another kind.', '');
  const prepared = await prepare(work, before.value.snapshot.value, patched.value);
  const written = await writeProgram(work, before.value, prepared);
  const now = work.context.now();
  if (written === undefined) return effectOf(work.context, before.value, now);
  const outcome = await work.context.session.executor.run(written.program);
  if (outcome.kind === 'done' || mayHaveLanded(outcome, written)) return readBack(work, target.id, prepared.value);
  return { ok: false, failure: effectFailure(outcome) };
}

/** Moves an item to Deleted Items; undefined when it is gone from the folder. */
export async function removeItem<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  target: Target,
): Promise<EffectFailure | undefined> {
  const before = await readTarget(work, target.id, target.rev);
  if (!before.ok) return before.failure.code === 'GONE' ? undefined : before.failure;
  const { session } = work.folder.given;
  const program = deleteItem({ session }, placeOf(work.folder, target.id), modifiedOf(target.rev));
  const outcome = await work.context.session.executor.run(program);
  if (outcome.kind === 'done') return undefined;
  const failure = effectFailure(outcome);
  return failure.code === 'GONE' ? undefined : failure;
}

export function withToken<V extends Tagged>(value: V, token: Token): V {
  return { ...value, tags: { ...value.tags, [TAG.token]: token } };
}

function effectOf<V extends Tagged, C, R extends ItemRead<V>>(
  context: SideContext<V, C, R>,
  read: R,
  now: number,
): Effect<C> {
  const item = itemOf(context, read, now);
  return item.ok ? item : failed('FAILED', item.reason, '');
}

/** What the mapping makes of a content, or that it cannot. */
function mapped<T>(map: () => T): Result<T> {
  try {
    return { ok: true, value: map() };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return failed('REFUSED', error.message, error.code);
  }
}

/** Takes back an item that was just created. @throws Failure when that fails: then recovery has to look for it */
async function discard<V extends Tagged, C, R extends ItemRead<V>>(
  { context, folder }: Work<V, C, R>,
  entryId: ItemId,
): Promise<void> {
  const program = script('discard item', { session: folder.given.session }, (run) => {
    run.call(openItem(run, placeOf(folder, entryId), 'AppointmentItem'), 'Delete');
    return [];
  });
  finish(await context.session.executor.run(program), program.label);
}

/** Reads an item and compares it with the revision that was decided on. */
async function readTarget<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  id: ItemId,
  rev: Rev,
): Promise<Result<R>> {
  const read = await readOne(work, id);
  if (read.kind === 'gone') return failed('GONE', 'The item is not in the Outlook folder any more.', '');
  if (read.kind === 'unreadable') return failed('FAILED', 'Outlook cannot read the item now.', read.reason);
  if (!isSame(read.value.snapshot, rev)) return failed('STALE', 'The item was changed in Outlook meanwhile.', '');
  return { ok: true, value: read.value };
}

/** What was read of an item right after its write, and when that was begun. @units milliseconds since 1970 */
type First<R> = { readonly read: Settled<R>; readonly now: number };

/**
 * What the item is after a write. What the write left undone (occurrences that vanished with their rule, or were locked) is
 * written again; what Outlook still does not take, it does not hold, and the item is what was read.
 */
async function readBack<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  id: ItemId,
  wanted: V,
  first?: First<R>,
): Promise<Effect<C>> {
  const { context } = work;
  for (let writes = 0; ; writes++) {
    const known = writes === 0 ? first : undefined;
    const now = known?.now ?? context.now();
    const read = known?.read ?? (await readOne(work, id));
    if (read.kind === 'gone') return failed('GONE', 'The item left the Outlook folder while it was written.', '');
    if (read.kind === 'unreadable')
      return failed('FAILED', 'Outlook cannot read the item it has just saved.', read.reason);
    const left = writes <= MORE_WRITES ? context.kind.remaining?.(read.value, wanted) : undefined;
    // The last write says on the item what Outlook does not take.
    const rest = writes < MORE_WRITES ? left : left && context.kind.refused?.(read.value, wanted);
    const written =
      rest === undefined ? undefined : await writeProgram(work, read.value, { value: rest, file: undefined });
    if (written === undefined) return effectOf(context, read.value, now);
    const outcome = await context.session.executor.run(written.program);
    if (outcome.kind === 'failed' && concernsOutlook(meaningOf(outcome.hresult)))
      throw failureOf(outcome.hresult, 'write again');
  }
}

async function readOne<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  id: ItemId,
): Promise<Settled<R>> {
  const [read] = await readHere(work.context, work.folder, [id], work.signal);
  return must(read);
}

async function prepare<V extends Tagged, C, R extends ItemRead<V>>(
  { context: { kind, session }, folder, signal }: Work<V, C, R>,
  before: V | undefined,
  after: V,
): Promise<Prepared<V>> {
  const namesOf = namesOfLists(session, folder, signal);
  return (await kind.prepare?.(before, after, namesOf)) ?? { value: after, file: undefined };
}

async function writeProgram<V extends Tagged, C, R extends ItemRead<V>>(
  work: Work<V, C, R>,
  before: R | undefined,
  { value: after, file }: Prepared<V>,
): Promise<Written | undefined> {
  const { context, folder, signal } = work;
  throwIfCancelled(signal);
  const { kind, session } = context;
  const asks = kind.countsYears?.(before, after) === true;
  const yearlyInterval: YearlyInterval = asks ? await yearlyIntervalOf(session.executor, folder) : 'months';
  const input: WriteInput<V, R> = { given: folder.given, storeId: folder.storeId, before, after, file, yearlyInterval };
  return kind.write(input);
}

const asked = new WeakMap<OpenFolder, YearlyInterval>();

/** Asked once for each folder that is opened. */
async function yearlyIntervalOf(
  executor: SideContext<Tagged, unknown, ItemRead<Tagged>>['session']['executor'],
  folder: OpenFolder,
): Promise<YearlyInterval> {
  const known = asked.get(folder);
  if (known !== undefined) return known;
  const program = askYearlyInterval(folder.given);
  const answer = yearlyIntervalFrom(finish(await executor.run(program), program.label));
  asked.set(folder, answer);
  return answer;
}

/** Whether a program that stopped had saved something before. */
function mayHaveLanded(outcome: Exclude<Outcome, { kind: 'done' }>, { program }: Written): boolean {
  const stopped =
    outcome.kind === 'failed'
      ? outcome.step
      : program.steps.findIndex((step) => step.do === 'expect' && step.handle === outcome.handle);
  return program.steps.slice(0, stopped).some((step) => step.do === 'call' && step.member === 'Save');
}

async function findToken<V extends Tagged, C, R extends ItemRead<V>>(
  { context, folder, signal }: Work<V, C, R>,
  token: Token,
): Promise<ItemId | undefined> {
  const rows = await scanFolder(context.session, folder, signal);
  return rows.find((row) => row.token === token)?.entryId;
}

/** Errors that say that Outlook will never take this: invalid values, and occurrences it cannot place. */
const REFUSING: readonly number[] = [0x20009, 0x20005, 0x20003, 0x2000b, LOW.badArgument];

/** What an outcome means for the item. @throws Failure when it is about Outlook as a whole */
function effectFailure(outcome: Exclude<Outcome, { kind: 'done' }>): EffectFailure {
  if (outcome.kind === 'stale') {
    return isRefusal(outcome.handle)
      ? failed('REFUSED', 'Outlook did not take all of the item.', refusalText(outcome.value)).failure
      : failed('STALE', 'The item was changed in Outlook meanwhile.', '').failure;
  }
  const { hresult, member } = outcome;
  const meaning = meaningOf(hresult);
  const detail = `${member}, ${hresultText(hresult)}`;
  if (concernsOutlook(meaning)) throw failureOf(hresult, `write: ${member}`);
  if (meaning === 'changed') return failed('STALE', 'The item was changed in Outlook meanwhile.', detail).failure;
  if (meaning === 'forbidden') return failed('REFUSED', 'This Outlook folder may not be written.', detail).failure;
  if (meaning === 'absent' && member === 'GetItemFromID') {
    return failed('GONE', 'The item is not in Outlook any more.', detail).failure;
  }
  if (REFUSING.includes(lowBits(hresult))) return failed('REFUSED', 'Outlook does not take this item.', detail).failure;
  return failed('FAILED', 'Outlook could not write the item now.', detail).failure;
}

function failed(code: EffectFailure['code'], reason: string, detail: string): Failed {
  return { ok: false, failure: { code, reason, detail } };
}
