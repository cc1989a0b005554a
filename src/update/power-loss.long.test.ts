import { expect, it } from 'vitest';
import { momentsOfUpdate, survivesPowerLoss } from './testing/power-loss.ts';

it('a power loss at every moment of an update leaves a version that works, and the update is made good', async () => {
  const moments = await momentsOfUpdate();
  for (let moment = 1; moment <= moments; moment++) await survivesPowerLoss(moment);
  console.log(`lost the power at each of ${moments} moments`);
  expect(moments).toBeGreaterThan(20);
});
