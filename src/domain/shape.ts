/**
 * What a domain value is made of, said once: from this description come equality, digest, the list of changed fields
 * and the three-way merge, so that they cannot disagree.
 *
 * - `atom`: one value, replaced as a whole.
 * - `record`: named fields, each merged by itself.
 * - `keyed`: a list of entries with a key each (attendees by address, exceptions by original start); order carries no meaning.
 * - `optional`: absent, or of the given shape; appearing and disappearing count as a change of the whole.
 */
export type Shape<T> =
  | { readonly of: 'atom' }
  | { readonly of: 'record'; readonly fields: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> } }
  | { readonly of: 'keyed'; readonly key: (entry: never) => string; readonly entry: Shape<never> }
  | { readonly of: 'optional'; readonly some: Shape<never> };

/** A value replaced as a whole; compared by its canonical JSON. */
export function atom<T>(): Shape<T> {
  return { of: 'atom' };
}

/** Named fields, each merged by itself. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> }): Shape<T> {
  return { of: 'record', fields } as Shape<T>;
}

/** A list whose entries are told apart by `key`; two entries of one key are one. */
export function keyed<E>(key: (entry: E) => string, entry: Shape<E> = atom<E>()): Shape<readonly E[]> {
  return { of: 'keyed', key, entry } as unknown as Shape<readonly E[]>;
}

/** Something that may be absent, merged inside when it is there on both sides. */
export function optional<T>(some: Shape<T>): Shape<T> {
  return { of: 'optional', some } as unknown as Shape<T>;
}
