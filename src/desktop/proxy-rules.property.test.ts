import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowsProxyFor } from './proxy-rules.ts';

const runs = {
  numRuns: Number(process.env['RUNS'] ?? 300),
  ...(process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }),
};

const few = (of: string, most: number) =>
  fc.array(fc.constantFrom(...of), { minLength: 1, maxLength: most }).map((letters) => letters.join(''));

it('stars stand for any piece of a name, as regular expressions have it', () => {
  fc.assert(
    fc.property(few('aab.', 8), few('aab.*', 6), (name, pattern) => {
      const host = `x${name}x`.replace(/\.{2,}/g, '.');
      const wanted = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      const around = new RegExp(`^x${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}x$`);
      const by = (exceptions: string) => windowsProxyFor(new URL(`https://${host}`), { servers: 'p:1', exceptions });
      expect([by(pattern) === '', by(`x${pattern}x`) === '']).toEqual([wanted.test(host), around.test(host)]);
    }),
    runs,
  );
});
