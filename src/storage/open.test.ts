import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import { type RecordContent, record } from '../sync/testing/record-kit.ts';
import { reportFor } from '../sync/testing/state-contract.ts';
import { backToOwnSchema, open, openFile, storageIn } from './open.ts';
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

const DAY = 24 * 60 * 60 * 1000;
const KEEPING = { historyDays: 30, historyBytes: 1_000_000, reportDays: 30 };
const REST = { after: undefined, across: undefined, lost: [] };
const ENTRY = { key: 'k', side: 'server', itemId: 'i', title: 'T', rule: 'T2', did: 'update', ...REST } as const;

it('drops history and reports after their days, newest first until then', () => {
  let now = 0;
  testStorage<RecordContent>('pair', file).storage.close();
  const storage = open({ file, now: () => now });
  storage.state<RecordContent>('pair').transaction((tx) => {
    for (const at of [0, 2 * DAY]) {
      tx.addHistory({ ...ENTRY, id: `at ${at}`, at, content: record({ title: 'old' }) });
      tx.addReport(reportFor(at));
    }
  });
  const ids = () => [...storage.history.rows({})].map((row) => row.id);
  expect(ids()).toEqual([`at ${2 * DAY}`, 'at 0']);
  expect([...storage.history.rows({ before: 2 * DAY })].map((row) => row.id)).toEqual(['at 0']);
  expect([...storage.history.rows({ since: 1, side: 'server' })].map((row) => row.id)).toEqual([`at ${2 * DAY}`]);
  expect([...storage.history.rows({ side: 'outlook' })]).toEqual([]);
  expect(storage.history.read('at 0')).toMatchObject({ ...ENTRY, pair: 'pair', content: { fields: { title: 'old' } } });
  expect(storage.history.read('nowhere')).toBeUndefined();
  now = 31 * DAY;
  expect(storage.prune({ ...KEEPING, reportDays: 60 })).toBe(1);
  expect(storage.prune(KEEPING)).toBe(1);
  expect(ids()).toEqual([`at ${2 * DAY}`]);
  expect(storage.reports.list({ pair: 'pair', most: 10 })).toEqual([reportFor(2 * DAY)]);
  storage.close();
});

it('keeps the newest of the history within its size, counted in bytes of all it keeps', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const content = record({ title: 'x'.repeat(1000) });
  state.transaction((tx) => {
    for (const at of [1, 2, 3]) tx.addHistory({ ...ENTRY, id: `${at}`, at, content, after: content });
  });
  const { entries, bytes } = storage.history.size();
  expect(entries).toBe(3);
  expect(bytes).toBeGreaterThan(6000);
  expect(storage.prune({ ...KEEPING, historyBytes: bytes - 1 })).toBe(1);
  expect([...storage.history.rows({})].map((row) => row.id)).toEqual(['3', '2']);
  storage.close();
});

it('history and reports outlive their pair, with its names, and go with the account', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const [content, across] = [record({ title: 'old' }, 'u'), { id: 'o', content: record({ title: 'poor' }, 'u') }];
  state.transaction((tx) => {
    tx.addHistory({ ...ENTRY, id: 'a', at: 1, content, did: 'delete', across, lost: ['title'] });
    tx.addReport(reportFor(1));
  });
  storage.pairs.delete('pair');
  const there = { folder: 'Calendar', container: 'pair-server', content, across, lost: ['title'], after: undefined };
  expect(storage.history.read('a')).toMatchObject(there);
  const restored = { at: 5, items: { server: 'new' } };
  storage.history.setRestored('a', restored);
  expect([...storage.history.rows({})]).toMatchObject([{ id: 'a', restored }]);
  expect(storage.reports.kept({ most: 10 })).toEqual([{ folder: 'Calendar', report: reportFor(1) }]);
  storage.accounts.delete('account');
  expect([storage.history.size().entries, storage.reports.list({ most: 10 })]).toEqual([0, []]);
  storage.close();
});

it('a report that says the same as the last and did nothing takes its place; one that did something stays', () => {
  const { storage, state } = testStorage<RecordContent>('pair', file);
  const idle = (startedAt: number) => ({ ...reportFor(startedAt), lines: [], recovered: 0, linked: 0 });
  const add = (report: ReturnType<typeof reportFor>) => state.transaction((tx) => tx.addReport(report));
  for (const report of [reportFor(1), reportFor(2), idle(3), idle(4), idle(5), reportFor(6), idle(7)]) add(report);
  expect(storage.reports.kept({ most: 10 }).map(({ report }) => report.startedAt)).toEqual([1, 2, 5, 6, 7]);
  expect(storage.reports.list({ most: 10, since: 2, until: 5 }).map((report) => report.startedAt)).toEqual([5, 2]);
  storage.close();
});

it('keeps runs: one that did not end, and several in a row that found nothing to do as one', () => {
  const { storage } = testStorage<RecordContent>('pair', file);
  const nothing = { changes: 0, failed: 0, held: 0, folders: 3, notes: [], failure: undefined };
  const begin = (startedAt: number) => storage.runs.begin({ account: 'account', startedAt, why: 'timer' });
  const first = storage.runs.end(begin(1), { ...nothing, endedAt: 2, changes: 5 });
  const idle = [10, 20, 30].map((at) => storage.runs.end(begin(at), { ...nothing, endedAt: at + 1 }));
  expect(new Set(idle).size).toBe(1);
  const open = begin(40);
  const rows = storage.runs.list(10).map(({ id, startedAt, endedAt, times }) => [id, startedAt, endedAt, times]);
  expect(rows).toEqual([
    [open, 40, undefined, 1],
    [idle[0], 10, 31, 3],
    [first, 1, 2, 1],
  ]);
  expect(storage.runs.get(first)).toMatchObject({ changes: 5, why: 'timer' });
  storage.close();
});

it('a memory of the first version keeps its history and reports', () => {
  const before = new DatabaseSync(file);
  for (const name of ['0001-first.sql', '0002-seen-tokens.sql'])
    before.exec(readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8'));
  before.exec(`PRAGMA user_version = 2;
    INSERT INTO accounts VALUES ('a', 's', 'l', '{}');
    INSERT INTO pairs VALUES ('p', 'a', 'calendar', 'Calendar', 'sf', 'of', '{}');
    INSERT INTO history VALUES ('h', 'p', 5, 'k', 'server', 'i', 'T', 'T2', 'update', '{"x":1}');
    INSERT INTO held VALUES ('p', 'k', 'G1', 'T', 'server', 'apply');`);
  before.prepare('INSERT INTO reports VALUES (1, ?, 1, ?, ?)').run('p', 'done', JSON.stringify(reportFor(1)));
  before.close();
  const storage = open({ file, now: () => 0 });
  expect(storage.history.read('h')).toMatchObject({ folder: 'Calendar', container: 'sf', content: { x: 1 }, lost: [] });
  expect(storage.history.size()).toEqual({ entries: 1, bytes: 7 });
  expect(storage.reports.kept({ most: 5 })).toEqual([{ folder: 'Calendar', report: reportFor(1) }]);
  expect(storage.state('p').held()).toMatchObject([{ key: 'k', decision: 'apply' }]);
  storage.close();
});

/** A memory as the version with two migrations left it, with one account. */
function oldMemory(): void {
  const before = new DatabaseSync(file);
  for (const name of ['0001-first.sql', '0002-seen-tokens.sql'])
    before.exec(readFileSync(new URL(`./migrations/${name}`, import.meta.url), 'utf8'));
  before.exec(`PRAGMA user_version = 2; INSERT INTO accounts VALUES ('a', 's', 'l', '{}');`);
  before.close();
}
const look = (path: string) => {
  const database = new DatabaseSync(path);
  const accounts = database.prepare('SELECT count(*) AS n FROM accounts').get()?.['n'];
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  database.close();
  return { accounts, version };
};

it('a memory is copied before it is migrated, and neither when it is new nor when it is up to date', () => {
  opening();
  opening();
  expect(existsSync(`${file}.backup`)).toBe(false);
  rmSync(file);
  oldMemory();
  opening();
  expect(look(`${file}.backup`)).toEqual({ accounts: 1, version: 2 });
  expect(look(file).version).toBeGreaterThan(2);
});

it('a memory that cannot be copied is not migrated', () => {
  oldMemory();
  mkdirSync(join(`${file}.backup`, 'in the way'), { recursive: true });
  expect(codeOf(opening)).toBe('STORAGE_UNREACHABLE');
  expect(look(file)).toEqual({ accounts: 1, version: 2 });
});

it('a version that is put back takes the copy from before the newer one migrated, and leaves every other memory alone', () => {
  opening();
  expect(backToOwnSchema(file)).toBe(false);
  const account = { id: 'a', server: 's', login: 'l', value: {} };
  const storage = open({ file, now: () => 0 });
  storage.accounts.put(account);
  storage.close();
  copyFileSync(file, `${file}.backup`);
  const newer = new DatabaseSync(file);
  newer.exec('DELETE FROM accounts; DROP TABLE links; PRAGMA user_version = 999');
  newer.close();
  expect(codeOf(opening)).toBe('STORAGE_NEWER');
  expect(backToOwnSchema(file)).toBe(true);
  expect(look(`${file}.newer`)).toEqual({ accounts: 0, version: 999 });
  const back = open({ file, now: () => 0 });
  expect(back.accounts.all()).toEqual([account]);
  back.close();
  expect(backToOwnSchema(file)).toBe(false);
});
