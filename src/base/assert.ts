/** Stops a bug: throws a plain `Error` (never caught on purpose) when `condition` is false. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`);
}

/** The value, or a plain `Error` when it is absent: instead of a non-null assertion. */
export function must<T>(value: T | undefined | null, message = 'a value that must exist is missing'): T {
  assert(value !== undefined && value !== null, message);
  return value;
}

/** Ends an exhaustive `switch`: does not compile when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`bug: unreachable case ${JSON.stringify(value)}`);
}
