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
import { type EffectIntent, foreseen, settled, unbased } from './settle.ts';
import type { EffectFailure, Item, Side, SideName, Target } from './side.ts';
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
  const results = await perform(engine, on, jobs);
  engine.state.transaction((tx) => {
    jobs.forEach(({ intent }, at) => {
      const result = must(results[at], 'a side answers every effect of a batch');
      tx.dropIntent(intent.key);
      if ('failure' in result) {
        if (intent.history !== undefined) tx.dropHistory(intent.history);
      } else if (intent.do === 'delete') tx.dropLink(intent.key);
      else tx.putLink(linkAfter(engine, intent, must(result.item)));
    });
  });
  return results;
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

/** Settled, unless a side without guard shows what nobody foresaw: then somebody else may have written in between. */
function linkAfter<C>(engine: Engine<C>, intent: EffectIntent<C>, item: Item<C>): Link<C> {
  const { kit, sides, state } = engine;
  const side = sides[intent.on];
  if (intent.do === 'create' || side.supports.guardedWrites) return settled(kit, intent, item);
  const now = kit.digest(item.content);
  if (now === intent.before || foreseen(kit, side, intent.sent, now)) return settled(kit, intent, item);
  const link = state.link(intent.key);
  return link === undefined ? unbased(kit, intent, item) : doubted(link, intent);
}

/** The link as it was, with what was sent in doubt: the side it came from is to be trusted. */
export function doubted<C>(link: Link<C>, intent: EffectIntent<C>): Link<C> {
  return { ...link, open: { why: 'rewritten', trust: across(intent.on) } };
}

/** The guard of an effect on this side. */
export function targetIn(pair: Pair, on: SideName, item: { readonly id: string; readonly rev: string }): Target {
  return { folder: pair.folders[on], id: item.id, rev: item.rev };
}
