/**
 * One run over one folder pair: recover, look at both sides, plan, carry out, report. The dry run is the same without the carrying
 * out, and writes nothing at all.
 *
 * Invariant: a cursor is stored only together with everything it would leave behind (`Unsettled`), at the very end.
 */
import { CANCELLED, type Failure, isFailure } from '../base/failure.ts';
import { type Action, heldLine, lineOf, type Plan } from './action.ts';
import { withoutEchoes } from './echo.ts';
import type { Engine } from './effect.ts';
import { type Done, execute, type Progress } from './execute.ts';
import { type Look, look } from './look.ts';
import { withCarriers } from './lost-links.ts';
import { markItems } from './mark.ts';
import { type PlanInput, planning, type SideView } from './plan.ts';
import type { Policy } from './policies.ts';
import { answersFor, recover } from './recover.ts';
import { rehearsed } from './rehearse.ts';
import type { FolderReport, Line } from './report.ts';
import type { Cursor, Item, ItemId, SideName, Token } from './side.ts';
import { eachSliced, inSlices, type Sliced } from './slices.ts';
import {
  across,
  bothSides,
  type Digest,
  type HeldRow,
  type Link,
  type LinkKey,
  SIDE_NAMES,
  type Sides,
  type State,
} from './state.ts';
import { oncePerItem, unsettledHeld, unsettledItems } from './unsettled.ts';

export type Run<C> = Engine<C> & {
  readonly policy: Policy<C>;
  readonly progress?: Progress | undefined;
  /** Deletions wait for the next run over the pair, because what is gone here may be new in another; told how many wait. */
  readonly postpone?: ((deletions: number) => void) | undefined;
  /** The link that an item of Outlook has in another pair, out of which it was moved. */
  readonly movedFrom?: ((outlookId: ItemId) => Link<C> | undefined) | undefined;
};

/**
 * Brings both folders of a pair in step. What concerns one item, a side out of reach and a cancellation are in the report.
 * @throws what the state throws (STORAGE_…); the next run recovers
 */
export async function syncFolder<C>(run: Run<C>): Promise<FolderReport> {
  const { state, pair, now } = run;
  const startedAt = now();
  const done: Done = { lines: [], unsettled: [], linked: 0 };
  let recovered = 0;
  const report = (rest: Pick<FolderReport, 'outcome' | 'failure' | 'lines'>): FolderReport => {
    return { pair: pair.id, startedAt, endedAt: now(), ...rest, recovered, linked: done.linked };
  };
  try {
    recovered = await recover(run);
    const { actions, held, cursors, waiting } = await decided(run, done);
    await execute(run, actions, done, run.progress);
    await markItems(run, run.policy.writable);
    const lines = [...done.lines, ...held.map(heldLine)];
    const finished = report({ outcome: 'done', failure: undefined, lines });
    finish(run, { cursors, held, waiting, done, finished });
    return finished;
  } catch (error) {
    if (!isFailure(error) || error.code.startsWith('STORAGE_')) throw error;
    const outcome = error.code === CANCELLED ? 'cancelled' : 'failed';
    const ended = report({ outcome, failure: outcome === 'failed' ? reported(error) : undefined, lines: done.lines });
    state.transaction((tx) => tx.addReport(ended));
    return ended;
  }
}

/** What is to be done, and what is stored once it is. */
type Decided<C> = Pick<Plan<C>, 'held'> & {
  readonly actions: Action<C>[];
  readonly cursors: Sides<Cursor | undefined>;
  /** Links whose items are to be deleted, but not in this run. */
  readonly waiting: ReadonlySet<LinkKey>;
};

/** Nothing else of what both sides look like is kept: a large folder's contents go batch by batch. */
async function decided<C>(run: Run<C>, done: Done): Promise<Decided<C>> {
  const looks = await lookAtBoth(run);
  const plan = await planFor(run, looks);
  const cursors = bothSides((side) => looks[side].cursor);
  return { ...inThisRun(run, plan, done), held: plan.held, cursors };
}

/** The actions without deletions that wait: their items are looked at again, whatever becomes of this process. */
function inThisRun<C>({ postpone }: Run<C>, { actions }: Plan<C>, done: Done): Pick<Decided<C>, 'actions' | 'waiting'> {
  if (postpone === undefined) return { actions: [...actions], waiting: new Set() };
  const waiting = actions.filter((action) => action.do === 'delete');
  done.unsettled.push(...waiting.flatMap(({ items, rule }) => unsettledItems(items, rule)));
  postpone(waiting.length);
  return {
    actions: actions.filter((action) => action.do !== 'delete'),
    waiting: new Set(waiting.map(({ key }) => key)),
  };
}

/** What the next run would do, in lines of the same words; neither side nor the state is written. */
export async function planFolder<C>(run: Run<C>): Promise<readonly Line[]> {
  const state = rehearsed(run.state, await answersFor(run));
  const rehearsal = { ...run, state };
  const planned = await planFor(rehearsal, await lookAtBoth(rehearsal));
  const actions = planned.actions.filter((action) => action.do !== 'link');
  return [...actions.map((action) => lineOf(action, 'planned')), ...planned.held.map(heldLine)];
}

async function lookAtBoth<C>(run: Run<C>): Promise<Sides<Look<C>>> {
  const { pair, state, signal, pause } = run;
  const [server, outlook] = await Promise.all(
    SIDE_NAMES.map((name) => look({ side: run.sides[name], pair, state, signal, pause })),
  );
  if (server === undefined || outlook === undefined) throw new Error('bug: a side was not looked at');
  return withCarriers(run, { server, outlook });
}

async function planFor<C>(run: Run<C>, looks: Sides<Look<C>>): Promise<Plan<C>> {
  const { state, kit, policy, sides, now, movedFrom, pause } = run;
  const views = withoutKept(
    state,
    bothSides((side) => looks[side].view),
  );
  const links = await inSlices(concerned(state, views), pause);
  const linked = await inSlices(idsOf(links), pause);
  const tokens = await inSlices(looseTokens(views, linked), pause);
  const input: PlanInput<C> = {
    links,
    linked,
    total: state.total(),
    views,
    tokensInUse: await inSlices(inUse(state, tokens), pause),
    decisions: new Map(state.held().flatMap(({ key, decision }) => (decision === undefined ? [] : [[key, decision]]))),
    refused: bothSides((side) => refusals(state, side)),
    policy,
    kit,
    previews: bothSides((side) => (content: C) => sides[side].preview(content)),
    movedFrom,
  };
  return withoutEchoes(await inSlices(planning(input), pause), { state, kit, now: now() });
}

/** The views with every item of an unanswered intent as one that cannot be read: nothing is decided about it yet (R10). */
function withoutKept<C>(state: State<C>, views: Sides<SideView<C>>): Sides<SideView<C>> {
  const intents = state.intents();
  if (intents.length === 0) return views;
  const kept = { server: new Set<ItemId>(), outlook: new Set<ItemId>() };
  for (const intent of intents) {
    const link = state.link(intent.key);
    if (link !== undefined) for (const side of SIDE_NAMES) kept[side].add(link[side].id);
    if (intent.do !== 'delete') kept[across(intent.on)].add(intent.other.id);
    if (intent.do !== 'create') kept[intent.on].add(intent.target.id);
    else for (const [id, { token }] of views[intent.on].items) if (token === intent.token) kept[intent.on].add(id);
  }
  return bothSides((side) => {
    const { items, unreadable, gone, doubted } = views[side];
    const unanswered = [...kept[side]].map((id) => [id, 'An interrupted write is not answered yet.'] as const);
    return {
      items: new Map([...items].filter(([id]) => !kept[side].has(id))),
      gone: new Set([...gone].filter((id) => !kept[side].has(id))),
      doubted: new Map([...doubted].filter(([id]) => !kept[side].has(id))),
      unreadable: new Map([...unreadable, ...unanswered]),
    };
  });
}

/** Ids that are put into a table, or looked up there, in one slice. */
const IDS = 10_000;

function* idsOf<C>(links: readonly Link<C>[]): Sliced<Sides<ReadonlySet<ItemId>>> {
  const linked = bothSides(() => new Set<ItemId>());
  for (const side of SIDE_NAMES) yield* eachSliced(links, (link) => void linked[side].add(link[side].id), IDS);
  return linked;
}

/** The tokens of items that no link knows. */
function* looseTokens<C>(views: Sides<SideView<C>>, linked: Sides<ReadonlySet<ItemId>>): Sliced<readonly Token[]> {
  const tokens: Token[] = [];
  for (const side of SIDE_NAMES) {
    const note = ({ id, token }: Item<C>): void => {
      if (token !== undefined && !linked[side].has(id)) tokens.push(token);
    };
    yield* eachSliced(views[side].items.values(), note, IDS);
  }
  return tokens;
}

/** Tokens that are looked up in one slice. */
const TOKENS = 2000;

function* inUse<C>(state: State<C>, tokens: readonly Token[]): Sliced<ReadonlyMap<Token, LinkKey>> {
  const used = new Map<Token, LinkKey>();
  for (let at = 0; at < tokens.length; at += TOKENS) {
    for (const [token, key] of state.tokensInUse(tokens.slice(at, at + TOKENS))) used.set(token, key);
    yield;
  }
  return used;
}

/** Links whose contents are read in one slice. */
const LINKS = 200;

/** The links that a view speaks of, and the open ones. */
function* concerned<C>(state: State<C>, views: Sides<SideView<C>>): Sliced<readonly Link<C>[]> {
  const links = new Map(state.openLinks().map((link) => [link.key, link]));
  for (const side of SIDE_NAMES) {
    const { items, gone, unreadable, doubted } = views[side];
    const ids = [...items.keys(), ...gone, ...unreadable.keys(), ...doubted.keys()];
    for (let at = 0; at < ids.length; at += LINKS) {
      for (const link of state.linksOf(side, ids.slice(at, at + LINKS))) links.set(link.key, link);
      yield;
    }
  }
  return [...links.values()];
}

function refusals<C>(state: State<C>, side: SideName): ReadonlyMap<ItemId, Digest> {
  const rows = state.unsettled().filter((row) => row.side === side);
  return new Map(rows.flatMap(({ id, refused }) => (refused === undefined ? [] : [[id, refused]])));
}

/** The last transaction of a run: cursors, what they leave behind, what waits for the user, the report. */
function finish<C>(
  { state }: Run<C>,
  of: Omit<Decided<C>, 'actions'> & { readonly done: Done; readonly finished: FolderReport },
): void {
  const unsettled = oncePerItem([...of.done.unsettled, ...of.held.flatMap(unsettledHeld)]);
  const held = [...of.held.filter(isForTheUser), ...decidedInVain(state, of)];
  state.transaction((tx) => {
    for (const side of SIDE_NAMES) tx.setCursor(side, of.cursors[side]);
    tx.setUnsettled(unsettled);
    tx.setHeld(held.map(({ key, rule, title, on }) => ({ key, rule, title, on })));
    tx.addReport(of.finished);
  });
}

/**
 * What the user decided and this run did not do, because it waits or went wrong: the next run shall not ask again, and still less
 * delete what was to be brought back. Where the item moved since, only bringing back is as right as it was.
 */
function decidedInVain<C>(
  state: State<C>,
  { waiting, held, done }: Pick<Decided<C>, 'waiting' | 'held'> & { readonly done: Done },
): readonly HeldRow[] {
  const rows = state.held().filter(({ decision }) => decision !== undefined);
  if (rows.length === 0) return [];
  const outcomes = new Map(done.lines.map(({ key, outcome }) => [key, outcome]));
  const undecided = new Set(held.map(({ key }) => key));
  return rows.filter(({ key, decision }) => {
    const outcome = outcomes.get(key);
    if (waiting.has(key) || undecided.has(key) || outcome === 'failed') return true;
    return decision === 'undo' && outcome !== undefined && outcome !== 'done';
  });
}

/** Deletions, doubted absences, conflicts, changes that come back: what the user can say something to. */
function isForTheUser({ rule }: Pick<HeldRow, 'rule'>): boolean {
  return (['G1', 'G2', 'G3', 'G4', 'G6', 'P8'] as const).some((one) => one === rule);
}

function reported({ code, message, retry, after }: Failure): FolderReport['failure'] {
  return { code, message, retry, after };
}
