/**
 * A side in memory: the main test bed of the engine. It can lose and rewrite what it is given, report deletions or only list what
 * is there, choose ids itself or take them, forget its bookmarks, and be edited by a user at any moment.
 */
import { Failure } from '../../base/failure.ts';
import {
  CURSOR_LOST,
  type Effect,
  type EffectFailure,
  type FolderId,
  type Item,
  type ItemId,
  type Side,
  type SideName,
  type Supports,
  type Target,
  type Token,
  type Update,
} from '../side.ts';

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

type Stored<C> = Item<C> & { readonly version: number };
type Folder<C> = { readonly items: Map<ItemId, Stored<C>>; readonly deleted: Map<ItemId, number> };

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
  };
};

/** An empty side. */
export function memorySide<C>(options: MemorySideOptions<C>): MemorySide<C> {
  const { name, step = () => {}, refuses = () => false, fails = () => false, marks = false } = options;
  const supports: Supports = {
    guardedWrites: true,
    clientIds: name === 'server',
    deletions: name === 'server' ? 'reported' : 'by-listing',
    ...options.supports,
  };
  const stores = options.stores ?? ((content: C) => content);
  const folders = new Map<FolderId, Folder<C>>();
  let clock = 0;
  let ids = 0;
  let era = 0;

  const folderOf = (id: FolderId): Folder<C> => {
    const folder = folders.get(id) ?? { items: new Map(), deleted: new Map() };
    folders.set(id, folder);
    return folder;
  };
  const put = (folder: FolderId, id: ItemId, content: C, token: Token | undefined): Item<C> => {
    clock += 1;
    const item: Stored<C> = { id, rev: `${name}-r${clock}`, content: stores(content), token, version: clock };
    folderOf(folder).items.set(id, item);
    folderOf(folder).deleted.delete(id);
    return plain(item);
  };
  const drop = (folder: FolderId, id: ItemId): void => {
    if (!folderOf(folder).items.delete(id)) return;
    clock += 1;
    folderOf(folder).deleted.set(id, clock);
  };
  const freshId = () => {
    ids += 1;
    return `${name}-${ids}`;
  };
  const tokenOf = (id: ItemId, token: Token | undefined) => (supports.clientIds ? id : token);
  const itemsIn = (folder: FolderId) => [...folderOf(folder).items.values()];

  const add = (folder: FolderId, content: C, token?: Token): ItemId => {
    const id = freshId();
    put(folder, id, content, tokenOf(id, token));
    return id;
  };
  const guard = ({ folder, id, rev }: Target): Stored<C> | EffectFailure => {
    const item = folderOf(folder).items.get(id);
    if (fails()) return failure('FAILED');
    if (item === undefined) return failure('GONE');
    return supports.guardedWrites && item.rev !== rev ? failure('STALE') : item;
  };
  /** One call: a step before each effect, so that users and crashes come between any two, and one after the last. */
  const each = async <T, R>(inputs: readonly T[], effect: (input: T) => R): Promise<R[]> => {
    const results: R[] = [];
    for (const input of inputs) {
      step();
      results.push(effect(input));
    }
    step();
    return results;
  };
  /** Without a guard there is a window between looking and writing that nothing can close; here it is between writing and reading back. */
  const update = async (folder: FolderId, updates: readonly Update<C>[]): Promise<Effect<C>[]> => {
    const write = ({ target, content }: Update<C>): Effect<C> => {
      const item = guard(target);
      if ('code' in item) return { ok: false, failure: item };
      if (refuses(content)) return { ok: false, failure: failure('REFUSED') };
      return { ok: true, item: put(target.folder, item.id, content, item.token) };
    };
    if (supports.guardedWrites) return each(updates, write);
    const effects = updates.map(write);
    step();
    return effects.map((effect) => {
      const now = effect.ok ? folderOf(folder).items.get(effect.item.id) : undefined;
      return effect.ok
        ? now === undefined
          ? { ok: false, failure: failure('GONE') }
          : { ok: true, item: plain(now) }
        : effect;
    });
  };

  return {
    name,
    supports,
    preview: options.preview ?? stores,
    async view(folder, known, since) {
      step();
      const { items, deleted } = folderOf(folder);
      if (since !== undefined && !since.startsWith(`${era}:`)) {
        throw new Failure(CURSOR_LOST, 'The bookmark is not understood any more.');
      }
      const after = since === undefined ? undefined : Number(since.split(':')[1]);
      const listed = [...items.values()].filter((item) => after === undefined || item.version > after);
      const reported = [...deleted].filter(([, version]) => after === undefined || version > after).map(([id]) => id);
      const gone = after === undefined ? [...known.keys()].filter((id) => !items.has(id)) : reported;
      return {
        moved: listed.filter((item) => known.get(item.id) !== item.rev).map(plain),
        gone: gone.filter((id) => known.has(id)),
        unreadable: [],
        count: items.size,
        cursor: supports.deletions === 'reported' ? `${era}:${clock}` : undefined,
      };
    },
    async read(folder, wanted) {
      step();
      const { items } = folderOf(folder);
      return wanted.flatMap((id) => items.get(id) ?? []).map(plain);
    },
    create: (folder, creates) =>
      each(creates, ({ token, content }): Effect<C> => {
        if (fails()) return { ok: false, failure: failure('FAILED') };
        if (refuses(content)) return { ok: false, failure: failure('REFUSED') };
        if (supports.clientIds && folderOf(folder).items.has(token)) return { ok: false, failure: failure('STALE') };
        return { ok: true, item: put(folder, supports.clientIds ? token : freshId(), content, token) };
      }),
    update,
    remove: async (_folder, targets) => {
      const drops = (target: Target) => {
        const item = guard(target);
        if ('code' in item) return item.code === 'GONE' ? undefined : item;
        drop(target.folder, target.id);
        return undefined;
      };
      return supports.guardedWrites ? each(targets, drops) : targets.map(drops);
    },
    async find(folder, tokens) {
      step();
      return itemsIn(folder)
        .filter((item) => item.token !== undefined && tokens.includes(item.token))
        .map(plain);
    },
    ...(marks && {
      mark: (_folder: FolderId, wanted: readonly { target: Target; token: Token }[]) =>
        each(wanted, ({ target, token }): Effect<C> => {
          const item = guard(target);
          if ('code' in item) return { ok: false, failure: item };
          return { ok: true, item: put(target.folder, item.id, item.content, token) };
        }),
    }),
    user: {
      items: (folder) => itemsIn(folder).map(plain),
      add,
      edit: (folder, id, change) => {
        const item = folderOf(folder).items.get(id);
        if (item !== undefined) put(folder, id, change(item.content), item.token);
      },
      delete: drop,
      copy: (folder, id) => {
        const item = folderOf(folder).items.get(id);
        return item === undefined ? id : add(folder, item.content, item.token);
      },
      rename: (folder, id) => {
        const item = folderOf(folder).items.get(id);
        if (item === undefined) return;
        drop(folder, id);
        const renamed = freshId();
        put(folder, renamed, item.content, tokenOf(renamed, item.token));
      },
      loseCursors: () => {
        era += 1;
      },
    },
  };
}

function plain<C>({ id, rev, content, token }: Item<C>): Item<C> {
  return { id, rev, content, token };
}

function failure(code: EffectFailure['code']): EffectFailure {
  return { code, detail: '', reason: `The item is ${code.toLowerCase()}.` };
}
