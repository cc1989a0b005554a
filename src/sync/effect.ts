/**
 * One batch of effects on one side: a transaction that makes the intents durable, one call, a transaction that settles every
 * outcome. A crash in between leaves intents, which `recover.ts` answers one by one.
 *
 * Invariant: what is about to be overwritten or deleted is in the history before the effect, and leaves it again only when the
 * effect is known not to have happened.
 */
import { must, unreachable } from '../base/assert.ts';
import type { AbortSignalLike } from '../base/clock.ts';
import type { ContentKit } from './content.ts';
import { readAll } from './look.ts';
import { type EffectIntent, foreseen, settled, unbased } from './settle.ts';
import type { EffectFailure, Item, Side, SideName, Target } from './side.ts';
import { eachSliced, inSlices, type Pause, type Sliced } from './slices.ts';
import { across, type HistoryEntry, type Intent, type Link, type Pair, type Sides, type State } from './state.ts';

/** What the engine works with, handed in by whoever starts a run. */
export type Engine<C> = {
  readonly pair: Pair;
  readonly sides: Sides<Side<C>>;
  readonly state: State<C>;
  readonly kit: ContentKit<C>;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: () => number;
  /** A new identifier that nobody can guess: link keys, tokens, history ids. */
  readonly newId: () => string;
  readonly signal?: AbortSignalLike | undefined;
  /** Between slices of long work; without it nothing else has its turn meanwhile. */
  readonly pause?: Pause | undefined;
};

/** An effect to be carried out: its intent and what it overwrites. */
export type Job<C> = { readonly intent: Intent<C>; readonly history: HistoryEntry<C> | undefined };

/** What came of a job: the item as it was read back, nothing for a deletion, or why it was not done. */
export type JobResult<C> = { readonly item: Item<C> | undefined } | { readonly failure: EffectFailure };

/** Carries out jobs of one kind on one side, and settles them. */
export async function effects<C>(
  engine: Engine<C>,
  on: SideName,
  jobs: readonly Job<C>[],
): Promise<readonly JobResult<C>[]> {
  engine.state.transaction((tx) => {
    for (const { intent, history } of jobs) {
      tx.putIntent(intent);
      if (history !== undefined) tx.addHistory(history);
    }
  });
  await engine.pause?.();
  const results = await guardedly(engine, on, jobs);
  const links = await inSlices(linksAfter(engine, jobs, results), engine.pause);
  engine.state.transaction((tx) => {
    jobs.forEach(({ intent }, at) => {
      const result = must(results[at], 'a side answers every effect of a batch');
      tx.dropIntent(intent.key);
      if ('failure' in result) {
        // An item that went away may have taken our write with it: what it held before stays in the history.
        if (intent.history !== undefined && result.failure.code !== 'GONE') tx.dropHistory(intent.history);
      } else if (intent.do === 'delete') tx.dropLink(intent.key);
      else tx.putLink(must(links[at]));
    });
  });
  // A commit waits for the disk: what follows it is not to be one piece with it, nor is the side's work with the one before.
  await engine.pause?.();
  return results;
}

/** Links of one slice: what each item was read back as is digested. */
const LINKS = 20;

/** What the links will be once the batch is settled; undefined where none is left or nothing happened. */
function* linksAfter<C>(
  engine: Engine<C>,
  jobs: readonly Job<C>[],
  results: readonly JobResult<C>[],
): Sliced<readonly (Link<C> | undefined)[]> {
  const links: (Link<C> | undefined)[] = [];
  const next = (at: number): void => {
    const [{ intent }, result] = [must(jobs[at]), must(results[at], 'a side answers every effect of a batch')];
    const settles = intent.do !== 'delete' && !('failure' in result);
    links.push(settles ? linkAfter(engine, intent, must(result.item)) : undefined);
  };
  yield* eachSliced(jobs.keys(), next, LINKS);
  return links;
}

/** On a side without a guard of its own, targets that moved are found by one more look just before the effect. */
async function guardedly<C>(
  engine: Engine<C>,
  on: SideName,
  jobs: readonly Job<C>[],
): Promise<readonly JobResult<C>[]> {
  const { sides, pair, signal } = engine;
  const targets = jobs.flatMap(({ intent }) => (intent.do === 'create' ? [] : [intent.target]));
  if (sides[on].supports.guardedWrites || targets.length === 0) return perform(engine, on, jobs);
  const ids = targets.map((target) => target.id);
  const items = await readAll(sides[on], { folder: pair.folders[on], ids, signal });
  const revs = new Map(items.map((item) => [item.id, item.rev]));
  const moved = jobs.map(({ intent }) => movedSince(intent, revs));
  const steady = jobs.filter((_job, at) => moved[at] === undefined);
  const results = steady.length === 0 ? [] : [...(await perform(engine, on, steady))];
  return moved.map((failure) => (failure === undefined ? must(results.shift()) : { failure }));
}

function movedSince<C>(intent: Intent<C>, revs: ReadonlyMap<string, string>): EffectFailure | undefined {
  if (intent.do === 'create') return undefined;
  const rev = revs.get(intent.target.id);
  if (rev === intent.target.rev) return undefined;
  const reason = 'The item changed since it was looked at.';
  if (rev !== undefined) return { code: 'STALE', detail: '', reason };
  return intent.do === 'delete' ? undefined : { code: 'GONE', detail: '', reason };
}

async function perform<C>(
  { sides, pair, signal }: Engine<C>,
  on: SideName,
  jobs: readonly Job<C>[],
): Promise<readonly JobResult<C>[]> {
  const [side, folder] = [sides[on], pair.folders[on]];
  const intents = jobs.map((job) => job.intent);
  const kind = must(intents[0]).do;
  switch (kind) {
    case 'create': {
      const creates = only(intents, kind).map(({ token, sent }) => ({ token, content: sent }));
      return (await side.create(folder, creates, signal)).map(asResult);
    }
    case 'update': {
      const updates = only(intents, kind).map(({ target, sent }) => ({ target, content: sent }));
      return (await side.update(folder, updates, signal)).map(asResult);
    }
    case 'delete': {
      const targets = only(intents, kind).map(({ target }) => target);
      const failures = await side.remove(folder, targets, signal);
      return failures.map((failure) => (failure === undefined ? { item: undefined } : { failure }));
    }
    default:
      return unreachable(kind);
  }
}

function asResult<C>(effect: { ok: true; item: Item<C> } | { ok: false; failure: EffectFailure }): JobResult<C> {
  return effect.ok ? { item: effect.item } : { failure: effect.failure };
}

function only<C, K extends Intent<C>['do']>(intents: readonly Intent<C>[], kind: K): Extract<Intent<C>, { do: K }>[] {
  return intents.filter((intent): intent is Extract<Intent<C>, { do: K }> => intent.do === kind);
}

/**
 * Settled, unless a side without guard shows what nobody foresaw: then somebody else may have written in between. The same write
 * tried again with the same outcome is the side's own rewriting, and settled.
 */
function linkAfter<C>(engine: Engine<C>, intent: EffectIntent<C>, item: Item<C>): Link<C> {
  const { kit, sides, state } = engine;
  const side = sides[intent.on];
  if (intent.do === 'create' || side.supports.guardedWrites) return settled(kit, intent, item);
  const now = kit.digest(item.content);
  const link = state.link(intent.key);
  const triedBefore = now === intent.before && link?.open !== undefined && link.open.why !== 'half';
  if (triedBefore || foreseen(kit, side, intent.sent, now)) return settled(kit, intent, item);
  return link === undefined ? unbased(kit, intent, item) : doubted(link, intent);
}

/**
 * The link with its old bases and what was sent in doubt: the side it came from is to be trusted. The ids are those the write was
 * decided on, for an item may have moved to another id since the bases were taken. Without bases it stays without.
 */
export function doubted<C>(link: Link<C>, intent: Extract<Intent<C>, { do: 'update' }>): Link<C> {
  const { on, target, other } = intent;
  const trust = across(on);
  return {
    ...link,
    [on]: { ...link[on], id: target.id },
    [trust]: { ...link[trust], id: other.id },
    open: link.open?.why === 'unbased' ? link.open : { why: 'rewritten', trust },
  };
}

/** The guard of an effect on this side. */
export function targetIn(pair: Pair, on: SideName, item: { readonly id: string; readonly rev: string }): Target {
  return { folder: pair.folders[on], id: item.id, rev: item.rev };
}
