import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordContent } from '../sync/testing/record-kit.ts';
import { type OpenState, stateContract } from '../sync/testing/state-contract.ts';
import { testStorage } from './testing.ts';

stateContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connector-state-'));
  const opened = (): OpenState => {
    const { storage, state, history } = testStorage<RecordContent>('pair', join(folder, 'state.db'));
    return {
      state,
      history,
      reports: () => storage.reports.list({ most: 10 }),
      reopen: () => {
        storage.close();
        return opened();
      },
      close: () => {
        storage.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
  return opened();
});
