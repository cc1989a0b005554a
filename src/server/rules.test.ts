import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOM = new URL('.', import.meta.url).pathname;
const DOCS = join(ROOM, '../../docs');

test('[docs] every rule of the server has a test named after it, and every test that names a rule has its rule', () => {
  const rules = readdirSync(DOCS)
    .filter((name) => /^server(-.*)?\.md$/.test(name))
    .flatMap((name) => idsOf(readFileSync(join(DOCS, name), 'utf8'), /^\| ([A-Z]{1,4}\d+) \|/gm));
  const tests = readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(\.test|\/contract)\.ts$/.test(name))
    .flatMap(
      (name) => readFileSync(join(ROOM, name), 'utf8').match(/\b(?:test|it)(?:\.each\([^)]*\))?\(\s*['"`](.*)/g) ?? [],
    )
    .flatMap((line) => idsOf(line, /\[([A-Z]{1,4}\d+)\]/g));
  expect(new Set(rules).size).toBe(rules.length);
  expect({
    untested: rules.filter((rule) => !tests.includes(rule)),
    unknown: [...new Set(tests)].filter((id) => !rules.includes(id)),
  }).toEqual({ untested: [], unknown: [] });
});

function idsOf(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
