import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOM = new URL('.', import.meta.url).pathname;
const DOCS = join(ROOM, '../../docs');

const documents = readdirSync(DOCS)
  .filter((name) => /^server(-.*)?\.md$/.test(name))
  .map((name) => readFileSync(join(DOCS, name), 'utf8'));
const rules = documents.flatMap((text) => idsOf(text, /^\| ([A-Z]{1,4}\d+) \|/gm));
/** The tests of the room, and those of the whole program that stand on it. */
const tested = [
  ...readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(\.test|\/contract)\.ts$/.test(name))
    .map((name) => join(ROOM, name)),
  join(ROOM, '../../test/end-to-end/killed-server.test.ts'),
]
  .flatMap((file) => readFileSync(file, 'utf8').match(/\b(?:test|it)(?:\.each\([^;]*?\))?\(\s*['"`](.*)/g) ?? [])
  .flatMap((line) => idsOf(line, /\[([A-Z]{1,4}\d+)\]/g));

test('[docs] every rule of the server has a test named after it, and every test that names a rule has its rule', () => {
  expect(new Set(rules).size).toBe(rules.length);
  expect({
    untested: rules.filter((rule) => !tested.includes(rule)),
    unknown: [...new Set(tested)].filter((id) => !rules.includes(id)),
  }).toEqual({ untested: [], unknown: [] });
});

/** The traps that a compatible server must have, as the description of BlueMind's API counts them in its section 15.1. */
const TRAPS = [
  '204 on null',
  '500 for validation errors',
  '401 body',
  '409 for the refused origin',
  'chunked body refusal',
  'Accept-dependent String encoding',
  'changeset compaction and tombstone purge',
  'own-write echo',
  'sanitizers of 10.2/10.3',
  '`modify` resurrecting',
  'photo not bumping versions',
  'private filtering',
  'zone renaming',
  'offline id allocation',
  'debounced push',
  '20 min session expiry',
  'localised default book names',
  'translation of `since` null',
];

test('[docs] every trap that clients trip over has rules, each with its test', () => {
  const section = documents.join('\n').split('\n## Traps\n')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| (?!Trap |---)(.+) \| (.+) \|$/gm)].map(([, trap = '', ids = '']) => ({
    trap,
    ids: ids.split(', '),
  }));
  expect(rows.map(({ trap }) => trap)).toEqual(TRAPS);
  expect(rows.flatMap(({ ids }) => ids).filter((id) => !tested.includes(id))).toEqual([]);
});

const SHEET = join(process.env['REFERENCE'] ?? join(ROOM, '../../../shared/reference'), 'bluemind-api.md');
test.runIf(existsSync(SHEET))('[docs] the traps are those that the description of the API lists', () => {
  const [, list = ''] = /^Behaviours worth reproducing[^:]*: (.*)\.$/m.exec(readFileSync(SHEET, 'utf8')) ?? [];
  expect(list.split(', ')).toEqual(TRAPS);
});

function idsOf(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
