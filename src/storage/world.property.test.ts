import fc from 'fast-check';
import { test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { PATIENCE, someNatures, someRounds, survives } from '../sync/testing/arbitrary-world.ts';
import type { RecordContent } from '../sync/testing/record-kit.ts';
import { testStorage } from './testing.ts';

test(
  '[S1] [S2] nothing is lost and everything comes to rest when the memory lies in SQLite',
  async () => {
    const property = fc.asyncProperty(someNatures, someRounds, async (nature, rounds) => {
      const { storage, state, history } = testStorage<RecordContent>();
      try {
        await survives(nature, rounds, { state, history });
      } finally {
        storage.close();
      }
    });
    await fc.assert(property, runs(60));
  },
  PATIENCE,
);
