import { expect, test } from 'vitest';
import { BOTH_WAYS } from '../sync/policies.ts';
import { chosenPolicy } from './chosen-policy.ts';

const chosen = (set: Readonly<Record<string, unknown>>) =>
  chosenPolicy(BOTH_WAYS, { get: (name) => set[name.replace('option.', '')] });

test('[T3] [T5] [G1] without a choice the server wins, an edit beats a deletion, and ten deletions or a fifth go through', () => {
  const guard = { count: 10, share: 0.2 };
  expect(chosen({})).toEqual({ ...BOTH_WAYS, prefer: 'server', asks: false, deletionWins: false, guard });
});

test('[P8] [P9] [G1] the engine is told what the user chose', () => {
  const set = { 'conflict.rule': 'outlook', 'conflict.deletions': 'win', 'guard.count': 3, 'guard.share': 50 };
  const guard = { count: 3, share: 0.5 };
  expect(chosen(set)).toMatchObject({ prefer: 'outlook', asks: false, deletionWins: true, guard });
  expect(chosen({ 'conflict.rule': 'ask' })).toMatchObject({ prefer: 'server', asks: true });
});
