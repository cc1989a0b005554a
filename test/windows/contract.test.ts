/**
 * The contract over COM, in another process than Outlook: by direct calls and through the add-in. Both begin with a new Outlook that
 * has the same time and the same random numbers, so that each program must come to the same end both ways, to the last byte.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFailure } from '../../src/base/failure.ts';
import type { Executor } from '../../src/outlook/program/program.ts';
import { outlookContract } from '../../src/outlook/testing/outlook-contract.ts';
import { type AddInWorld, openAddInWorld } from './shim/add-in-world.ts';

type Way = 'direct' | 'add-in';

let world: AddInWorld;
/** What became of each program of each test, in order. */
const told: Readonly<Record<Way, string[]>> = { direct: [], 'add-in': [] };

beforeAll(async () => {
  world = await openAddInWorld();
});
afterAll(() => world.close());

/** An executor that keeps the outcomes of the test that runs. */
function recorded(by: Way, executor: Executor): Executor {
  const test = (expect.getState().currentTestName ?? '').split(' > ').slice(1).join(' > ');
  const lines = told[by];
  return {
    ...executor,
    run: async (program) => {
      const before = executor.calls();
      const tell = (what: string) => lines.push(`${test}: ${program.label}: ${what}`);
      try {
        const outcome = await executor.run(program);
        tell(`${comparable(outcome)} after ${executor.calls() - before} calls`);
        return outcome;
      } catch (error) {
        tell(isFailure(error) ? `${error.code}, ${error.retry}, ${error.message}` : String(error));
        throw error;
      }
    },
  };
}

/** Of an object only that it is one: its number is each way's own. */
function comparable(outcome: unknown): string {
  return JSON.stringify(outcome, (key, value: unknown) => {
    if (key === 'object') return 'held';
    return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
  });
}

describe.each<Way>(['direct', 'add-in'])('%s', (by) => {
  beforeAll(() => world.reopen());
  outlookContract(
    async () => {
      const outlook = await world.contractOutlook(by);
      return { ...outlook, executor: recorded(by, outlook.executor) };
    },
    { globalIds: true, left: {} },
  );
});

it('every program has the same outcome after as many calls, directly and through the add-in', () => {
  const { direct, 'add-in': inside } = told;
  console.log(`${direct.length} programs compared`);
  expect(direct.length).toBeGreaterThan(2500);
  expect(inside.length).toBe(direct.length);
  const differing = direct.flatMap((line, at) => (line === inside[at] ? [] : [{ direct: line, inside: inside[at] }]));
  expect(differing).toEqual([]);
});
