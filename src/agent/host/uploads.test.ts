import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openUploads } from './uploads.ts';

it('what an earlier agent left is gone when this one begins; what cannot be removed keeps it from nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  writeFileSync(join(folder, '1'), 'left');
  expect(openUploads(folder).all()).toEqual([]);
  const { file } = openUploads(folder).add('a.ics', 3);
  expect(readdirSync(folder)).toEqual([String(file)]);
  // No system removes what has such a name.
  expect(() => openUploads(join(folder, 'a\0b')).clear()).not.toThrow();
  rmSync(folder, { recursive: true });
});
