/** The entries of a list by key, in the order of the list. */
export type Entries = ReadonlyMap<string, unknown>;

/** Stands for the place before the first entry; no key is this symbol. */
const FRONT = Symbol('front');
type Place = string | typeof FRONT;

/**
 * Entries in the order of a side's own list: what changed stays in its place; what came from the other side stands behind the
 * entry that it stands behind there. `first`: whose entries come first where both sides have some that the other has not.
 */
export function arrange(entries: Entries, own: Entries, other: Entries, first: 'own' | 'other'): readonly unknown[] {
  const behind = newcomers(entries, own, other);
  const list: unknown[] = [];
  let place: Place = FRONT;
  const arrive = () => {
    list.push(...(behind.get(place) ?? []));
    behind.delete(place);
  };
  for (const key of own.keys()) {
    if (first === 'other' || other.has(key)) arrive();
    if (entries.has(key)) list.push(entries.get(key));
    if (first === 'other' || other.has(key)) place = key;
  }
  arrive();
  return list;
}

function newcomers(entries: Entries, own: Entries, other: Entries): Map<Place, readonly unknown[]> {
  const behind = new Map<Place, unknown[]>();
  let neighbour: Place = FRONT;
  for (const key of other.keys()) {
    if (own.has(key)) neighbour = key;
    else if (entries.has(key)) {
      const group = behind.get(neighbour) ?? [];
      group.push(entries.get(key));
      behind.set(neighbour, group);
    }
  }
  return behind;
}

/**
 * The new keys of entries that a side edited in place, each with its old one: where as many entries of unknown keys stand behind a
 * lasting entry as there stood entries there whose keys are gone.
 */
export function renames(base: Entries, now: Entries): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const gone = strangersBehind(base, now);
  for (const [place, keys] of strangersBehind(now, base)) {
    const old = gone.get(place) ?? [];
    if (old.length !== keys.length) continue;
    for (const [at, key] of keys.entries()) found.set(key, old[at] ?? key);
  }
  return found;
}

/** The keys of `entries` that `others` does not have, by the last common key before them. */
function strangersBehind(entries: Entries, others: Entries): ReadonlyMap<Place, readonly string[]> {
  const behind = new Map<Place, string[]>();
  let neighbour: Place = FRONT;
  for (const key of entries.keys()) {
    if (others.has(key)) neighbour = key;
    else {
      const group = behind.get(neighbour) ?? [];
      group.push(key);
      behind.set(neighbour, group);
    }
  }
  return behind;
}

/** The same entries under the keys they had before; a new key that the other side knows as another entry stays as it is. */
export function underOldKeys(
  own: { readonly now: Entries; readonly renamed: ReadonlyMap<string, string> },
  other: { readonly base: Entries; readonly now: Entries; readonly renamed: ReadonlyMap<string, string> },
): Entries {
  const oldKey = (key: string) => {
    const old = own.renamed.get(key);
    const taken = other.base.has(key) || (other.now.has(key) && other.renamed.get(key) !== old);
    return old === undefined || taken ? key : old;
  };
  return new Map([...own.now].map(([key, entry]) => [oldKey(key), entry]));
}
