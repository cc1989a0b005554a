/** The table of docs/outlook.md tells the truth: what it calls done has a test of that name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const NAMES = [
  ...Array.from({ length: 65 }, (_, at) => `EC${at + 1}`),
  ...Array.from({ length: 103 }, (_, at) => `EO${at + 1}`),
];

/** State by number, as the document has it. */
function rows(): ReadonlyMap<string, string> {
  const text = readFileSync(join(ROOT, 'docs/outlook.md'), 'utf8');
  const found = text.matchAll(/^\| (E[CO]\d+) \|.*\| (done|left) \|$/gm);
  return new Map([...found].map(([, name = '', state = '']) => [name, state]));
}

/** Numbers that a test carries in its name. */
function tested(): ReadonlySet<string> {
  const folder = join(ROOT, 'src/outlook');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => file.endsWith('.test.ts') || /testing[\\/]contract.*\.ts$/.test(file));
  const names = tests.flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(/\b(?:test|it)\(\s*['"`](.*)/g),
  ]);
  return new Set(
    names.flatMap(([, name = '']) => [...name.matchAll(/\[(E[CO]\d+)\]/g)].map(([, number = '']) => number)),
  );
}

test('the document has one row for each of the 168 behaviours', () => {
  expect([...rows().keys()]).toEqual(NAMES);
});

test('every behaviour of calendars stands in the contract suite, which runs over any executor', () => {
  const folder = join(ROOT, 'src/outlook/testing');
  const suites = readdirSync(folder).filter((file) => file.startsWith('contract-'));
  const texts = suites.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const names = [...texts.matchAll(/\b(?:it|behaviour)(?:\.\w+\([^)]*\))?\(\s*(.*)/g)].map(([, name = '']) => name);
  const shown = new Set(names.flatMap((name) => name.match(/EC\d+/g) ?? []));
  expect(NAMES.filter((name) => name.startsWith('EC') && !shown.has(name))).toEqual([]);
});

test('a behaviour is done exactly when a test carries its number', () => {
  const has = tested();
  const said = [...rows()].filter(([, state]) => state === 'done').map(([name]) => name);
  expect(said).toEqual(NAMES.filter((name) => has.has(name)));
});
