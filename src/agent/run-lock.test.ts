import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeRunLock } from './run-lock.ts';

it('[Y1] a second run is refused while the first goes on, and accepted after it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'connector-')), 'run.lock');
  const first = takeRunLock(file);
  expect(() => takeRunLock(file)).toThrow(/Another synchronisation is going on/);
  first.release();
  takeRunLock(file).release();
});

it('a lock file that is none, or has no folder, is told and not taken for a run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-'));
  const file = join(folder, 'run.lock');
  writeFileSync(file, 'this is a letter, and it is long enough to be read as one'.repeat(20));
  expect(() => takeRunLock(file)).toThrow(expect.objectContaining({ code: 'STORAGE_DAMAGED' }));
  expect(() => takeRunLock(join(folder, 'none', 'run.lock'))).toThrow(
    expect.objectContaining({ code: 'STORAGE_UNREACHABLE' }),
  );
});
