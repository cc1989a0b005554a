/**
 * Answers the intents that an interrupted run left, before anything new is planned. The table is in `docs/sync.md` (R1 to R9).
 *
 * Invariant: an effect that landed is settled exactly as the executor would have; one that did not leaves no trace; one of which
 * nobody can tell leaves an open link, so that both sides count as changed and nothing is taken for a deletion.
 */
import { unreachable } from '../base/assert.ts';
import { doubted, type Engine } from './effect.ts';
import { readAll } from './look.ts';
import { type EffectIntent, foreseen, settled, unbased } from './settle.ts';
import type { Item, ItemId, SideName } from './side.ts';
import { type HistoryId, type Intent, type Link, type LinkKey, SIDE_NAMES, type StateWriter } from './state.ts';

/** What recovery does with one intent. */
export type Answer<C> =
  | { readonly do: 'settle'; readonly link: Link<C> }
  | { readonly do: 'forget' }
  /** Nothing had happened, or nothing of it is left; the planner decides again. */
  | { readonly do: 'drop'; readonly history: HistoryId | undefined };

export type Answers<C> = ReadonlyMap<LinkKey, Answer<C>>;

/** Answers every intent in one transaction. Returns how many there were. */
export async function recover<C>(engine: Engine<C>): Promise<number> {
  const answers = await answersFor(engine);
  if (answers.size === 0) return 0;
  engine.state.transaction((tx) => {
    for (const [key, answer] of answers) {
      tx.dropIntent(key);
      write(tx, key, answer);
    }
  });
  return answers.size;
}

/** What recovery would do, by the key of the intent; reads both sides, writes nothing. */
export async function answersFor<C>(engine: Engine<C>): Promise<Answers<C>> {
  const intents = engine.state.intents();
  const answers = new Map<LinkKey, Answer<C>>();
  for (const side of SIDE_NAMES) {
    const here = intents.filter((intent) => intent.on === side);
    if (here.length === 0) continue;
    const found = await lookFor(engine, side, here);
    for (const intent of here) answers.set(intent.key, answerTo(engine, intent, found.get(intent.key)));
  }
  return answers;
}

function write<C>(tx: StateWriter<C>, key: LinkKey, answer: Answer<C>): void {
  switch (answer.do) {
    case 'settle':
      tx.putLink(answer.link);
      break;
    case 'forget':
      tx.dropLink(key);
      break;
    case 'drop':
      if (answer.history !== undefined) tx.dropHistory(answer.history);
      break;
    default:
      unreachable(answer);
  }
}

/** For each intent the item it is about, as it is now. */
async function lookFor<C>(
  engine: Engine<C>,
  on: SideName,
  intents: readonly Intent<C>[],
): Promise<ReadonlyMap<LinkKey, Item<C>>> {
  const { sides, pair, signal } = engine;
  const folder = pair.folders[on];
  const ids = intents.flatMap((intent) => (intent.do === 'create' ? [] : [intent.target.id]));
  const items = new Map((await readAll(sides[on], { folder, ids, signal })).map((item) => [item.id, item]));
  const tokens = intents.flatMap((intent) => (intent.do === 'create' ? [intent.token] : []));
  const carriers = tokens.length === 0 ? [] : await sides[on].find(folder, tokens, signal);
  const found = new Map<LinkKey, Item<C>>();
  const answering = new Set<ItemId>();
  for (const intent of intents) {
    const free = carriers.filter((item) => !answering.has(item.id));
    const item = intent.do === 'create' ? createdBy(engine, intent, free) : items.get(intent.target.id);
    if (item === undefined) continue;
    answering.add(item.id);
    found.set(intent.key, item);
  }
  return found;
}

/** The item a create left: it carries the token and no other link has it. Of several (the user copied it) the one as foreseen. */
function createdBy<C>(
  { state, kit, sides }: Engine<C>,
  intent: Extract<Intent<C>, { do: 'create' }>,
  carriers: readonly Item<C>[],
): Item<C> | undefined {
  const taken = new Map<ItemId, LinkKey>();
  const ids = carriers.map((item) => item.id);
  for (const link of state.linksOf(intent.on, ids)) taken.set(link[intent.on].id, link.key);
  const free = carriers.filter(
    (item) => item.token === intent.token && (taken.get(item.id) ?? intent.key) === intent.key,
  );
  const exact = free.find((item) => foreseen(kit, sides[intent.on], intent.sent, kit.digest(item.content)));
  return exact ?? free[0];
}

function answerTo<C>(engine: Engine<C>, intent: Intent<C>, item: Item<C> | undefined): Answer<C> {
  const drop = { do: 'drop', history: intent.history } as const;
  switch (intent.do) {
    case 'create': // R1, R2, R3
      if (item === undefined) return drop;
      return { do: 'settle', link: asForeseen(engine, intent, item) ?? unbased(engine.kit, intent, item) };
    case 'update':
      return afterUpdate(engine, intent, item) ?? drop;
    case 'delete': // R8, R9
      return item === undefined ? { do: 'forget' } : drop;
    default:
      return unreachable(intent);
  }
}

function afterUpdate<C>(
  engine: Engine<C>,
  intent: Extract<Intent<C>, { do: 'update' }>,
  item: Item<C> | undefined,
): Answer<C> | undefined {
  // R7: gone; the planner sees it and revives. What was there before stays in the history, for it may have been overwritten.
  if (item === undefined) return { do: 'drop', history: undefined };
  const link = asForeseen(engine, intent, item); // R4
  if (link !== undefined) return { do: 'settle', link };
  if (engine.kit.digest(item.content) === intent.before) return undefined; // R5, touched or not
  const old = engine.state.link(intent.key);
  // R6: rewritten, or edited by somebody. Without a link there are no bases to keep: the pair is made again.
  return old === undefined ? { do: 'drop', history: undefined } : { do: 'settle', link: doubted(old, intent) };
}

function asForeseen<C>({ kit, sides }: Engine<C>, intent: EffectIntent<C>, item: Item<C>): Link<C> | undefined {
  const now = kit.digest(item.content);
  return foreseen(kit, sides[intent.on], intent.sent, now) ? settled(kit, intent, item) : undefined;
}
