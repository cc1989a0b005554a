import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CASES } from './mutants-of-mapping.ts';

it('every hard case of calendars is broken by some change, and a test is named after it where the change must be noticed', () => {
  const numbers = [...Array.from({ length: 21 }, (_, at) => at + 1), 26, 28, 30];
  expect([...new Set(CASES.map(({ hardCase }) => hardCase))]).toEqual(numbers.map((number) => `H${number}`));
  for (const { hardCase, tests } of CASES)
    for (const file of tests) expect([file, named(file).includes(`[${hardCase}]`)]).toEqual([file, true]);
});

it('what a change replaces stands once in its file', () => {
  const counts = CASES.map(({ name, file, from }) => [name, readFileSync(file, 'utf8').split(from).length - 1]);
  expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
});

/** The text of a test file, with the suites it runs. */
function named(file: string): string {
  const text = readFileSync(file, 'utf8');
  const suites = file.endsWith('contract.test.ts') ? ['src/outlook/testing/contract-appointments.ts'] : [];
  return [text, ...suites.map((suite) => readFileSync(suite, 'utf8'))].join('\n');
}
