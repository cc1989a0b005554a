/** A way to tell which entry of a side a value belongs to; undefined: this rule does not say. */
export type BindingRule<V, E> = {
  readonly value: (value: V) => string | undefined;
  readonly entry: (entry: E) => string | undefined;
};

/**
 * The entry of a side that each value belongs to, by the first rule that finds a free one; each entry once, in order.
 * Values without an entry are new, entries without a value are gone.
 */
export function bind<V, E>(
  values: readonly V[],
  entries: readonly E[],
  rules: readonly BindingRule<V, E>[],
): readonly (E | undefined)[] {
  const bound: (E | undefined)[] = values.map(() => undefined);
  const taken = new Set<E>();
  for (const rule of rules) {
    const free = freeByKey(entries, rule, taken);
    values.forEach((value, at) => {
      const key = bound[at] === undefined ? rule.value(value) : undefined;
      const entry = key === undefined ? undefined : free.get(key)?.shift();
      if (entry === undefined) return;
      bound[at] = entry;
      taken.add(entry);
    });
  }
  return bound;
}

function freeByKey<V, E>(entries: readonly E[], rule: BindingRule<V, E>, taken: ReadonlySet<E>): Map<string, E[]> {
  const free = new Map<string, E[]>();
  for (const entry of entries) {
    const key = taken.has(entry) ? undefined : rule.entry(entry);
    if (key === undefined) continue;
    const group = free.get(key);
    if (group === undefined) free.set(key, [entry]);
    else group.push(entry);
  }
  return free;
}
