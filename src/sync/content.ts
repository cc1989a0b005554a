/**
 * What the engine must know about the content it moves; everything else about it is a type parameter.
 * `domain/` provides one for events and one for cards, made from their shapes.
 */
export type ContentKit<C> = {
  /** Equal contents, and only they, have equal digests (order of keyed entries carries no meaning). */
  digest(content: C): string;
  /** Names of the fields in which two contents differ, for reasons and reports; never values. */
  changedFields(before: C, after: C): readonly string[];
  /** Field-wise three-way merge, see {@link Merge}. */
  merge(input: MergeInput<C>): Merge<C>;
  /** A short name for people (the title); shown in plans and reports on the user's own screen, never logged. */
  title(content: C): string;
  /** The calendar-world key, for pairing items that are not linked yet. */
  uid(content: C): string | undefined;
  /** Digest without identity (uid): two items of one fingerprint look the same to a person. Pairing by content uses it. */
  fingerprint(content: C): string;
  /**
   * The same content as another thing: what a copy made by the user becomes before it is created on the other side.
   * Without it a copy keeps the uid of its original.
   */
  withUid?(content: C, uid: string): C;
  /**
   * `preferred` with what only `other` has and no history could give back: two items that meet for the first time keep it. Without
   * it, and for all else, what the preferred side lacks is taken from the other.
   */
  completed?(preferred: C, other: C): C;
  /**
   * Whether Outlook's content says that it has to be written again although nobody changed it (time went by): it counts as changed, and
   * {@link merge} gives it what it has to show now.
   */
  isDue?(content: C): boolean;
  /** What holds others is of a later stage than they: it is written after them and deleted before. */
  stage?(content: C): number;
};

export type Preference = 'server' | 'outlook';

/**
 * Both sides as they were when they last agreed (each side's own view of its own content) and as they are now.
 * A field counts as changed on a side when that side's two values differ; the other side's view is never compared with it,
 * so what one side cannot hold is not mistaken for an edit.
 */
export type MergeInput<C> = {
  readonly server: { readonly base: C; readonly now: C };
  readonly outlook: { readonly base: C; readonly now: C };
  /** Whose value stays when both changed one field to different values. */
  readonly prefer: Preference;
};

export type Merge<C> = {
  /** What the server should hold: its own value with Outlook's changes applied. */
  readonly server: C;
  /** What Outlook should hold: its own value with the server's changes applied. */
  readonly outlook: C;
  /** Fields changed on both sides to different values; the loser is kept in history. */
  readonly conflicts: readonly { readonly field: string; readonly winner: Preference }[];
};
