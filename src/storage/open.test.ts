import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import { type RecordContent, record } from '../sync/testing/record-kit.ts';
import { reportFor } from '../sync/testing/state-contract.ts';
import { KEPT_DAYS, open, openFile, storageIn } from './open.ts';
import { testStorage } from './testing.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connector-storage-'));
  file = join(folder, 'state.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'no failure';
  } catch (error) {
    return isFailure(error) ? error.code : String(error);
  }
};
const opening = () => open({ file, now: () => 0 }).close();

it('a file that is no database is STORAGE_DAMAGED', () => {
  writeFileSync(file, 'This is a letter, not a database. '.repeat(100));
  expect(codeOf(opening)).toBe('STORAGE_DAMAGED');
});

it('a file with a broken page is STORAGE_DAMAGED when it is checked', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const content = record({ title: 'x'.repeat(20_000) });
  const anchor = { id: 'i', rev: 'r', digest: 'd', token: undefined, content };
  state.transaction((tx) =>
    tx.putLink({ key: 'k', token: undefined, open: undefined, server: anchor, outlook: anchor }),
  );
  storage.check();
  storage.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 8192, 65_536);
  writeFileSync(file, bytes);
  const check = () => {
    const broken = open({ file, now: () => 0 });
    try {
      broken.check();
    } finally {
      broken.close();
    }
  };
  expect(codeOf(check)).toBe('STORAGE_DAMAGED');
});

it('a file of a newer version is STORAGE_NEWER and left as it is', () => {
  opening();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 999');
  database.close();
  const before = readFileSync(file);
  expect(codeOf(opening)).toBe('STORAGE_NEWER');
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('a file that another program writes is STORAGE_LOCKED', () => {
  opening();
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  const storage = open({ file, now: () => 0 });
  expect(codeOf(() => storage.settings.set('a', 1))).toBe('STORAGE_LOCKED');
  other.exec('ROLLBACK');
  other.close();
  storage.settings.set('a', 1);
  storage.close();
});

it('a full disk is STORAGE_FULL, and what was there stays', () => {
  const { storage } = testStorage<RecordContent>('pair', file);
  storage.settings.set('kept', 1);
  storage.close();
  const database = openFile(file);
  database.get(`PRAGMA max_page_count = ${database.get('PRAGMA page_count')?.['page_count']}`);
  const small = storageIn(database, file, () => 0);
  const anchor = { id: 'i', rev: 'r', digest: 'd', token: undefined, content: record({ title: 'x'.repeat(100_000) }) };
  const put = () =>
    small.state<RecordContent>('pair').transaction((tx) => {
      tx.setCursor('server', '7');
      tx.putLink({ key: 'k', token: undefined, open: undefined, server: anchor, outlook: anchor });
    });
  expect(codeOf(put)).toBe('STORAGE_FULL');
  expect([small.settings.get('kept'), small.state('pair').cursor('server')]).toEqual([1, undefined]);
  small.close();
});

it('a folder that is not there is made; one that cannot be made is STORAGE_UNREACHABLE', () => {
  file = join(folder, 'new', 'state.db');
  expect(codeOf(opening)).toBe('no failure');
  file = join(file, 'under a file', 'state.db');
  expect(codeOf(opening)).toBe('STORAGE_UNREACHABLE');
});

it('an empty file is brought to the present schema, and opening it again changes nothing', () => {
  const empty = join(folder, 'empty.db');
  new DatabaseSync(empty).close();
  copyFileSync(empty, file);
  opening();
  opening();
  const database = new DatabaseSync(file);
  const latest = readdirSync(new URL('./migrations/', import.meta.url)).length;
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: latest });
  database.close();
});

it('stores the base of Outlook only where it differs from the one of the server', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const anchor = (title: string) => ({
    id: title,
    rev: 'r',
    digest: 'd',
    token: undefined,
    content: record({ title }),
  });
  state.transaction((tx) => {
    tx.putLink({ key: 'same', token: undefined, open: undefined, server: anchor('a'), outlook: anchor('a') });
    tx.putLink({ key: 'other', token: undefined, open: undefined, server: anchor('b'), outlook: anchor('c') });
  });
  storage.close();
  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT key, outlook IS NULL AS none FROM bases ORDER BY key').all();
  expect(rows.map((row) => [row.key, row.none])).toEqual([
    ['other', 0],
    ['same', 1],
  ]);
  database.close();
});

it('keeps accounts, pairs and settings; putting again changes, deleting takes along what hangs on it', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const pair = storage.pairs.get('pair');
  expect(pair).toMatchObject({ id: 'pair', account: 'account', folders: { server: 'pair-server' } });
  state.transaction((tx) => tx.setCursor('server', '1'));
  const account = storage.accounts.get('account');
  if (pair && account) {
    storage.pairs.put({ ...pair, name: 'Renamed', value: { window: 12 } });
    storage.accounts.put({ ...account, login: 'tom@example.org' });
  }
  expect(storage.pairs.all()).toEqual([{ ...pair, name: 'Renamed', value: { window: 12 } }]);
  expect(storage.accounts.all()).toEqual([{ ...account, login: 'tom@example.org' }]);
  expect(state.cursor('server')).toBe('1');
  storage.settings.set('locale', { name: 'fr' });
  expect([storage.settings.get('locale'), storage.settings.get('other')]).toEqual([{ name: 'fr' }, undefined]);
  storage.settings.set('locale', undefined);
  expect(storage.settings.get('locale')).toBeUndefined();
  storage.accounts.delete('account');
  expect([storage.pairs.all(), state.cursor('server')]).toEqual([[], undefined]);
  storage.close();
});

it('keeps two pairs apart', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const folders = { server: 's2', outlook: 'o2' };
  storage.pairs.put({ id: 'second', account: 'account', kind: 'contacts', name: 'B', folders, value: {} });
  const second = storage.state<RecordContent>('second');
  const anchor = { id: 'i', rev: 'r', digest: 'd', token: undefined, content: record({ title: 'a' }) };
  second.transaction((tx) => {
    tx.putLink({ key: 'k', token: 't', open: { why: 'half' }, server: anchor, outlook: anchor });
    tx.setCursor('server', '2');
  });
  expect([state.total(), state.linksOf('server', ['i']), state.openLinks(), state.cursor('server')]).toEqual([
    0,
    [],
    [],
    undefined,
  ]);
  expect([state.tokensInUse(['t']).size, second.total()]).toEqual([0, 1]);
  storage.close();
});

it(`drops history and reports after ${KEPT_DAYS} days, newest first until then`, () => {
  const day = 24 * 60 * 60 * 1000;
  let now = 0;
  testStorage<RecordContent>('pair', file).storage.close();
  const storage = open({ file, now: () => now });
  const entry = { key: 'k', side: 'server', itemId: 'i', title: 'T', rule: 'T2', did: 'update' } as const;
  storage.state<RecordContent>('pair').transaction((tx) => {
    for (const at of [0, 2 * day]) {
      tx.addHistory({ ...entry, id: `at ${at}`, at, content: record({ title: 'old' }) });
      tx.addReport(reportFor(at));
    }
  });
  const ids = () => storage.history.list({ most: 10 }).map((row) => row.id);
  expect(ids()).toEqual([`at ${2 * day}`, 'at 0']);
  expect(storage.history.list({ before: 2 * day, most: 10 }).map((row) => row.id)).toEqual(['at 0']);
  expect(storage.history.read('at 0')).toMatchObject({ ...entry, pair: 'pair', content: { fields: { title: 'old' } } });
  expect(storage.history.read('nowhere')).toBeUndefined();
  now = (KEPT_DAYS + 1) * day;
  expect(storage.prune()).toBe(2);
  expect(ids()).toEqual([`at ${2 * day}`]);
  expect(storage.reports.list({ pair: 'pair', most: 10 })).toEqual([reportFor(2 * day)]);
  storage.close();
});
