import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { makeFolder } from './make-folder.ts';
import { makePrivate, writePrivately } from './private-file.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'connector-'));
const migrations = new URL('./testing/migrations/', import.meta.url);
/** Rights of group and others; Windows has none. */
const forOthers = (path: string) => (process.platform === 'win32' ? 0 : statSync(path).mode & 0o077);

it('a database with the files beside it, and the folder made for it, are for the user alone', () => {
  const folder = join(fresh(), 'made', 'deep');
  const database = openDatabase({ file: join(folder, 'notes.sqlite'), migrations, what: 'the notebook' });
  database.run('INSERT INTO notes (text) VALUES (?)', 'one');
  expect(readdirSync(folder).sort()).toEqual(['notes.sqlite', 'notes.sqlite-shm', 'notes.sqlite-wal']);
  for (const name of readdirSync(folder)) expect(forOthers(join(folder, name))).toBe(0);
  expect([forOthers(folder), forOthers(join(folder, '..'))]).toEqual([0, 0]);
  database.close();
});

it('a file that was there and open to others is closed to them; what lies in it stays', () => {
  const file = join(fresh(), 'old');
  writeFileSync(file, 'kept', { mode: 0o644 });
  makePrivate(file);
  expect([forOthers(file), readFileSync(file, 'utf8')]).toEqual([0, 'kept']);
});

it('a folder that was there keeps its rights, and what cannot be made private is left to whoever opens it', () => {
  const folder = join(fresh(), 'shared');
  mkdirSync(folder, { mode: 0o755 });
  makeFolder(folder);
  makePrivate(folder);
  makePrivate(join(folder, 'none', 'file'));
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

it('a small file is written whole, for the user alone, in place of the one before', () => {
  const file = join(fresh(), 'secret');
  writeFileSync(file, 'old', { mode: 0o644 });
  writeFileSync(`${file}.new`, 'left by a killed process', { mode: 0o644 });
  writePrivately(file, 'new');
  writePrivately(`${file}.key`, Uint8Array.of(1, 2, 3));
  expect([readFileSync(file, 'utf8'), [...readFileSync(`${file}.key`)]]).toEqual(['new', [1, 2, 3]]);
  expect([forOthers(file), forOthers(`${file}.key`), existsSync(`${file}.new`)]).toEqual([0, 0, false]);
});
