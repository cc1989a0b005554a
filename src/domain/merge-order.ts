type Entries = ReadonlyMap<string, unknown>;

/** Stands for the place before the first entry; no key is this symbol. */
const FRONT = Symbol('front');
type Place = string | typeof FRONT;

/**
 * Entries in the order of a side's own list: what changed stays in its place; what came from the other side stands behind the
 * entry that it stands behind there.
 */
export function arrange(entries: Entries, own: Entries, other: Entries): readonly unknown[] {
  const behind = newcomers(entries, own, other);
  const list: unknown[] = [...(behind.get(FRONT) ?? [])];
  for (const key of own.keys()) {
    if (entries.has(key)) list.push(entries.get(key));
    const followers = behind.get(key);
    if (followers !== undefined) list.push(...followers);
  }
  return list;
}

function newcomers(entries: Entries, own: Entries, other: Entries): ReadonlyMap<Place, readonly unknown[]> {
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
