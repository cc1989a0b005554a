import { expect, it } from 'vitest';
import { momentsOfUpdate, survivesPowerLoss } from './testing/power-loss.ts';

/** `power-loss.long.test.ts` loses the power at every moment. */
const EVERY = 18;

it('a power loss at any moment of an update leaves a version that works, and the update is made good', async () => {
  const moments = await momentsOfUpdate();
  expect(moments).toBeGreaterThan(20);
  const some = Array.from({ length: moments }, (_, at) => at + 1).filter((at) => at % EVERY === moments % EVERY);
  for (const moment of some) await survivesPowerLoss(moment);
});

it('a power loss in the middle of the installer, when neither version is whole, brings one back', async () => {
  await survivesPowerLoss(0, { DIE_IN_INSTALLER: '1' });
});
