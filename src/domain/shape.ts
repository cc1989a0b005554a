/**
 * What a domain value is made of, said once: from this description come equality, digest, the list of changed fields
 * and the three-way merge, so that they cannot disagree.
 *
 * - `atom`: one value, replaced as a whole.
 * - `record`: named fields, each merged by itself.
 * - `keyed`: a list of entries with a key each (attendees by address, exceptions by original start); order carries no meaning,
 *   except among entries of one key, which are told apart by it (the second work address is the second).
 * - `optional`: absent, or of the given shape; appearing and disappearing count as a change of the whole.
 */
export type Shape<T> = (
  | { readonly of: 'atom'; readonly seen?: (value: never) => unknown }
  | { readonly of: 'record'; readonly fields: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> } }
  | {
      readonly of: 'keyed';
      readonly key: (entry: never) => string;
      readonly entry: Shape<never>;
      readonly renamed?: true;
      readonly scarce?: 'outlook';
    }
  | { readonly of: 'optional'; readonly some: Shape<never> }
) & { readonly inline?: true };

/** A shape as code sees it that walks any of them. */
export type AnyShape = (
  | { readonly of: 'atom'; readonly seen?: (value: unknown) => unknown }
  | { readonly of: 'record'; readonly fields: Readonly<Record<string, AnyShape>> }
  | {
      readonly of: 'keyed';
      readonly key: (entry: unknown) => string;
      readonly entry: AnyShape;
      readonly renamed?: true;
      readonly scarce?: 'outlook';
    }
  | { readonly of: 'optional'; readonly some: AnyShape }
) & { readonly inline?: true };

/**
 * A value replaced as a whole; compared by its canonical JSON.
 * @param seen what a person sees of the value: two values seen alike are no conflict and share a fingerprint
 */
export function atom<T>(seen?: (value: T) => unknown): Shape<T> {
  return seen === undefined ? { of: 'atom' } : { of: 'atom', seen: seen as (value: never) => unknown };
}

/** Named fields, each merged by itself. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> }): Shape<T> {
  // Sorted here, once: the canonical text of a value then needs no sorting, and does not depend on the order written above.
  const names = Object.keys(fields).sort() as (keyof T)[];
  return { of: 'record', fields: Object.fromEntries(names.map((name) => [name, fields[name]])) } as Shape<T>;
}

/**
 * A list whose entries are told apart by `key`; entries of one key by their order. Entries that are `inline` are not named by
 * their key in the names of changed fields: for keys that are somebody's data.
 */
export function keyed<E>(key: (entry: E) => string, entry: Shape<E> = atom<E>()): Shape<readonly E[]> {
  return { of: 'keyed', key, entry } as unknown as Shape<readonly E[]>;
}

/**
 * A keyed list whose entries may get another key and stay themselves: one that stands where an entry of another key stood is that
 * entry, edited (a corrected e-mail address keeps what only the other side knows of it).
 */
export function renamed<E>(list: Shape<readonly E[]>): Shape<readonly E[]> {
  return { ...list, renamed: true } as Shape<readonly E[]>;
}

/**
 * A list of which Outlook has room for few: where both sides added entries, those of Outlook come first, on both sides, so that what
 * its user typed keeps the place it stands in.
 */
export function scarce<E>(list: Shape<readonly E[]>): Shape<readonly E[]> {
  return { ...list, scarce: 'outlook' } as Shape<readonly E[]>;
}

/** Something that may be absent, merged inside when it is there on both sides. */
export function optional<T>(some: Shape<T>): Shape<T> {
  return { of: 'optional', some } as unknown as Shape<T>;
}

/** The same shape, whose own name is left out of the names of changed fields (`exceptions[…].title`, not `….event.title`). */
export function inline<T>(shape: Shape<T>): Shape<T> {
  return { ...shape, inline: true };
}

/** The shape without its type parameter. */
export function anyShape<T>(shape: Shape<T>): AnyShape {
  return shape as unknown as AnyShape;
}
