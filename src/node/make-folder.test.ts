import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

it('a folder is made with those above it, and one that is there is left alone', () => {
  const deep = join(mkdtempSync(join(tmpdir(), 'connector-')), 'a', 'b', 'c');
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
});

it('a folder that cannot be made is an error at once, wherever it is', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'connector-')), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'a', 'b'))).toThrow(/ENOTDIR|EEXIST|ENOENT/);
  expect(() => makeFolder('/proc/nope/deep')).toThrow();
});
