import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './digest.ts';
import { isSamePlain } from './plain.ts';

const json = fc.jsonValue();

it('plain values are the same exactly when their canonical texts are', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(json, json),
        json.map((value) => [value, copyOf(value)] as const),
      ),
      ([a, b]) => {
        expect(isSamePlain(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      },
    ),
  );
});

it('the order of members does not count, and an undefined one is absent', () => {
  expect(isSamePlain({ a: 1, b: [2], c: undefined }, { b: [2], a: 1 })).toBe(true);
  expect(isSamePlain({ a: 1 }, { a: 1, c: undefined })).toBe(true);
  expect(isSamePlain({ a: 1, c: undefined }, { a: 1, d: 2 })).toBe(false);
  expect(isSamePlain({ a: 1 }, { a: 1, toString: 'x' })).toBe(false);
});

it('what is not plain is never taken for the same', () => {
  expect(isSamePlain(new Date(0), new Date(1))).toBe(false);
  expect(isSamePlain(new Map([[1, 1]]), new Map())).toBe(false);
  expect(isSamePlain([], {})).toBe(false);
});

/** The same value with its members the other way round. */
function copyOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, copyOf(member)]),
  );
}
