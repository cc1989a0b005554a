/**
 * Answers the intents that an interrupted run left, before anything new is planned. The table is in `docs/sync.md` (R1 to R10).
 *
 * Invariant: an effect that landed is settled exactly as the executor would have; one that did not leaves no trace; one of which
 * nobody can tell leaves an open link, so that both sides count as changed and nothing is taken for a deletion.
 */
import { unreachable } from '../base/assert.ts';
import { isFailure } from '../base/failure.ts';
import { DISTRUSTED } from './distrust.ts';
import { doubted, type Engine } from './effect.ts';
import { readReadable } from './look.ts';
import { type EffectIntent, foreseen, settled, unbased } from './settle.ts';
import type { Item, ItemId, SideName, Token } from './side.ts';
import { type HistoryId, type Intent, type Link, type LinkKey, SIDE_NAMES, type StateWriter } from './state.ts';

/** What recovery does with one intent. */
export type Answer<C> =
  | { readonly do: 'settle'; readonly link: Link<C> }
  | { readonly do: 'forget' }
  /** Nothing had happened, or nothing of it is left; the planner decides again. */
  | { readonly do: 'drop'; readonly history: HistoryId | undefined }
  /** R10: an item it may be about is there and cannot be read; asked again in the next run, and nothing is decided about it. */
  | { readonly do: 'keep' };

export type Answers<C> = ReadonlyMap<LinkKey, Answer<C>>;

/** Answers every intent that can be answered, in one transaction. Returns how many those were. */
export async function recover<C>(engine: Engine<C>): Promise<number> {
  const all = await answersFor(engine);
  const answers = new Map([...all].filter(([, answer]) => answer.do !== 'keep'));
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
    for (const intent of here) {
      const item = found.get(intent.key);
      answers.set(intent.key, item === 'unreadable' ? { do: 'keep' } : answerTo(engine, intent, item));
    }
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
    case 'keep':
      break;
    case 'drop':
      if (answer.history !== undefined) tx.dropHistory(answer.history);
      break;
    default:
      unreachable(answer);
  }
}

/** For each intent the item it is about, as it is now; `unreadable`: it is there, or may be, and cannot be read. */
async function lookFor<C>(
  engine: Engine<C>,
  on: SideName,
  intents: readonly Intent<C>[],
): Promise<ReadonlyMap<LinkKey, Item<C> | 'unreadable'>> {
  const { sides, pair, signal } = engine;
  const folder = pair.folders[on];
  const ids = intents.flatMap((intent) => (intent.do === 'create' ? [] : [intent.target.id]));
  const targets = await readReadable(sides[on], { folder, ids, signal });
  const items = new Map(targets.items.map((item) => [item.id, item]));
  const tokens = intents.flatMap((intent) => (intent.do === 'create' ? [intent.token] : []));
  const carriers = await findReadable(engine, on, tokens);
  const found = new Map<LinkKey, Item<C> | 'unreadable'>();
  const answering = new Set<ItemId>();
  for (const intent of intents) {
    const item =
      intent.do === 'create' ? carrierFor(engine, intent, { carriers, answering }) : items.get(intent.target.id);
    const hidden = intent.do !== 'create' && targets.unreadable.has(intent.target.id);
    if (item === 'unreadable' || hidden) found.set(intent.key, 'unreadable');
    else if (item !== undefined) {
      answering.add(item.id);
      found.set(intent.key, item);
    }
  }
  return found;
}

/** The items that carry each token; `unreadable` where one of them cannot be read. */
type Carriers<C> = ReadonlyMap<Token, readonly Item<C>[] | 'unreadable'>;

/** All tokens in one call; where an item cannot be read each by itself, so that it keeps no other from being found. */
async function findReadable<C>(engine: Engine<C>, on: SideName, tokens: readonly Token[]): Promise<Carriers<C>> {
  if (tokens.length === 0) return new Map();
  const { sides, pair, signal } = engine;
  try {
    const items = await sides[on].find(pair.folders[on], tokens, signal);
    return new Map(tokens.map((token) => [token, items.filter((item) => item.token === token)]));
  } catch (error) {
    if (!isFailure(error) || error.subject?.item === undefined) throw error;
    const [token] = tokens;
    if (tokens.length === 1 && token !== undefined) return new Map([[token, 'unreadable']]);
    const apart: [Token, readonly Item<C>[] | 'unreadable'][] = [];
    for (const one of tokens) apart.push(...(await findReadable(engine, on, [one])));
    return new Map(apart);
  }
}

function carrierFor<C>(
  engine: Engine<C>,
  intent: Extract<Intent<C>, { do: 'create' }>,
  { carriers, answering }: { readonly carriers: Carriers<C>; readonly answering: ReadonlySet<ItemId> },
): Item<C> | 'unreadable' | undefined {
  const found = carriers.get(intent.token) ?? [];
  if (found === 'unreadable') return found;
  // One item answers one intent.
  return createdBy(
    engine,
    intent,
    found.filter((item) => !answering.has(item.id)),
  );
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
  const free = carriers.filter((item) => (taken.get(item.id) ?? intent.key) === intent.key);
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
      if (item === undefined) return { do: 'forget' };
      return wasPlayedBack(engine, intent, item) ? { do: 'drop', history: undefined } : drop;
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

/** Whether only the history still has what was to be deleted, because the side went back to a time before it. */
function wasPlayedBack<C>(
  { state, kit }: Engine<C>,
  { on, before }: Extract<Intent<C>, { do: 'delete' }>,
  item: Item<C>,
): boolean {
  return state.cursor(on) === DISTRUSTED && kit.digest(item.content) !== before;
}

function asForeseen<C>({ kit, sides }: Engine<C>, intent: EffectIntent<C>, item: Item<C>): Link<C> | undefined {
  const now = kit.digest(item.content);
  return foreseen(kit, sides[intent.on], intent.sent, now) ? settled(kit, intent, item) : undefined;
}
