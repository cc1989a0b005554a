import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestStorage, testStorage } from '../../storage/testing.ts';
import type { Agent } from '../agent.ts';
import { makeBundle } from '../report/bundle.ts';
import { examineAgent } from './examine.ts';

let memory: TestStorage<unknown>;
beforeEach(() => {
  memory = testStorage();
  const { runs } = memory.storage;
  const run = runs.begin({ account: 'account', startedAt: 0, why: 'asked' });
  runs.end(run, { endedAt: 1, changes: 0, failed: 0, held: 0, folders: 1, notes: [], failure: undefined });
});
afterEach(() => memory.storage.close());

/** Two deletions that were too many, of which so many are decided, and what is looked at again by itself. */
function hold(decided: number): void {
  memory.state.transaction((tx) => {
    const keys = ['one', 'two'];
    tx.setHeld([
      ...keys.map((key) => ({ key, rule: 'G1' as const, title: key, on: 'outlook' as const })),
      { key: 'three', rule: 'E3', title: 'three', on: 'outlook' },
    ]);
    for (const key of keys.slice(0, decided)) tx.decide(key, 'apply');
  });
}

const agent = () => {
  const { storage } = memory;
  return { storage, accounts: () => [], pairs: () => storage.pairs.all() } as unknown as Agent;
};

it('what was decided waits no more, for the check of the last run and for the report', async () => {
  const told = async () => {
    const of = { agent: agent(), logs: tmpdir(), version: '1', now: 0, findings: [] };
    const { folders } = JSON.parse(makeBundle(of).text) as {
      readonly folders: readonly { readonly waiting: number }[];
    };
    const findings = await examineAgent(agent());
    const { result, says } = findings.find(({ check }) => check === 'Synchronization') ?? {};
    return [result, says?.replace(/at [\d-]+ [\d:]+[:;]? */, ''), folders.map(({ waiting }) => waiting)];
  };
  hold(1);
  expect(await told()).toEqual(['warning', 'The last run, 0 items failed, 1 wait for a decision.', [1]]);
  hold(2);
  expect(await told()).toEqual(['good', 'The last run was everything is in step.', [0]]);
});
