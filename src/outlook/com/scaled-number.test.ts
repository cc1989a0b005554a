import { expect, it } from 'vitest';
import { guidBytes, guidText, IID } from './guid.ts';
import { scaled, scaleOf, unscaled } from './scaled-number.ts';

it('a number with a point in it is a whole one and back, without needless zeroes', () => {
  expect([scaled('-1234.5', 4), scaled('0.0001', 4), scaled('7', 4)]).toEqual([-12_345_000n, 1n, 70_000n]);
  expect([unscaled(-12_345_000n, 4), unscaled(1n, 4), unscaled(-5n, 0), unscaled(100n, 2)]).toEqual([
    '-1234.5',
    '0.0001',
    '-5',
    '1',
  ]);
  expect([scaleOf('1.25'), scaleOf('3')]).toEqual([2, 0]);
});

it('a number that does not fit is a bug', () => {
  expect(() => scaled('1.23456', 4)).toThrow('bug');
  expect(() => scaled('one', 4)).toThrow('bug');
});

it('a GUID has its first three groups backwards', () => {
  expect(Buffer.from(guidBytes('{00020400-0000-0000-C000-000000000046}')).toString('hex')).toBe(
    '0004020000000000c000000000000046',
  );
  expect(guidText(guidBytes(IID.IConnectionPoint))).toBe(IID.IConnectionPoint);
  expect(() => guidBytes('{0002}')).toThrow('no GUID');
});
