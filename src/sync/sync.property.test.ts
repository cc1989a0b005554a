import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from './policies.ts';
import { memoryState } from './testing/memory-state.ts';
import type { RecordContent } from './testing/record-kit.ts';
import type { UserAct } from './testing/users.ts';
import { type Nature, type Round, world } from './testing/world.ts';

const RUNS = Number(process.env.RUNS ?? 1);
const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const settings = (numRuns: number) => ({ numRuns: numRuns * RUNS, ...(seed !== undefined && { seed }) });

const side = fc.constantFrom('server' as const, 'outlook' as const);
const act: fc.Arbitrary<UserAct> = fc.record({
  on: side,
  deed: fc.constantFrom('add', 'edit', 'edit', 'edit', 'touch', 'delete', 'copy', 'rename', 'undo', 'restore'),
  pick: fc.nat(5),
  field: fc.nat(9),
});
const round: fc.Arbitrary<Round> = fc.record({
  before: fc.array(act, { maxLength: 4 }),
  during: fc.array(fc.record({ step: fc.integer({ min: 1, max: 25 }), act }), { maxLength: 3 }),
  crashAt: fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined }),
  loseCursors: fc.boolean().map((b) => b),
});
const policy: fc.Arbitrary<Policy<RecordContent>> = fc.record({
  writable: fc.constant({ server: true, outlook: true }),
  prefer: side,
});
const supports = fc.record(
  {
    guardedWrites: fc.constantFrom(true, true, false),
    clientIds: fc.boolean(),
    deletions: fc.constantFrom('reported' as const, 'by-listing' as const),
  },
  { requiredKeys: [] },
);
const nature: fc.Arbitrary<Nature> = fc.record({
  marks: fc.boolean(),
  foretells: fc.boolean(),
  supports: fc.record({ server: supports, outlook: supports }),
  policy,
});

test('[S1][S2] nothing is lost and everything comes to rest', async () => {
  await fc.assert(
    fc.asyncProperty(nature, fc.array(round, { minLength: 1, maxLength: 5 }), async (nature, rounds) => {
      const state = memoryState<RecordContent>();
      const w = world(nature, { state, history: state.history });
      for (const r of rounds) {
        await w.play(r);
        expect(w.lost()).toEqual([]);
      }
      await w.settle();
      expect(w.lost()).toEqual([]);
      expect(w.disagreements()).toEqual([]);
    }),
    settings(300),
  );
});
