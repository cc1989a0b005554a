/**
 * The wire form in which programs cross into Outlook, to the add-in that runs them there: docs/windows-shim.md has it in words,
 * windows/shim/core/wire.h for the add-in. Whoever changes one changes all three and raises the version.
 */

export const MAGIC = 0x4d42;
export const VERSION = 1;

export const OP = { run: 1, resume: 2, release: 3 } as const;
export const KIND = { done: 0, stale: 1, failed: 2, paused: 3, refused: 4, released: 5 } as const;
export const TAG = {
  null: 0,
  false: 1,
  true: 2,
  int: 3,
  double: 4,
  text: 5,
  bytes: 6,
  date: 7,
  error: 8,
  object: 9,
  slot: 10,
  list: 11,
} as const;
export const STEP = { get: 1, put: 2, call: 3, expect: 4, each: 5, release: 6 } as const;
export const OPTIONAL = 0x10;
export const HAS_AS = 0x20;

/** How a failure names the member it met: none, `Item` of a collection, or from here on the names of the request. */
export const MEMBER = { none: 0, item: 1, names: 2 } as const;

/** Why the add-in refuses a request, by its number. */
export const REFUSALS = [
  'none',
  'malformed',
  'version',
  'too much',
  'unknown object',
  'unset handle',
  'nothing paused',
  'no memory',
] as const;
export type Refusal = (typeof REFUSALS)[number];
