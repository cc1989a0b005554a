/**
 * A side in memory: the main test bed of the engine. It can lose and rewrite what it is given, report deletions or only list what
 * is there, choose ids itself or take them, forget its bookmarks, and be edited by a user at any moment.
 */
import { Failure } from '../../base/failure.ts';
import {
  type Create,
  CURSOR_LOST,
  type Cursor,
  type Effect,
  type EffectFailure,
  type FolderId,
  type Item,
  type ItemId,
  type Mark,
  type Rev,
  type Side,
  type SideName,
  type Supports,
  type Target,
  type Token,
  type Update,
  type View,
} from '../side.ts';
import { folded } from '../side-folded.ts';
import { type MemoryStore, memoryStore, plain, type Stored } from './memory-store.ts';

export type MemorySideOptions<C> = {
  readonly name: SideName;
  readonly supports?: Partial<Supports>;
  /** What remains of a content once stored. */
  readonly stores?: (content: C) => C;
  /** What the side says would remain; by default the truth. */
  readonly preview?: (content: C) => C;
  /** Contents the side will not hold. */
  readonly refuses?: (content: C) => boolean;
  /** Whether the next effect fails without a reason. */
  readonly fails?: () => boolean;
  /** Called before each item of a batch is written and after each call: where users act and processes die. */
  readonly step?: () => void;
  /** Whether items made by the user can be marked. */
  readonly marks?: boolean;
};

/** The side, and what its user does. */
export type MemorySide<C> = Side<C> & {
  readonly user: {
    items(folder: FolderId): readonly Item<C>[];
    add(folder: FolderId, content: C, token?: Token): ItemId;
    edit(folder: FolderId, id: ItemId, change: (content: C) => C): void;
    delete(folder: FolderId, id: ItemId): void;
    /** A copy carries the token of its original. */
    copy(folder: FolderId, id: ItemId): ItemId;
    /** The side gives the item another id. */
    rename(folder: FolderId, id: ItemId): void;
    /** Bookmarks given out so far are not understood any more. */
    loseCursors(): void;
    /** A backup of the folder is made now; the answer plays it back, so that versions and revs go backwards and are given again. */
    backUp(folder: FolderId): () => void;
    /** The folder is deleted and made anew under its id. */
    recreate(folder: FolderId): void;
  };
};

/** An empty side. */
export function memorySide<C>(options: MemorySideOptions<C>): MemorySide<C> {
  const memory = remembering(options);
  const { supports } = memory;
  const writing = writer(memory);
  return {
    name: options.name,
    supports,
    preview: options.preview ?? memory.stores,
    view: async (folder, known, since) => {
      memory.step();
      return viewOf(memory, folder, { known, since });
    },
    read: async (folder, wanted) => {
      memory.step();
      return wanted.flatMap((id) => memory.store.get(folder, id) ?? []).map(plain);
    },
    find: async (folder, tokens) => {
      memory.step();
      const carriers = memory.store.items(folder).filter(({ token }) => token !== undefined && tokens.includes(token));
      return carriers.map(plain);
    },
    create: (folder, creates) => each(memory, creates, (create) => writing.create(folder, create)),
    update: (folder, updates) => {
      if (supports.guardedWrites) return each(memory, updates, writing.update);
      return readingBack(memory, folder, updates.map(writing.update));
    },
    remove: async (_folder, targets) => {
      return supports.guardedWrites ? each(memory, targets, writing.remove) : targets.map(writing.remove);
    },
    ...(options.marks && { mark: (_folder: FolderId, marks: readonly Mark[]) => each(memory, marks, writing.mark) }),
    user: userOf(memory),
  };
}

type Memory<C> = {
  readonly store: MemoryStore<C>;
  readonly supports: Supports;
  readonly stores: (content: C) => C;
  readonly refuses: (content: C) => boolean;
  readonly fails: () => boolean;
  readonly step: () => void;
  /** Bookmarks of another era are not understood. */
  era: number;
};

function remembering<C>(options: MemorySideOptions<C>): Memory<C> {
  const { name, step = () => {}, refuses = () => false, fails = () => false } = options;
  const supports: Supports = {
    guardedWrites: true,
    clientIds: name === 'server',
    deletions: name === 'server' ? 'reported' : 'by-listing',
    ...options.supports,
  };
  const stores = options.stores ?? ((content: C) => content);
  return { store: memoryStore(name, stores), supports, stores, refuses, fails, step, era: 0 };
}

function viewOf<C>(
  { store, supports, era }: Memory<C>,
  folder: FolderId,
  { known, since }: { known: ReadonlyMap<ItemId, Rev>; since: Cursor | undefined },
): View<C> {
  if (since !== undefined && !since.startsWith(`${era}:`)) {
    throw new Failure(CURSOR_LOST, 'The bookmark is not understood any more.');
  }
  const after = since === undefined ? undefined : Number(since.split(':')[1]);
  if (after !== undefined && after > store.version()) {
    throw new Failure(CURSOR_LOST, 'The bookmark is from a time that has not come yet.');
  }
  const items = store.items(folder);
  const listed = items.filter((item) => after === undefined || item.version > after);
  const missing = [...known.keys()].filter((id) => store.get(folder, id) === undefined);
  const gone = after === undefined ? missing : store.deleted(folder, after);
  return {
    moved: listed
      .filter((item) => known.get(item.id) !== item.rev)
      .map((item) => (known.has(item.id) ? plain(item) : folded(plain(item)))),
    gone: gone.filter((id) => known.has(id)),
    unreadable: [],
    count: items.length,
    cursor: supports.deletions === 'reported' ? `${era}:${store.version()}` : undefined,
  };
}

/** One call: a step before each effect, so that users and crashes come between any two, and one after the last. */
async function each<C, T, R>({ step }: Memory<C>, inputs: readonly T[], effect: (input: T) => R): Promise<R[]> {
  const results: R[] = [];
  for (const input of inputs) {
    step();
    results.push(effect(input));
  }
  step();
  return results;
}

/**
 * Without a guard there is a window that nothing can close: here users act between writing and reading back, but not between
 * looking and writing.
 */
async function readingBack<C>(
  { store, step }: Memory<C>,
  folder: FolderId,
  effects: readonly Effect<C>[],
): Promise<readonly Effect<C>[]> {
  step();
  return effects.map((effect) => {
    if (!effect.ok) return effect;
    const now = store.get(folder, effect.item.id);
    return now === undefined ? failed('GONE') : { ok: true, item: plain(now) };
  });
}

/** The effects of single items. */
function writer<C>({ store, supports, refuses, fails }: Memory<C>) {
  const guard = ({ folder, id, rev }: Target): Stored<C> | EffectFailure => {
    const item = store.get(folder, id);
    if (fails()) return failure('FAILED');
    if (item === undefined) return failure('GONE');
    return supports.guardedWrites && item.rev !== rev ? failure('STALE') : item;
  };
  return {
    create: (folder: FolderId, { token, content }: Create<C>): Effect<C> => {
      if (fails()) return failed('FAILED');
      if (refuses(content)) return failed('REFUSED');
      if (supports.clientIds && store.get(folder, token) !== undefined) return failed('STALE');
      return { ok: true, item: store.put(folder, { id: supports.clientIds ? token : store.newId(), content, token }) };
    },
    update: ({ target, content }: Update<C>): Effect<C> => {
      const item = guard(target);
      if ('code' in item) return { ok: false, failure: item };
      if (refuses(content)) return failed('REFUSED');
      return { ok: true, item: store.put(target.folder, { ...item, content }) };
    },
    mark: ({ target, token }: Mark): Effect<C> => {
      const item = guard(target);
      return 'code' in item
        ? { ok: false, failure: item }
        : { ok: true, item: store.put(target.folder, { ...item, token }) };
    },
    remove: (target: Target): EffectFailure | undefined => {
      const item = guard(target);
      if ('code' in item) return item.code === 'GONE' ? undefined : item;
      store.drop(target.folder, target.id);
      return undefined;
    },
  };
}

function userOf<C>(memory: Memory<C>): MemorySide<C>['user'] {
  const { store, supports } = memory;
  const addNew = (folder: FolderId, content: C, token?: Token): ItemId => {
    const id = store.newId();
    store.put(folder, { id, content, token: supports.clientIds ? id : token });
    return id;
  };
  return {
    items: (folder) => store.items(folder).map(plain),
    add: addNew,
    edit: (folder, id, change) => {
      const item = store.get(folder, id);
      if (item !== undefined) store.put(folder, { ...item, content: change(item.content) });
    },
    delete: store.drop,
    copy: (folder, id) => {
      const item = store.get(folder, id);
      return item === undefined ? id : addNew(folder, item.content, item.token);
    },
    rename: (folder, id) => {
      const item = store.get(folder, id);
      if (item === undefined) return;
      store.drop(folder, id);
      addNew(folder, item.content, item.token);
    },
    loseCursors: () => {
      memory.era += 1;
    },
    backUp: store.backUp,
    recreate: store.recreate,
  };
}

function failed<C>(code: EffectFailure['code']): Effect<C> {
  return { ok: false, failure: failure(code) };
}

function failure(code: EffectFailure['code']): EffectFailure {
  return { code, detail: '', reason: `The item is ${code.toLowerCase()}.` };
}
