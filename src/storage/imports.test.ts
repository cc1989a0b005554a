import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../node/database.ts';
import { type ImportedItem, type Imports, importsIn } from './imports.ts';
import { openFile, storageIn } from './open.ts';

let database: Database;
let imports: Imports;
beforeEach(() => {
  database = openFile(':memory:');
  const { accounts } = storageIn(database, ':memory:', () => 0);
  for (const id of ['a', 'b']) accounts.put({ id, server: 's', login: id, value: {} });
  imports = importsIn(database);
});
afterEach(() => database.close());

const item = (uid: string, more: Partial<ImportedItem> = {}): ImportedItem => ({
  ...{ kind: 'addressbook', container: 'book', uid, look: 'l', digest: undefined },
  ...more,
});
const counts = (account = 'a') => imports.list(account).map(({ id, items }) => [id, items]);
const uidsOf = (id: string) => imports.items(id, 100, undefined).map(({ uid }) => uid);

it('the number of items follows what is noted, noted again and dropped; an import that made nothing is not listed', () => {
  imports.begin({ id: 'one', account: 'a', at: 1, sources: ['f'] });
  expect(counts()).toEqual([]);
  imports.note('one', [item('x'), item('y'), item('z')]);
  imports.note('one', [item('x', { digest: 'd' }), item('v')]);
  expect(counts()).toEqual([['one', 4]]);
  imports.drop('one', [item('y'), item('unknown')]);
  expect(counts()).toEqual([['one', 3]]);
  expect(imports.items('one', 9, undefined)).toMatchObject([{ uid: 'v' }, { uid: 'z' }, { uid: 'x', digest: 'd' }]);
  imports.drop('one', [item('x'), item('z'), item('v')]);
  expect(counts()).toEqual([]);
});

it('however many items there are, the list does not read them', () => {
  const plan = (sql: string) => database.all(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => String(detail));
  const asked: string[] = [];
  const all = (sql: string) => {
    asked.push(sql);
    return [];
  };
  importsIn({ ...database, all }).list('a');
  expect(asked).toHaveLength(1);
  expect(asked.flatMap((sql) => plan(sql.replaceAll('?', "'a'"))).join()).not.toMatch(/imported/);
});

it('what was announced and is not there is dropped, of this account and container, and of no import that was taken back', () => {
  for (const [at, id] of ['one', 'two', 'undone'].entries()) imports.begin({ id, account: 'a', at, sources: [] });
  imports.begin({ id: 'other', account: 'b', at: 9, sources: [] });
  for (const id of ['one', 'undone', 'other']) imports.note(id, [item('gone'), item('there')]);
  imports.note('one', [item('answered', { digest: 'd' }), item('elsewhere', { container: 'calendar' })]);
  imports.note('two', [item('gone')]);
  imports.setUndone('undone', 5);
  imports.dropAbsent('a', 'book', (uid) => uid === 'there');
  expect(uidsOf('one')).toEqual(['elsewhere', 'answered', 'there']);
  expect([counts(), counts('b')]).toEqual([
    [
      ['undone', 2],
      ['one', 3],
    ],
    [['other', 2]],
  ]);
});

it('items of imports that are kept no longer go by the portion; none of these is listed meanwhile, and younger ones stay', () => {
  for (const [at, id] of ['old', 'young'].entries()) imports.begin({ id, account: 'a', at, sources: [] });
  const many = Array.from({ length: 5001 }, (_, at) => item(String(at)));
  imports.note('old', many);
  imports.note('young', [item('0')]);
  const left = () => database.all('SELECT import, count(*) AS items FROM imported GROUP BY import');
  expect(imports.prune(1)).toBe(0);
  expect([counts(), left()]).toEqual([
    [['young', 1]],
    [
      { import: 'old', items: 1 },
      { import: 'young', items: 1 },
    ],
  ]);
  expect(imports.prune(1)).toBe(1);
  expect([counts(), left()]).toEqual([[['young', 1]], [{ import: 'young', items: 1 }]]);
});

it('a memory from before imports were counted has its imports counted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-imports-'));
  const file = join(folder, 'state.db');
  const before = new DatabaseSync(file);
  for (const name of ['0001-first', '0002-seen-tokens', '0003-trust', '0004-imports'])
    before.exec(readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8'));
  before.exec(`PRAGMA user_version = 4; INSERT INTO accounts VALUES ('a', 's', 'l', '{}');
    INSERT INTO imports VALUES ('one', 'a', 1, '[]', NULL), ('none', 'a', 2, '[]', NULL);
    INSERT INTO imported VALUES (1, 'one', 'calendar', 'c', 'x', 'l', NULL), (2, 'one', 'calendar', 'c', 'y', 'l', 'd');`);
  before.close();
  const migrated = openFile(file);
  expect(importsIn(migrated).list('a')).toMatchObject([{ id: 'one', items: 2 }]);
  migrated.close();
  rmSync(folder, { recursive: true });
});
