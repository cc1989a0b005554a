import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { PATIENCE, someActs, someNatures, someRounds, survives } from './testing/arbitrary-world.ts';
import { crashMatrix } from './testing/crash-matrix.ts';
import { memoryState } from './testing/memory-state.ts';
import type { RecordContent } from './testing/record-kit.ts';
import { tripwire } from './testing/tripwire.ts';
import { type Nature, type World, type WorldState, world } from './testing/world.ts';

const memory = (): WorldState => {
  const state = memoryState<RecordContent>();
  return { state, history: state.history };
};

test(
  '[S1] [S2] [S11] nothing is lost and everything comes to rest, whatever users do and wherever the process dies',
  async () => {
    const property = fc.asyncProperty(someNatures, someRounds, (nature, rounds) => survives(nature, rounds, memory()));
    await fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S1] [S2] [S8] a side that may only be read is never written, and undone edits are kept',
  async () => {
    const property = fc.asyncProperty(
      someNatures,
      someRounds,
      fc.constantFrom('server' as const, 'outlook' as const),
      async (nature, rounds, protectedSide) => {
        const { permit: _permit, ...policy } = nature.policy;
        const writable = { server: protectedSide !== 'server', outlook: protectedSide !== 'outlook' };
        await survives({ ...nature, policy: { ...policy, writable } }, rounds, memory());
      },
    );
    await fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S4] a run that dies at any step ends as one that did not',
  async () => {
    let histories = 0;
    const property = fc.asyncProperty(
      someNatures,
      fc.array(someActs, { minLength: 1, maxLength: 5 }),
      fc.array(someActs, { minLength: 1, maxLength: 5 }),
      async (nature, earlier, later) => {
        const steady: Nature = { ...nature, foretells: true, flaky: 0 };
        const start = async () => {
          const made = world(steady, memory());
          for (const act of earlier) made.act(act);
          await made.run(tripwire());
          for (const act of later) made.act(act);
          return { run: made.run, outcome: () => [fieldsOf(made), made.disagreements()] };
        };
        const { findings, steps } = await crashMatrix(start);
        expect(findings).toEqual([]);
        histories += steps + 1;
      },
    );
    await fc.assert(property, runs(170));
    // Every world is a history for each of its steps.
    expect(histories).toBeGreaterThanOrEqual(2000 * Number(process.env['RUNS'] ?? 1));
  },
  PATIENCE,
);

function fieldsOf(made: World): unknown {
  const { server, outlook } = made.contents();
  return [server, outlook].map((contents) => contents.map((content) => JSON.stringify(content.fields)).sort());
}
