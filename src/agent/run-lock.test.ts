import { mkdtempSync } from 'node:fs';
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
