import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateOfOle, oleDate } from './ole-date.ts';

const runs = {
  numRuns: Number(process.env['RUNS'] ?? 200),
  ...(process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }),
};

const date = fc
  .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((value) => ({ date: value.toISOString().slice(0, 19) }));

it('a date of any year that Outlook knows is the same after its way through a number', () => {
  fc.assert(
    fc.property(date, (one) => {
      expect(dateOfOle(oleDate(one))).toEqual(one);
    }),
    runs,
  );
});

it('days before the first one count their hours forward', () => {
  expect([oleDate({ date: '1899-12-30T06:00:00' }), oleDate({ date: '1899-12-29T06:00:00' })]).toEqual([0.25, -1.25]);
  expect(dateOfOle(-1.25)).toEqual({ date: '1899-12-29T06:00:00' });
  expect(oleDate({ date: '2026-03-01T12:00:00' })).toBe(46_082.5);
});
