import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EXIT, EXIT_OF_FAILURE } from './exit-codes.ts';

const DOCUMENT = readFileSync('docs/errors.md', 'utf8');

it('docs/errors.md lists every failure code with its exit code, and no other', () => {
  const listed = [...DOCUMENT.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)].map(([, code, exit]) => [code, Number(exit)]);
  const { CANCELLED: _, ...codes } = EXIT_OF_FAILURE;
  expect(Object.fromEntries(listed)).toEqual(codes);
});

it('every failure has an exit code of its own', () => {
  const exits = [...Object.values(EXIT_OF_FAILURE), EXIT.DONE, EXIT.BUG, EXIT.USAGE, EXIT.INCOMPLETE];
  expect(new Set(exits).size).toBe(exits.length);
});
