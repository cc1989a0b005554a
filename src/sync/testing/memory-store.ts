import type { FolderId, Item, ItemId, SideName, Token } from '../side.ts';

/** What a side holds in memory, with the version at which each item was last written or deleted. */
export type Stored<C> = Item<C> & { readonly version: number };

export type MemoryStore<C> = {
  items(folder: FolderId): readonly Stored<C>[];
  get(folder: FolderId, id: ItemId): Stored<C> | undefined;
  /** Ids deleted after a version. */
  deleted(folder: FolderId, after: number): readonly ItemId[];
  put(folder: FolderId, item: { readonly id: ItemId; readonly content: C; readonly token: Token | undefined }): Item<C>;
  drop(folder: FolderId, id: ItemId): void;
  /** The version of the last change. */
  version(): number;
  newId(): ItemId;
  /** What the folder is now, as a backup keeps it; the answer brings it back, versions and deletions too. */
  backUp(folder: FolderId): () => void;
  /** The folder as if it had just been made: nothing in it, nothing remembered, versions from the beginning. */
  recreate(folder: FolderId): void;
};

type Folder<C> = { readonly items: Map<ItemId, Stored<C>>; readonly deleted: Map<ItemId, number> };

/** An empty store; `stores` is what remains of a content. */
export function memoryStore<C>(name: SideName, stores: (content: C) => C): MemoryStore<C> {
  const folders = new Map<FolderId, Folder<C>>();
  let version = 0;
  let ids = 0;
  const folderOf = (id: FolderId): Folder<C> => {
    const folder = folders.get(id) ?? { items: new Map(), deleted: new Map() };
    folders.set(id, folder);
    return folder;
  };
  return {
    items: (folder) => [...folderOf(folder).items.values()],
    get: (folder, id) => folderOf(folder).items.get(id),
    deleted: (folder, after) => {
      const { deleted } = folderOf(folder);
      return [...deleted].filter(([, at]) => at > after).map(([id]) => id);
    },
    put: (folder, { id, content, token }) => {
      version += 1;
      const item = { id, rev: `${name}-r${version}`, content: stores(content), token, version };
      folderOf(folder).items.set(id, item);
      folderOf(folder).deleted.delete(id);
      return plain(item);
    },
    drop: (folder, id) => {
      if (!folderOf(folder).items.delete(id)) return;
      version += 1;
      folderOf(folder).deleted.set(id, version);
    },
    version: () => version,
    newId: () => {
      ids += 1;
      return `${name}-${ids}`;
    },
    backUp: (folder) => {
      const { items, deleted } = folderOf(folder);
      const kept = { items: new Map(items), deleted: new Map(deleted), version };
      return () => {
        folders.set(folder, { items: new Map(kept.items), deleted: new Map(kept.deleted) });
        version = kept.version;
      };
    },
    recreate: (folder) => {
      folders.delete(folder);
      version = 0;
    },
  };
}

/** The item without its version. */
export function plain<C>({ id, rev, content, token }: Item<C>): Item<C> {
  return { id, rev, content, token };
}
