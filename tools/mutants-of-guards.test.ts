import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GUARDS } from './mutants-of-guards.ts';

test('every guard that can be skipped stands once in its file', () => {
  const elsewhere = GUARDS.filter(({ file, from }) => readFileSync(file, 'utf8').split(from).length !== 2);
  expect(elsewhere.map(({ name }) => name)).toEqual([]);
});
