/**
 * The random world over sides that are not ours to open up: real HTTP, an emulated Outlook. Users act and processes die between
 * calls and transactions; what goes wrong inside a call is the side's own weather ({@link WorldSide.weather}).
 *
 * The laws are those of `world.ts`: nothing is lost (S1), everything comes to rest and agrees (S2).
 */
import fc from 'fast-check';
import { must } from '../../base/assert.ts';
import type { ContentKit } from '../content.ts';
import { BOTH_WAYS, type Policy } from '../policies.ts';
import type { FolderReport } from '../report.ts';
import { type Run, syncFolder } from '../run.ts';
import type { FolderId, Item, ItemId, Side, SideName } from '../side.ts';
import { type HistoryEntry, SIDE_NAMES, type Sides, type State } from '../state.ts';
import { Crash, type Tripwire, trippedState, tripwire } from './tripwire.ts';
import { AT_REST } from './world.ts';

/** A side with one folder, its user, and its weather. */
export type WorldSide<C> = {
  readonly side: Side<C>;
  readonly folder: FolderId;
  /** The user works past the side's weather. */
  readonly user: {
    items(): Promise<readonly Item<C>[]>;
    add(content: C): Promise<ItemId>;
    edit(id: ItemId, content: C): Promise<void>;
    delete(id: ItemId): Promise<void>;
    /** Left out where users have no such deed. */
    copy?(id: ItemId): Promise<void>;
  };
  /** What goes wrong in the next run; any number has a meaning, undefined ends it. */
  weather?(number: number | undefined): void;
  /** The side forgets its change log. */
  loseCursors?(): void;
};

/** How contents are made of words and tell them again; a word once written is never written again. */
export type Speech<C> = {
  compose(words: Words): C;
  change(content: C, words: Words): C;
  /** Every word in a content. */
  words(content: C): Words;
};
export type Words = Readonly<Record<string, string>>;

export const SPOKEN = ['title', 'place', 'note'] as const;

export type OpenAct = {
  readonly on: SideName;
  readonly deed: 'add' | 'edit' | 'delete' | 'copy';
  readonly pick: number;
  readonly field: number;
};

export type OpenRound = {
  readonly before: readonly OpenAct[];
  readonly during: readonly { readonly step: number; readonly act: OpenAct }[];
  readonly crashAt: number | undefined;
  readonly weather: Sides<number | undefined>;
  readonly loseCursors: boolean;
};

const acts: fc.Arbitrary<OpenAct> = fc.record({
  on: fc.constantFrom('server', 'outlook'),
  deed: fc.constantFrom('add', 'add', 'edit', 'edit', 'edit', 'delete', 'copy'),
  pick: fc.nat(5),
  field: fc.nat(SPOKEN.length - 1),
});
const weather = fc.option(fc.nat(10_000), { nil: undefined, freq: 2 });

/** Up to four runs with users before and in them, deaths and bad weather. */
export const openRounds: fc.Arbitrary<readonly OpenRound[]> = fc.array(
  fc.record({
    before: fc.array(acts, { minLength: 1, maxLength: 4 }),
    during: fc.array(fc.record({ step: fc.integer({ min: 1, max: 12 }), act: acts }), { maxLength: 2 }),
    crashAt: fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined }),
    weather: fc.record({ server: weather, outlook: weather }),
    loseCursors: fc.constantFrom(false, false, false, true),
  }),
  { minLength: 1, maxLength: 4 },
);

export type OpenWorldOptions<C> = {
  readonly sides: Sides<WorldSide<C>>;
  readonly kit: ContentKit<C>;
  readonly speech: Speech<C>;
  readonly state: State<C>;
  history(): readonly HistoryEntry<C>[];
  readonly policy?: Policy<C>;
  /** Time goes by. */
  tick(): void;
};

/** Plays the rounds, then waits for rest: what was lost or does not agree, as sentences. */
export async function openWorld<C>(options: OpenWorldOptions<C>, rounds: readonly OpenRound[]): Promise<string[]> {
  const stage = staged(options);
  const found: string[] = [];
  for (const round of rounds) {
    await play(stage, round);
    found.push(...(await lost(stage)).map((word) => `[S1] ${word} is lost`));
    if (found.length > 0) return found;
  }
  await settle(stage);
  return [...(await lost(stage)).map((word) => `[S1] ${word} is lost`), ...(await disagreements(stage))];
}

type Stage<C> = OpenWorldOptions<C> & {
  readonly engine: Run<C>;
  /** Each word that a user wrote and has not replaced or deleted. */
  readonly ledger: Map<string, SideName>;
  wire: Tripwire;
  taken: number;
  waiting: { readonly step: number; readonly act: OpenAct }[];
  /** Users act one after the other. */
  acting: Promise<void>;
  /** Calls under way: a run that dies in one side's call leaves the other's behind, which a dead process would not. */
  readonly calls: Set<Promise<unknown>>;
  said: number;
};

function staged<C>(options: OpenWorldOptions<C>): Stage<C> {
  let ids = 0;
  const count = () => {
    stage.taken += 1;
    stage.wire.step();
  };
  const act = () => {
    const due = stage.waiting.filter(({ step }) => step <= stage.taken);
    stage.waiting = stage.waiting.filter(({ step }) => step > stage.taken);
    for (const one of due) stage.acting = stage.acting.then(() => perform(stage, one.act));
    return stage.acting;
  };
  const follow = <T>(call: Promise<T>): Promise<T> => {
    const settled: Promise<unknown> = call.then(
      () => stage.calls.delete(settled),
      () => stage.calls.delete(settled),
    );
    stage.calls.add(settled);
    return call;
  };
  const { server, outlook } = options.sides;
  const engine: Run<C> = {
    pair: { id: 'pair', folders: { server: server.folder, outlook: outlook.folder } },
    sides: {
      server: between(server.side, { count, act, follow }),
      outlook: between(outlook.side, { count, act, follow }),
    },
    state: trippedState(options.state, { step: count, taken: () => stage.taken }),
    kit: options.kit,
    policy: options.policy ?? BOTH_WAYS,
    now: () => 0,
    newId: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
  };
  const stage: Stage<C> = {
    ...{ ...options, engine, ledger: new Map(), wire: tripwire(), taken: 0, waiting: [], said: 0 },
    ...{ acting: Promise.resolve(), calls: new Set<Promise<unknown>>() },
  };
  return stage;
}

type Between = {
  readonly count: () => void;
  readonly act: () => Promise<void>;
  readonly follow: <T>(call: Promise<T>) => Promise<T>;
};

/** The side, with a step, and room for users, before and after each call. */
function between<C>(side: Side<C>, { count, act, follow }: Between): Side<C> {
  const stepped = async <T>(call: () => Promise<T>): Promise<T> => {
    count();
    await act();
    const result = await call();
    await act();
    count();
    return result;
  };
  const around = <T>(call: () => Promise<T>): Promise<T> => follow(stepped(call));
  const { mark } = side;
  return {
    name: side.name,
    supports: side.supports,
    preview: side.preview,
    view: (...args) => around(() => side.view(...args)),
    read: (...args) => around(() => side.read(...args)),
    find: (...args) => around(() => side.find(...args)),
    create: (...args) => around(() => side.create(...args)),
    update: (...args) => around(() => side.update(...args)),
    remove: (...args) => around(() => side.remove(...args)),
    ...(mark && { mark: (...args) => around(() => mark(...args)) }),
  };
}

async function play<C>(stage: Stage<C>, round: OpenRound): Promise<void> {
  for (const act of round.before) await perform(stage, act);
  stage.tick();
  if (round.loseCursors) for (const name of SIDE_NAMES) stage.sides[name].loseCursors?.();
  for (const name of SIDE_NAMES) stage.sides[name].weather?.(round.weather[name]);
  stage.taken = 0;
  stage.wire = tripwire(round.crashAt);
  stage.waiting = [...round.during];
  try {
    await syncFolder(stage.engine);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  } finally {
    stage.waiting = [];
    while (stage.calls.size > 0) await Promise.all(stage.calls);
    await stage.acting;
    calm(stage);
  }
}

function calm<C>(stage: Stage<C>): void {
  for (const name of SIDE_NAMES) stage.sides[name].weather?.(undefined);
  stage.wire = tripwire();
  stage.waiting = [];
}

async function perform<C>(stage: Stage<C>, { on, deed, pick, field }: OpenAct): Promise<void> {
  const { sides, speech, ledger } = stage;
  const { user } = sides[on];
  const items = [...(await user.items())].sort((a, b) => (a.id < b.id ? -1 : 1));
  const item = items[pick % Math.max(items.length, 1)];
  const fresh = () => {
    stage.said += 1;
    return `w${stage.said}w`;
  };
  const entrust = async (id: ItemId) => {
    const now = (await user.items()).find((one) => one.id === id);
    if (now !== undefined) for (const word of Object.values(speech.words(now.content))) ledger.set(word, on);
  };
  const release = (content: C) => {
    for (const word of Object.values(speech.words(content))) if (ledger.get(word) === on) ledger.delete(word);
  };
  if (deed === 'add' || item === undefined) {
    await entrust(await user.add(speech.compose({ title: fresh(), [must(SPOKEN[field])]: fresh() })));
  } else if (deed === 'edit') {
    release(item.content);
    await user.edit(item.id, speech.change(item.content, { [must(SPOKEN[field])]: fresh() }));
    await entrust(item.id);
  } else if (deed === 'delete') {
    release(item.content);
    await user.delete(item.id);
  } else await user.copy?.(item.id);
}

async function settle<C>(stage: Stage<C>): Promise<void> {
  const { state, engine } = stage;
  for (let runs = 1; ; runs++) {
    calm(stage);
    stage.tick();
    const report = await syncFolder(engine);
    const waiting = state.held().filter((row) => row.decision === undefined);
    state.transaction((tx) => {
      waiting.forEach((row, at) => {
        tx.decide(row.key, at % 2 === 0 ? 'apply' : 'undo');
      });
    });
    if (atRest(report)) return;
    if (runs >= 10) throw new Error(`no rest after ${runs} runs: ${JSON.stringify(report)}`);
  }
}

function atRest({ outcome, lines, linked }: FolderReport): boolean {
  return outcome === 'done' && linked === 0 && lines.every((line) => AT_REST.has(line.rule));
}

async function lost<C>({ sides, speech, ledger, history }: Stage<C>): Promise<string[]> {
  const contents = history().map((entry) => entry.content);
  for (const name of SIDE_NAMES) contents.push(...(await sides[name].user.items()).map((item) => item.content));
  const there = new Set(contents.flatMap((content) => Object.values(speech.words(content))));
  return [...ledger.keys()].filter((word) => !there.has(word));
}

/** Linked items that say different words; items without a link. */
async function disagreements<C>({ sides, speech, state }: Stage<C>): Promise<string[]> {
  const said = async (name: SideName) =>
    new Map((await sides[name].user.items()).map(({ id, content }) => [id, JSON.stringify(speech.words(content))]));
  const items = { server: await said('server'), outlook: await said('outlook') };
  const held = new Set(state.unsettled().map((row) => row.id));
  const found: string[] = [];
  for (const { key, server, outlook } of state.links()) {
    const [a, b] = [items.server.get(server.id), items.outlook.get(outlook.id)];
    if (a !== b && !held.has(server.id) && !held.has(outlook.id)) found.push(`[S2] ${key}: ${a} / ${b}`);
    items.server.delete(server.id);
    items.outlook.delete(outlook.id);
  }
  for (const name of SIDE_NAMES)
    for (const id of items[name].keys()) if (!held.has(id)) found.push(`[S2] ${name} ${id} has no link`);
  return found;
}
