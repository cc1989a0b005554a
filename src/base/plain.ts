/**
 * Whether two plain values (as JSON has them) are the same: members by name in any order, lists in order, `undefined` like absent.
 * Never true for values whose canonical texts differ; anything that is not plain is not the same as anything else.
 */
export function isSamePlain(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((entry, at) => isSamePlain(entry, b[at]));
  }
  return (
    isRecord(a) &&
    isRecord(b) &&
    holds(a, b) &&
    Object.keys(b).every((key) => b[key] === undefined || Object.hasOwn(a, key))
  );
}

type PlainRecord = Readonly<Record<string, unknown>>;

function isRecord(value: object): value is PlainRecord {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function holds(a: PlainRecord, b: PlainRecord): boolean {
  for (const key in a) if (!isSamePlain(a[key], b[key])) return false;
  return true;
}
