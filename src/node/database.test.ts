import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import type { Failure } from '../base/failure.ts';
import { type Database, openDatabase } from './database.ts';

const migrations = new URL('./testing/migrations/', import.meta.url);
const fresh = () => join(mkdtempSync(join(tmpdir(), 'connector-')), 'deep', 'notes.sqlite');
const open = (file: string, busyTimeout = 50) => openDatabase({ file, migrations, what: 'the notebook', busyTimeout });
const texts = (database: Database) =>
  database.all<{ text: string }>('SELECT text FROM notes ORDER BY id').map(({ text }) => text);
const add = (database: Database, text: string) => database.run('INSERT INTO notes (text) VALUES (?)', text);

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as Failure).code ?? String(error);
  }
}

it('a file is made with its folder, and keeps what was written', () => {
  const file = fresh();
  const first = open(file);
  expect(add(first, 'one')).toEqual({ changes: 1, id: 1 });
  first.close();
  expect(texts(open(file))).toEqual(['one']);
});

it('a transaction is whole or not at all, and a failing inner one undoes only itself', () => {
  const database = open(':memory:');
  expect(() =>
    database.transaction(() => {
      add(database, 'lost');
      throw new Error('stop');
    }),
  ).toThrow('stop');
  database.transaction(() => {
    add(database, 'kept');
    expect(() =>
      database.transaction(() => {
        add(database, 'undone');
        add(database, 'kept');
      }),
    ).toThrow(/UNIQUE/);
    add(database, 'after');
  });
  expect(texts(database)).toEqual(['kept', 'after']);
});

it('what is gathered is one write: seen here at once, by others when it is settled, and each failing part undoes only itself', () => {
  const file = fresh();
  const [writer, reader] = [open(file), open(file)];
  const before = reader.version();
  writer.gather('with the first');
  writer.transaction(() => add(writer, 'one'));
  expect(() =>
    writer.transaction(() => {
      add(writer, 'undone');
      add(writer, 'one');
    }),
  ).toThrow(/UNIQUE/);
  writer.transaction(() => add(writer, 'two'));
  expect([texts(writer), texts(reader), reader.version() === before]).toEqual([['one', 'two'], [], true]);
  writer.settle();
  expect([texts(reader), reader.version() === before]).toEqual([['one', 'two'], false]);
  writer.transaction(() => add(writer, 'three'));
  expect(texts(reader)).toEqual(['one', 'two', 'three']);
});

it('what is gathered at once keeps other writers waiting from then on, and what was undone is counted', () => {
  const file = fresh();
  const [writer, other] = [open(file), open(file)];
  writer.gather('at once');
  expect(codeOf(() => add(other, 'late'))).toBe('STORAGE_LOCKED');
  writer.transaction(() => add(writer, 'one'));
  expect(writer.undone()).toBe(0);
  expect(() => writer.transaction(() => add(writer, 'one'))).toThrow(/UNIQUE/);
  writer.settle();
  add(other, 'late');
  expect([texts(writer), writer.undone(), other.undone()]).toEqual([['one', 'late'], 1, 0]);
});

it('a writer waits for another, then says that the file is in use', () => {
  const file = fresh();
  const [first, second] = [open(file), open(file)];
  first.transaction(() => {
    expect(codeOf(() => add(second, 'late'))).toBe('STORAGE_LOCKED');
  });
  add(second, 'late');
  expect(texts(first)).toEqual(['late']);
});

it('a damaged file, a file that is none, and a file of a newer version are left alone, each with its own code', () => {
  const file = fresh();
  open(file).close();
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 7)]));
  expect(codeOf(() => open(file))).toBe('STORAGE_DAMAGED');
  writeFileSync(file, 'this is a letter, and it is long enough to be read as one');
  expect(codeOf(() => open(file))).toBe('STORAGE_DAMAGED');
  expect(readFileSync(file, 'utf8')).toContain('letter');
  const newer = fresh();
  open(newer).close();
  new DatabaseSync(newer).exec('PRAGMA user_version = 99');
  expect(codeOf(() => open(newer))).toBe('STORAGE_NEWER');
});

it('a file that a process left open is read as a whole at the next opening; a broken page elsewhere is told when it is met', () => {
  const file = fresh();
  const first = open(file);
  for (let at = 0; at < 100; at++) add(first, `${at} ${'x'.repeat(500)}`);
  first.close();
  const bytes = readFileSync(file);
  const broken = Buffer.from(bytes).fill(0xa5, 8192);
  writeFileSync(file, broken);
  const second = open(file);
  expect(codeOf(() => texts(second))).toBe('STORAGE_DAMAGED');
  expect(codeOf(() => [...second.iterate('SELECT text FROM notes')])).toBe('STORAGE_DAMAGED');
  second.close();
  writeFileSync(`${file}-wal`, '');
  expect(codeOf(() => open(file))).toBe('STORAGE_DAMAGED');
  const cut = fresh();
  open(cut).close();
  writeFileSync(cut, bytes.subarray(0, bytes.length - 4096));
  expect(codeOf(() => open(cut))).toBe('STORAGE_DAMAGED');
});

it('a reader that stops early does not keep the file from being written, and closing twice does nothing', () => {
  const file = fresh();
  const database = open(file);
  for (const text of ['one', 'two', 'three']) add(database, text);
  for (const row of database.iterate('SELECT text FROM notes')) if (row['text'] === 'one') break;
  const log = () => database.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'];
  expect(log()).toBe(0);
  database.close();
  database.close();
});

it('a full disk is told, and nothing is half-written', () => {
  const database = open(fresh());
  add(database, 'before');
  const pages = Number(database.get('PRAGMA page_count')?.['page_count']);
  database.get(`PRAGMA max_page_count = ${pages}`);
  const much = () =>
    database.transaction(() => Array.from({ length: 500 }, (_, i) => add(database, `${i} ${'x'.repeat(500)}`)).length);
  expect(codeOf(much)).toBe('STORAGE_FULL');
  expect(texts(database)).toEqual(['before']);
});

it('a place that cannot be written is told', () => {
  const file = fresh();
  open(file).close();
  expect(codeOf(() => open(join(file, 'inside', 'notes.sqlite')))).toBe('STORAGE_UNREACHABLE');
  expect(codeOf(() => open(tmpdir()))).toBe('STORAGE_UNREACHABLE');
});
