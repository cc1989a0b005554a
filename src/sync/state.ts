/**
 * What the engine remembers of one folder pair, as types, and the port behind which it is kept.
 *
 * Invariant: at every moment the links describe exactly what was settled, and every effect that may have happened without
 * being settled has an intent. Memory and SQLite implement the port; `testing/state-contract.ts` holds both to it.
 */
import type { Synchronous } from '../base/synchronous.ts';
import type { FolderReport } from './report.ts';
import type { RuleId } from './rules.ts';
import type { Cursor, FolderId, ItemId, Rev, SideName, Target, Token } from './side.ts';
import type { Sliced } from './slices.ts';

/** One value for each side. */
export type Sides<T> = Readonly<Record<SideName, T>>;

export const SIDE_NAMES = ['server', 'outlook'] as const satisfies readonly SideName[];

/** The side across. */
export function across(side: SideName): SideName {
  return side === 'server' ? 'outlook' : 'server';
}

/** One value for each side, made by name. */
export function bothSides<T>(make: (side: SideName) => T): Sides<T> {
  return { server: make('server'), outlook: make('outlook') };
}

export type PairId = string;
/** A BlueMind container and the Outlook folder that shows it. */
export type Pair = { readonly id: PairId; readonly folders: Sides<FolderId> };

/** The engine's own key of a link; opaque, never reused within a pair. */
export type LinkKey = string;
export type Digest = string;

/**
 * How one side looked when both last agreed: that side's own view of its own content, as it was read back.
 * It is the only thing this side's later contents are compared with.
 */
export type Anchor<C> = {
  readonly id: ItemId;
  readonly rev: Rev;
  readonly digest: Digest;
  /** The token the item carried; not the link's where the mark is still owed ({@link State.unmarked}). */
  readonly token: Token | undefined;
  readonly content: C;
};

/**
 * Why a link is not settled although it is there; its items are read afresh in the next run.
 * - `half`: one side of a merge was written, the other not yet; the anchors are bases as always.
 * - `rewritten`: an interrupted or unguarded write left what nobody foresaw; the anchors are the old bases, and a field that
 *   changed on both sides goes to `trust`, because the other side may only show our own write as it was rewritten.
 * - `unbased`: both items are there and no common past is known; where they differ `trust` wins.
 */
export type Open =
  | { readonly why: 'half' }
  | { readonly why: 'rewritten'; readonly trust: SideName }
  | { readonly why: 'unbased'; readonly trust: SideName };

/** One row of memory: an item on each side that are the same thing to the user. */
export type Link<C> = {
  readonly key: LinkKey;
  /** The token both items are known under; an item that carries it under another id is a copy or has moved. */
  readonly token: Token | undefined;
  readonly open: Open | undefined;
} & Sides<Anchor<C>>;

/** A link without its contents, for passes over the whole table. */
export type LinkRow = {
  readonly key: LinkKey;
  readonly token: Token | undefined;
  readonly open: Open | undefined;
} & Sides<Omit<Anchor<never>, 'content'>>;

type IntentBase = {
  readonly key: LinkKey;
  readonly on: SideName;
  readonly rule: RuleId;
  /** The history entry written with the intent; withdrawn when it turns out that nothing was overwritten. */
  readonly history: HistoryId | undefined;
};

/**
 * A journalled effect. It holds everything needed to settle it from what is read back, so that the executor and the
 * recovery settle by the same function ({@link settled} in `settle.ts`).
 */
export type Intent<C> =
  | (IntentBase & {
      readonly do: 'create';
      readonly token: Token;
      readonly sent: C;
      /** The anchor of the side that is not written, once this is settled. */
      readonly other: Anchor<C>;
    })
  | (IntentBase & {
      readonly do: 'update';
      readonly token: Token | undefined;
      readonly target: Target;
      /** Digest of what the target held when this was decided. */
      readonly before: Digest;
      readonly sent: C;
      readonly other: Anchor<C>;
      /** `sent` without what the other side still lacks; undefined: it lacks nothing, the row is settled by this write. */
      readonly without: C | undefined;
    })
  | (IntentBase & {
      readonly do: 'delete';
      readonly target: Target;
      /** Digest of what the target held when this was decided. */
      readonly before: Digest;
    });

export type HistoryId = string;

/**
 * A value that was overwritten, deleted or lost a conflict; kept so that the user can take it back. With what was written over
 * it, so that only what that write changed is put back; a deletion with the item of the other side when both last agreed, which
 * may say more than this side can.
 */
export type HistoryEntry<C> = {
  readonly id: HistoryId;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly at: number;
  readonly key: LinkKey;
  readonly side: SideName;
  readonly itemId: ItemId;
  readonly title: string;
  readonly rule: RuleId;
  readonly did: 'update' | 'delete';
  readonly content: C;
  /** What was written over it. */
  readonly after: C | undefined;
  readonly across: { readonly id: ItemId; readonly content: C } | undefined;
  /** Names of the fields whose value lost a conflict. */
  readonly lost: readonly string[];
};

/** An item that no cursor may leave behind: it failed, was held, or could not be read; looked at again in the next run. */
export type Unsettled = {
  readonly side: SideName;
  readonly id: ItemId;
  readonly why: RuleId;
  /** Digest of the content that the other side refused; not sent again until it is another. */
  readonly refused: Digest | undefined;
};

/**
 * What the user said about something held. Of a deletion: carry it out, or bring the item back on the side where it is gone. Of a
 * conflict: whose value stays.
 */
export type Decision = 'apply' | 'undo' | SideName;

/** Something the engine did not do on its own, waiting for the user or for the next run. */
export type HeldRow = {
  readonly key: LinkKey;
  readonly rule: RuleId;
  readonly title: string;
  /** The side on which nothing was done. */
  readonly on: SideName | undefined;
  readonly decision: Decision | undefined;
};

/** What a transaction can write; nothing of it is visible, let alone durable, before the transaction ends. */
export type StateWriter<C> = {
  putLink(link: Link<C>): void;
  dropLink(key: LinkKey): void;
  /** Replaces an intent of the same key. */
  putIntent(intent: Intent<C>): void;
  dropIntent(key: LinkKey): void;
  addHistory(entry: HistoryEntry<C>): void;
  dropHistory(id: HistoryId): void;
  setCursor(side: SideName, cursor: Cursor | undefined): void;
  /** Replaces all rows. */
  setUnsettled(rows: readonly Unsettled[]): void;
  /** Replaces all rows; decisions of rows that stay are kept. */
  setHeld(rows: readonly Omit<HeldRow, 'decision'>[]): void;
  /** What the user says about a held row; without such a row nothing happens. */
  decide(key: LinkKey, decision: Decision | undefined): void;
  addReport(report: FolderReport): void;
};

/**
 * The memory of one folder pair. Reads are synchronous and see what was committed last.
 * @throws STORAGE_FULL, STORAGE_DAMAGED, STORAGE_LOCKED where it lies on a disk
 */
export type State<C> = {
  /** Item ids of all links on one side with the rev they were last seen with. */
  known(side: SideName): ReadonlyMap<ItemId, Rev>;
  /** As {@link State.known}, in slices. */
  knowing(side: SideName): Sliced<ReadonlyMap<ItemId, Rev>>;
  /** How many links there are. */
  total(): number;
  /** All links without contents, one by one. */
  links(): Iterable<LinkRow>;
  /** Links of these items, with contents; ids without a link are left out. */
  linksOf(side: SideName, ids: readonly ItemId[]): readonly Link<C>[];
  link(key: LinkKey): Link<C> | undefined;
  openLinks(): readonly Link<C>[];
  /** Links whose item on `side` was last seen without the link's token. */
  unmarked(side: SideName): readonly LinkRow[];
  /** Those of `tokens` that a link is known under, with that link. */
  tokensInUse(tokens: readonly Token[]): ReadonlyMap<Token, LinkKey>;
  /** The history of writes since `at` (milliseconds since 1970), of links that were written `times` or more. */
  writesSince(at: number, times: number): ReadonlyMap<LinkKey, readonly HistoryEntry<C>[]>;
  /** In the order they were put. */
  intents(): readonly Intent<C>[];
  cursor(side: SideName): Cursor | undefined;
  unsettled(): readonly Unsettled[];
  held(): readonly HeldRow[];
  /** All of `work` or, when it throws, nothing of it. */
  transaction<T>(work: (tx: StateWriter<C>) => Synchronous<T>): T;
};
