import { given } from './arguments.ts';
import type { DispatchObject, DispatchValue } from './dispatch.ts';
import { fail } from './fault.ts';

/** The entry at a 1-based index. @throws BAD_INDEX "Array index out of bounds" */
export function at<T>(entries: readonly T[], index: number): T {
  return entries[index - 1] ?? fail('BAD_INDEX', '', 'INDEX');
}

/**
 * What `Item(index | name)` of a collection finds; undefined when no entry has the name.
 * @throws BAD_INDEX for a number out of range; INVALID_ARGUMENT for anything else
 */
export function pick<T>(
  entries: readonly T[],
  key: DispatchValue | undefined,
  named: (entry: T, name: string) => boolean,
): T | undefined {
  if (typeof key === 'number') return at(entries, key);
  if (typeof key === 'string') return entries.find((entry) => named(entry, key));
  return fail(given(key) ? 'TYPE_MISMATCH' : 'INVALID_ARGUMENT');
}

/** A cursor over a held collection: GetFirst, GetNext, GetLast, GetPrevious; Nothing at the ends. */
export function step<T>(
  state: { cursor: number },
  entries: readonly T[],
  to: 'first' | 'next' | 'last' | 'previous',
  make: (entry: T) => DispatchObject,
): DispatchObject | null {
  const moves = { first: 0, next: state.cursor + 1, last: entries.length - 1, previous: state.cursor - 1 };
  state.cursor = moves[to];
  const entry = entries[state.cursor];
  return entry === undefined ? null : make(entry);
}
