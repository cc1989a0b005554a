import type { AbortSignalLike } from '../base/clock.ts';

export type SideName = 'server' | 'outlook';

/** A side's own key of an item (BlueMind item uid; Outlook EntryID). */
export type ItemId = string;
/** Changes when the item does; opaque, compared for equality only. */
export type Rev = string;
/** A side's own key of a container or folder. */
export type FolderId = string;
/** A side's bookmark of what it has reported; opaque. */
export type Cursor = string;
/** Findable mark that a create leaves on the new item; chosen before the call (BlueMind: the item uid; Outlook: our named property). */
export type Token = string;

/** An item as a side holds it now. */
export type Item<C> = {
  readonly id: ItemId;
  readonly rev: Rev;
  readonly content: C;
  /** The token the item carries, whoever put it there; a copy made by the user carries its original's. */
  readonly token: Token | undefined;
};

/** Where an effect goes, and the revision it was decided on. */
export type Target = { readonly folder: FolderId; readonly id: ItemId; readonly rev: Rev };

/**
 * What a folder looks like now, against what was known of it.
 * Items that are neither in `moved`, `gone` nor `unreadable` are as known.
 */
export type View<C> = {
  /** Items that are new or whose rev is not the known one, with content. */
  readonly moved: readonly Item<C>[];
  /** Known items proven gone: reported deleted, or absent from a listing that is complete. */
  readonly gone: readonly ItemId[];
  /** Items that are there and cannot be read, each with the reason; never taken for gone, looked at again next run. */
  readonly unreadable: readonly { readonly id: ItemId; readonly reason: string }[];
  /** How many items the folder holds now; the guard compares it with what is known. */
  readonly count: number;
  /** Valid only once every item of this view is settled or listed as failed. */
  readonly cursor: Cursor | undefined;
};

/** What a side can do; contract suites skip by it and by nothing else. */
export type Supports = {
  /** An effect with an old rev is refused by the side itself, or by the adapter's compare just before. */
  readonly guardedWrites: boolean;
  /** The side lets us choose the id of a new item. */
  readonly clientIds: boolean;
  readonly deletions: 'reported' | 'by-listing';
};

/** The outcome of one effect of a batch; a failed one leaves the item as it was. */
export type Effect<C> =
  | { readonly ok: true; readonly item: Item<C> }
  | { readonly ok: false; readonly failure: EffectFailure };

/** STALE: the item moved since planning; GONE: it is not there; REFUSED: the side will not hold this content; FAILED: try next run. */
export type EffectFailure = {
  readonly code: 'STALE' | 'GONE' | 'REFUSED' | 'FAILED';
  readonly detail: string;
  readonly reason: string;
};

export type Create<C> = { readonly token: Token; readonly content: C };
export type Update<C> = { readonly target: Target; readonly content: C };

/** A token to leave on an item that was not created by us. */
export type Mark = { readonly target: Target; readonly token: Token };

/**
 * The code of the Failure that {@link Side.view} throws when it no longer understands `since` (purged change log, restored
 * server, container made anew); the engine then asks again without it and believes no absence in that run.
 */
export const CURSOR_LOST = 'CURSOR_LOST';

/**
 * One of the two sides, as the engine sees it. Every call may throw a Failure when the side as a whole is out of reach;
 * what concerns one item is a value. Batches keep their order; outcomes stand at the position of their input.
 */
export type Side<C> = {
  readonly name: SideName;
  readonly supports: Supports;
  /**
   * `since` undefined: compare by full listing.
   * @throws CURSOR_LOST when `since` cannot be continued from
   */
  view(
    folder: FolderId,
    known: ReadonlyMap<ItemId, Rev>,
    since: Cursor | undefined,
    signal?: AbortSignalLike,
  ): Promise<View<C>>;
  /**
   * Items as they are now, fresh from the side; unknown ids are left out.
   * @throws a Failure whose subject names the item when one is there and cannot be read: left out it would pass for deleted
   */
  read(folder: FolderId, ids: readonly ItemId[], signal?: AbortSignalLike): Promise<readonly Item<C>[]>;
  /** What this side would hold after storing `content` in a new item: pure, from the mapping's losses. */
  preview(content: C): C;
  create(folder: FolderId, creates: readonly Create<C>[], signal?: AbortSignalLike): Promise<readonly Effect<C>[]>;
  /** Patches: what `content` does not say stays as it is on the side. */
  update(folder: FolderId, updates: readonly Update<C>[], signal?: AbortSignalLike): Promise<readonly Effect<C>[]>;
  /** `ok` with no item; removing what is gone already succeeds. */
  remove(
    folder: FolderId,
    targets: readonly Target[],
    signal?: AbortSignalLike,
  ): Promise<readonly (undefined | EffectFailure)[]>;
  /** Items of the folder that carry one of these tokens. */
  find(folder: FolderId, tokens: readonly Token[], signal?: AbortSignalLike): Promise<readonly Item<C>[]>;
  /**
   * Leaves tokens on items that the user made, so that a copy of one is known for a copy and a lost memory can be rebuilt.
   * Content stays; a target that moved is not marked. A side whose ids are its tokens has no need of it.
   */
  mark?(folder: FolderId, marks: readonly Mark[], signal?: AbortSignalLike): Promise<readonly Effect<C>[]>;
  /** Items of the folder that carry no token, told without reading any; of a side that takes marks. */
  unmarked?(folder: FolderId, signal?: AbortSignalLike): Promise<readonly ItemId[]>;
};
