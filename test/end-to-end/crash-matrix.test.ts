import { it } from 'vitest';
import { expectSurvived } from './crash-matrix.ts';

/** Deaths in the ordinary run; `npm run test:long` dies at every step. */
const DEATHS = 3;

it('[S4] a real run has durable steps of all kinds; killed at some of them it ends as if nobody had killed it', async () => {
  const seed = Math.abs(Number(process.env['SEED'] ?? 1));
  await expectSurvived((count) => {
    const apart = Math.floor(count / DEATHS);
    return Array.from({ length: DEATHS }, (_, at) => at * apart + 1 + (seed % apart));
  });
});
