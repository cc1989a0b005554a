/**
 * Carries out a plan: in its order, in batches of one kind and side, cancellable between batches. Decides nothing.
 */
import { must, unreachable } from '../base/assert.ts';
import { throwIfCancelled } from '../base/failure.ts';
import {
  type Action,
  type Conflicts,
  type CreateAction,
  createdBy,
  type DeleteAction,
  firstOn,
  type LinkAction,
  lineOf,
  type MergeAction,
  type UpdateAction,
  type Write,
} from './action.ts';
import { type Engine, effects, type Job, type JobResult, targetIn } from './effect.ts';
import { BATCH } from './look.ts';
import type { Line, LineOutcome } from './report.ts';
import type { RuleId } from './rules.ts';
import { anchorOf } from './settle.ts';
import type { EffectFailure, SideName, Token } from './side.ts';
import { unfolded, unfoldedAnchor } from './side-folded.ts';
import { across, bothSides, type HistoryEntry, type LinkKey, type Unsettled } from './state.ts';
import { unsettledItems } from './unsettled.ts';

/** What has been done so far; filled batch by batch, so that a run that ends early still says what it did. */
export type Done = { readonly lines: Line[]; readonly unsettled: Unsettled[]; linked: number };

/** How many actions of how many are through. */
export type Progress = (done: number, total: number) => void;

/** Links cost no call to a side; one transaction takes many. */
const LINK_BATCH = 200;

/**
 * Carries out `actions` in order and notes in `done` what became of each. It empties the list: what is done is not kept in memory.
 * @throws CANCELLED between batches; what a side throws
 */
export async function execute<C>(
  engine: Engine<C>,
  actions: Action<C>[],
  done: Done,
  progress: Progress = () => {},
): Promise<void> {
  const total = actions.length;
  const executing = { ...engine, newKey: newKeys(engine) };
  for (const batch of batches(actions)) {
    throwIfCancelled(engine.signal);
    await carryOut(executing, batch, done);
    progress(total - actions.length, total);
    // Links wait for no side: without this everything else in the process, a cancellation too, would wait for the last of them.
    await engine.pause?.();
  }
}

/** Neighbours of one kind and side, at most a batch of them, taken out of the list. */
function* batches<C>(actions: Action<C>[]): Generator<readonly Action<C>[]> {
  // From its end a list gives for nothing.
  actions.reverse();
  for (let first = actions.pop(); first !== undefined; first = actions.pop()) {
    const batch = [first];
    const group = groupOf(first);
    for (let next = actions.at(-1); next !== undefined; next = actions.at(-1)) {
      if (batch.length >= mostOf(first) || groupOf(next) !== group) break;
      batch.push(next);
      actions.pop();
    }
    yield batch;
  }
}

function mostOf<C>(action: Action<C>): number {
  // A merge writes both sides: its batches are those of the slower one.
  if (action.do === 'merge') return BATCH.outlook;
  return 'on' in action ? BATCH[action.on] : LINK_BATCH;
}

function groupOf<C>(action: Action<C>): string {
  return `${action.do} ${firstOn(action)}`;
}

/** An engine that carries out a plan. */
type Executing<C> = Engine<C> & { readonly newKey: () => LinkKey };

/**
 * Keys of the links that a plan makes: of one beginning, in order, so that they lie side by side in a file, and a batch of links touches
 * few of its pages.
 */
function newKeys<C>({ newId }: Engine<C>): () => LinkKey {
  const beginning = newId();
  let made = 0;
  return () => `${beginning}-${(made++).toString(36).padStart(5, '0')}`;
}

async function carryOut<C>(engine: Executing<C>, batch: readonly Action<C>[], done: Done): Promise<void> {
  const kind = must(batch[0]).do;
  switch (kind) {
    case 'link':
      return takeUp(engine, only(batch, kind), done);
    case 'create':
      return create(engine, only(batch, kind), done);
    case 'update':
      return update(engine, only(batch, kind), done);
    case 'merge':
      return merge(engine, only(batch, kind), done);
    case 'delete':
      return remove(engine, only(batch, kind), done);
    case 'forget':
      return forget(engine, batch, done);
    default:
      return unreachable(kind);
  }
}

function only<C, K extends Action<C>['do']>(batch: readonly Action<C>[], kind: K): Extract<Action<C>, { do: K }>[] {
  return batch.filter((action): action is Extract<Action<C>, { do: K }> => action.do === kind);
}

function takeUp<C>(engine: Executing<C>, batch: readonly LinkAction<C>[], done: Done): void {
  engine.state.transaction((tx) => {
    for (const action of batch) {
      const anchors = bothSides((side) => unfoldedAnchor(action.anchors[side]));
      tx.putLink({ key: keyFor(engine, action), token: action.token, open: undefined, ...anchors });
    }
  });
  done.linked += batch.length;
}

async function create<C>(engine: Executing<C>, batch: readonly CreateAction<C>[], done: Done): Promise<void> {
  const { kit, newId } = engine;
  const jobs = batch.map((action): Job<C> => {
    const token = action.token ?? newId();
    const { on, rule } = action;
    const from = unfolded(action.from);
    const content = action.content ?? from.content;
    const sent = action.renew && kit.withUid ? kit.withUid(content, token) : content;
    const other = anchorOf(kit, from);
    const intent = {
      do: 'create' as const,
      key: keyFor(engine, action),
      on,
      rule,
      history: undefined,
      token,
      sent,
      other,
    };
    return { intent, history: undefined };
  });
  const results = await effects(engine, must(batch[0]).on, jobs);
  batch.forEach((action, at) => {
    const sent = { on: action.on, from: action.from.id, content: () => createdBy(action) };
    note(engine, done, { action, result: must(results[at]), sent });
  });
}

async function update<C>(engine: Executing<C>, batch: readonly UpdateAction<C>[], done: Done): Promise<void> {
  const jobs = batch.map((action) => writeJob(engine, { ...action, key: keyFor(engine, action) }, action.write));
  const results = await effects(engine, must(batch[0]).on, jobs);
  batch.forEach((action, at) => {
    note(engine, done, { action, result: must(results[at]), sent: sentBy(action.write) });
  });
}

/** First halves, then, against what was read back, second halves of those that went through. */
async function merge<C>(engine: Engine<C>, batch: readonly MergeAction<C>[], done: Done): Promise<void> {
  const { kit } = engine;
  const firsts = await effects(
    engine,
    must(batch[0]).first.on,
    batch.map((action) => writeJob(engine, action, action.first)),
  );
  const halves: { action: MergeAction<C>; write: Write<C> }[] = [];
  batch.forEach((action, at) => {
    const result = unlessDoubted(engine, action, must(firsts[at]));
    if ('failure' in result) note(engine, done, { action, result, sent: sentBy(action.first) });
    else {
      const other = anchorOf(kit, must(result.item));
      halves.push({ action, write: { ...action.second, other, without: undefined } });
    }
  });
  if (halves.length === 0) return;
  const on = must(halves[0]).write.on;
  const seconds = await effects(
    engine,
    on,
    halves.map(({ action, write }) => writeJob(engine, action, write)),
  );
  halves.forEach(({ action, write }, at) => {
    note(engine, done, { action, result: must(seconds[at]), sent: sentBy(write) });
  });
}

/** A first half that left what nobody foresaw did not go through: the second would be built on sand, and waits for the next run. */
function unlessDoubted<C>({ state }: Engine<C>, { key }: MergeAction<C>, result: JobResult<C>): JobResult<C> {
  if ('failure' in result || state.link(key)?.open?.why === 'half') return result;
  return { failure: { code: 'STALE', detail: '', reason: 'The item changed while it was written.' } };
}

async function remove<C>(engine: Engine<C>, batch: readonly DeleteAction<C>[], done: Done): Promise<void> {
  const jobs = batch.map((action): Job<C> => {
    const { key, on, rule, target } = action;
    // What the other side showed of it may say more than this side can.
    const beside = engine.state.link(key)?.[across(on)];
    const history = historyOf(engine, action, { on, item: target, did: 'delete', beside });
    const intent = {
      do: 'delete' as const,
      key,
      on,
      rule,
      history: history.id,
      target: targetIn(engine.pair, on, target),
      before: engine.kit.digest(target.content),
    };
    return { intent, history };
  });
  const results = await effects(engine, must(batch[0]).on, jobs);
  batch.forEach((action, at) => {
    note(engine, done, { action, result: must(results[at]), sent: undefined });
  });
}

function forget<C>(engine: Engine<C>, batch: readonly Action<C>[], done: Done): void {
  engine.state.transaction((tx) => {
    for (const action of batch) tx.dropLink(action.key);
  });
  for (const action of batch) done.lines.push(lineOf(action, 'done'));
}

type Written = {
  readonly key: LinkKey;
  readonly rule: RuleId;
  readonly title: string;
  readonly token: Token | undefined;
  readonly conflicts: Conflicts;
};

function writeJob<C>(engine: Engine<C>, of: Written, write: Write<C>): Job<C> {
  const { kit, pair } = engine;
  const { on, target, content, other, without } = write;
  const history = historyOf(engine, of, { on, item: target, did: 'update', after: content });
  const intent = {
    do: 'update' as const,
    key: of.key,
    on,
    rule: of.rule,
    history: history.id,
    token: of.token,
    target: targetIn(pair, on, target),
    before: kit.digest(target.content),
    sent: content,
    other,
    without,
  };
  return { intent, history };
}

type Kept<C> = { readonly id: string; readonly content: C };

function historyOf<C>(
  engine: Engine<C>,
  of: { readonly key: LinkKey; readonly rule: RuleId; readonly conflicts?: Conflicts },
  what: Pick<HistoryEntry<C>, 'did'> & { on: SideName; item: Kept<C>; after?: C; beside?: Kept<C> | undefined },
): HistoryEntry<C> {
  const { on, item, did, after, beside } = what;
  const { kit, now, newId } = engine;
  const title = kit.title(item.content);
  return {
    id: newId(),
    at: now(),
    key: of.key,
    side: on,
    itemId: item.id,
    title,
    rule: of.rule,
    did,
    content: item.content,
    after,
    across: beside && { id: beside.id, content: beside.content },
    lost: (of.conflicts ?? []).flatMap(({ field, winner }) => (winner === on ? [] : [field])),
  };
}

type Sent<C> = { readonly on: SideName; readonly from: string; readonly content: () => C };

function sentBy<C>(write: Write<C>): Sent<C> {
  return { on: write.on, from: write.other.id, content: () => write.content };
}

/** A line for the report and, for what was not done, the items to look at again. */
function note<C>(
  { kit }: Engine<C>,
  done: Done,
  of: { action: Action<C>; result: JobResult<C>; sent: Sent<C> | undefined },
): void {
  const { action, result, sent } = of;
  if (!('failure' in result)) {
    done.lines.push(lineOf(action, 'done'));
    return;
  }
  const { outcome, rule } = FAILED[result.failure.code];
  done.lines.push(lineOf(action, outcome, result.failure.detail));
  done.unsettled.push(...unsettledItems(action.items, rule));
  if (sent !== undefined && result.failure.code === 'REFUSED') {
    const side = across(sent.on);
    done.unsettled.push({ side, id: sent.from, why: rule, refused: kit.digest(sent.content()) });
  }
}

const FAILED = {
  STALE: { outcome: 'stale', rule: 'E1' },
  GONE: { outcome: 'gone', rule: 'E2' },
  REFUSED: { outcome: 'refused', rule: 'E3' },
  FAILED: { outcome: 'failed', rule: 'E4' },
} as const satisfies Record<EffectFailure['code'], { outcome: LineOutcome; rule: RuleId }>;

function keyFor<C>(engine: Executing<C>, action: { readonly key: LinkKey; readonly fresh: boolean }): LinkKey {
  return action.fresh ? engine.newKey() : action.key;
}
