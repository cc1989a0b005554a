import { it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { expectSurvived } from './crash-matrix.ts';

/** Three deaths in the ordinary run, two of them right after an effect; `npm run test:long` dies at every step. */
it('[S4] a real run has durable steps of all kinds; killed at some of them it ends as if nobody had killed it', async () => {
  const seed = Math.abs(Number(process.env['SEED'] ?? 1));
  await expectSurvived((steps) => {
    const after = (what: string) => {
      const all = steps.flatMap((step, at) => (step === `after ${what}` ? [at + 1] : []));
      return must(all[seed % all.length]);
    };
    return [after('the server'), after('outlook.sqlite'), 1 + (seed % steps.length)];
  });
});
