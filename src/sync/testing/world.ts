/**
 * A world to attack the engine in: two lossy sides, a state, users who act at any moment, processes that die at any step.
 *
 * A scenario is data (so that a property test can shrink it): rounds, each with what users do before it, what they do between two
 * steps of it, and where it dies. The ledger knows which values the users' latest edits wrote and nobody may lose (S1).
 */
import { assert } from '../../base/assert.ts';
import { distrust } from '../distrust.ts';
import type { Policy } from '../policies.ts';
import type { FolderReport, Line } from '../report.ts';
import type { RuleId } from '../rules.ts';
import { planFolder, type Run, syncFolder } from '../run.ts';
import type { SideName, Supports } from '../side.ts';
import { bothSides, type HistoryEntry, type Pair, SIDE_NAMES, type Sides, type State } from '../state.ts';
import { failingSide } from './failing-side.ts';
import { type MemorySide, type MemorySideOptions, memorySide } from './memory-side.ts';
import { type RecordContent, record, recordKit } from './record-kit.ts';
import { Crash, type Tripwire, trippedState, tripwire } from './tripwire.ts';
import { type UserAct, type Users, users } from './users.ts';

export type Round = {
  readonly before: readonly UserAct[];
  /** At a step counted from the start of the round. */
  readonly during: readonly { readonly step: number; readonly act: UserAct }[];
  /** The step at which the process dies; undefined: it does not. */
  readonly crashAt: number | undefined;
  readonly loseCursors: boolean;
  /** What befell the server before it. */
  readonly mishap?: Mishap | undefined;
  /** The side that may only be read in it: a right that was lost, and perhaps comes back. */
  readonly readOnly?: SideName | undefined;
  /** A call of a side that ends in a failure of the side as a whole, before or after its effect. */
  readonly trouble?: Trouble | undefined;
};

/**
 * `restored`: the server is played back from the backup that was made when the round before began. `recreated`: its folder was
 * deleted and made anew, empty. `replaced`: the same, and somebody else's item is in it.
 */
export type Mishap = 'restored' | 'recreated' | 'replaced';

export type Trouble = { readonly on: SideName; readonly call: number; readonly when: 'before' | 'after' };

/** How the sides of a world behave. */
export type Nature = {
  readonly marks: boolean;
  /** Whether the sides foretell their rewriting, or say nothing is lost. */
  readonly foretells: boolean;
  readonly supports: Sides<Partial<Supports>>;
  readonly policy: Policy<RecordContent>;
  /** While users act, every n-th effect fails without a reason; 0: none. */
  readonly flaky: number;
  /** Whether Outlook refuses items that have both a place and a mood. */
  readonly picky: boolean;
};

/** A state whose history can be read, as memory and SQLite offer it. */
export type WorldState = { readonly state: State<RecordContent>; history(): readonly HistoryEntry<RecordContent>[] };

export type World = {
  readonly sides: Sides<MemorySide<RecordContent>>;
  readonly state: State<RecordContent>;
  act(act: UserAct): void;
  /** One run without users, as a process of its own. */
  run(wire: Tripwire): Promise<FolderReport>;
  /** One round; undefined when the process died in it. */
  play(round: Round): Promise<FolderReport | undefined>;
  /** Runs without users and crashes until nothing is left to do, the user agreeing to what was held. Throws after `most` runs. */
  settle(most?: number): Promise<void>;
  plan(): Promise<readonly Line[]>;
  /** Values that are neither on a side nor in the history and should be (S1). */
  lost(): readonly string[];
  /** Items of linked pairs that do not agree up to what the sides can hold, and items without a partner (S2). */
  disagreements(): readonly string[];
  /** What both sides hold, without ids. */
  contents(): Sides<readonly RecordContent[]>;
  /** The steps of the last round. */
  steps(): number;
};

export const WORLD_PAIR: Pair = { id: 'pair', folders: { server: 'folder', outlook: 'folder' } };

/** What may stay for ever: ambiguous items, new ones where they cannot go, refused and protected ones. */
export const AT_REST = new Set<RuleId>(['L4', 'P5', 'P7', 'E3']);

/** What each side can hold: the server has no mood and strips `~`, Outlook has no colour and strips `+`. */
export const STORES: Sides<(content: RecordContent) => RecordContent> = {
  server: (content) => without(content, 'mood', '~'),
  outlook: (content) => without(content, 'color', '+'),
};

function without({ uid, fields }: RecordContent, name: string, mark: string): RecordContent {
  const kept = Object.entries(fields).filter(([field]) => field !== name);
  return record(Object.fromEntries(kept.map(([field, value]) => [field, value.replaceAll(mark, '')])), uid);
}

/** A new world. */
export function world(nature: Nature, { state, history }: WorldState): World {
  const stage = staged(nature, state);
  const { sides } = stage;
  const people = users(sides, WORLD_PAIR, history);
  return {
    sides,
    state,
    act: people.act,
    run: (wire) => {
      calm(stage);
      stage.wire = wire;
      return syncFolder(stage.engine);
    },
    play: (round) => play(stage, people, round),
    settle: (most = 8) => settle(stage, state, most),
    plan: () => {
      calm(stage);
      return planFolder(stage.engine);
    },
    lost: () => people.lost(),
    disagreements: () => [...disagreementsOf(state, sides), ...unmarkedItems(nature, state, sides)],
    contents: () => ({ server: contentsOf(sides.server), outlook: contentsOf(sides.outlook) }),
    steps: () => stage.taken,
  };
}

/** The engine over its two sides, and what happens to it: every step of sides and state passes here. */
type Stage = {
  readonly sides: World['sides'];
  readonly engine: Run<RecordContent>;
  /** Past the steps. */
  readonly state: State<RecordContent>;
  wire: Tripwire;
  /** Steps since the start of the round. */
  taken: number;
  /** What users do at a step. */
  onStep: (step: number) => void;
  /** Whether flaky sides fail at present. */
  rough: boolean;
  /** What the account may write at present. */
  writable: Sides<boolean>;
  /** Plays the server back to the beginning of the round before. */
  restore: () => void;
};

function staged(nature: Nature, state: State<RecordContent>): Stage {
  let ids = 0;
  const step = () => {
    stage.taken += 1;
    stage.onStep(stage.taken);
    stage.wire.step();
  };
  const weather = { step, rough: () => stage.rough, writable: (name: SideName) => stage.writable[name] };
  const sides = bothSides((name) => memorySide(sideOptions(nature, name, weather)));
  const engine: Run<RecordContent> = {
    pair: WORLD_PAIR,
    sides,
    state: trippedState(state, { step, taken: () => stage.taken }),
    kit: recordKit,
    policy: nature.policy,
    now: () => 0,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  };
  const stage: Stage = {
    ...{ sides, engine, state, wire: tripwire(), taken: 0, onStep: () => {}, rough: false },
    writable: nature.policy.writable,
    restore: sides.server.user.backUp('folder'),
  };
  return stage;
}

function sideOptions(
  nature: Nature,
  name: SideName,
  weather: { step: () => void; rough: () => boolean; writable: (name: SideName) => boolean },
): MemorySideOptions<RecordContent> {
  const { supports, flaky } = nature;
  const { step, rough, writable } = weather;
  let effects = 0;
  return {
    name,
    supports: supports[name],
    stores: STORES[name],
    ...(nature.foretells ? {} : { preview: (content: RecordContent) => content }),
    marks: nature.marks && name === 'outlook',
    refuses: ({ fields }) => nature.picky && name === 'outlook' && 'place' in fields && 'mood' in fields,
    fails: () => {
      assert(writable(name), `${name} may not be written`);
      effects += 1;
      return rough() && flaky > 0 && effects % flaky === 0;
    },
    step,
  };
}

function calm(stage: Stage): void {
  stage.rough = false;
  stage.writable = stage.engine.policy.writable;
  stage.wire = tripwire();
  stage.onStep = () => {};
}

async function play(stage: Stage, people: Users, round: Round): Promise<FolderReport | undefined> {
  if (round.mishap !== undefined) befall(stage, people, round.mishap);
  stage.restore = stage.sides.server.user.backUp('folder');
  for (const act of round.before) people.act(act);
  if (round.loseCursors) for (const name of SIDE_NAMES) stage.sides[name].user.loseCursors();
  stage.taken = 0;
  stage.rough = true;
  stage.wire = tripwire(round.crashAt);
  stage.onStep = (at) => {
    for (const { step, act } of round.during) if (step === at) people.act(act);
  };
  try {
    return await syncFolder(engineOf(stage, round));
  } catch (error) {
    if (error instanceof Crash) return undefined;
    throw error;
  } finally {
    calm(stage);
  }
}

/** What happens to the server from outside; what was there only goes with it, and nobody's user did that. */
function befall({ sides, state, restore }: Stage, people: Users, mishap: Mishap): void {
  const { user } = sides.server;
  if (mishap === 'restored') restore();
  else user.recreate('folder');
  if (mishap === 'replaced') user.add('folder', record({ title: 'of somebody else' }));
  people.forgive();
  // The account shows by its copy id that it is not what it was, and the agent says so.
  distrust(state, 'server');
}

/** The engine as it finds itself in a round. */
function engineOf(stage: Stage, { readOnly, trouble }: Round): Run<RecordContent> {
  const { engine, sides } = stage;
  const { policy } = engine;
  const writable = bothSides((name) => policy.writable[name] && name !== readOnly);
  stage.writable = writable;
  const failing = trouble && { [trouble.on]: failingSide(sides[trouble.on], trouble) };
  return { ...engine, sides: { ...sides, ...failing }, policy: { ...policy, writable } };
}

async function settle(stage: Stage, state: State<RecordContent>, most: number): Promise<void> {
  for (let runs = 1; ; runs++) {
    calm(stage);
    const { lines, linked } = await syncFolder(stage.engine);
    const waiting = state.held().filter((row) => row.decision === undefined);
    state.transaction((tx) => {
      waiting.forEach((row, at) => {
        tx.decide(row.key, at % 2 === 0 ? 'apply' : 'undo');
      });
    });
    if (linked === 0 && lines.every((line) => AT_REST.has(line.rule))) return;
    if (runs >= most) throw new Error(`no rest after ${runs} runs: ${JSON.stringify({ linked, lines })}`);
  }
}

function contentsOf(side: MemorySide<RecordContent>): readonly RecordContent[] {
  const items = side.user.items('folder').map((item) => item.content);
  return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Pairs that do not hold the same as far as both can hold it; items that no link knows. */
function disagreementsOf(state: State<RecordContent>, sides: Sides<MemorySide<RecordContent>>): readonly string[] {
  const items = {
    server: new Map(sides.server.user.items('folder').map((item) => [item.id, item.content])),
    outlook: new Map(sides.outlook.user.items('folder').map((item) => [item.id, item.content])),
  };
  const common = (content: RecordContent | undefined) =>
    content === undefined ? 'nothing' : JSON.stringify(sorted(STORES.server(STORES.outlook(content)).fields));
  const found: string[] = [];
  const held = new Set(state.unsettled().map((row) => row.id));
  for (const row of state.links()) {
    const [a, b] = [common(items.server.get(row.server.id)), common(items.outlook.get(row.outlook.id))];
    const settled = !held.has(row.server.id) && !held.has(row.outlook.id);
    if (a !== b && settled) found.push(`${row.key}: ${a} / ${b}`);
    items.server.delete(row.server.id);
    items.outlook.delete(row.outlook.id);
  }
  for (const name of SIDE_NAMES) {
    for (const id of items[name].keys()) if (!held.has(id)) found.push(`${name} ${id} has no link`);
  }
  return found;
}

/** Linked items in Outlook that lack their link's token although they could carry it. */
function unmarkedItems(
  { marks, policy }: Nature,
  state: State<RecordContent>,
  { outlook }: Sides<MemorySide<RecordContent>>,
): readonly string[] {
  if (!marks || !policy.writable.outlook) return [];
  const held = new Set(state.unsettled().map((row) => row.id));
  const tokens = new Map(outlook.user.items('folder').map((item) => [item.id, item.token]));
  return [...state.links()].flatMap(({ key, token, outlook: { id } }) =>
    token === undefined || held.has(id) || !tokens.has(id) || tokens.get(id) === token ? [] : [`${key} has no mark`],
  );
}

function sorted(fields: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
