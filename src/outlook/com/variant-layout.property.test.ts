import fc from 'fast-check';
import { expect, it } from 'vitest';
import { must } from '../../base/assert.ts';
import { fakeMemory, type Thing } from './testing/fake-memory.ts';
import { plainOf, type Typed, tableOf, typedOf } from './variant.ts';
import { readVariant, VARIANT_SIZE, writeBack, writeVariant } from './variant-layout.ts';

const runs = {
  numRuns: Number(process.env['RUNS'] ?? 300),
  ...(process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }),
};

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && 'thing' in value;
const record = <V extends string, T>(vt: V, value: fc.Arbitrary<T>) => fc.record({ vt: fc.constant(vt), value });
const whole = (bits: number, signed: boolean) =>
  fc.integer(signed ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 });
const decimal = (largest: bigint, digits: number) =>
  fc.tuple(fc.bigInt({ min: -largest, max: largest }), fc.nat({ max: digits })).map(([value, scale]) => {
    const text = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
    const [front, back] = [text.slice(0, text.length - scale), text.slice(text.length - scale).replace(/0+$/, '')];
    return `${value < 0n ? '-' : ''}${front}${back === '' ? '' : `.${back}`}`;
  });
const date = fc
  .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((value) => ({ date: value.toISOString().slice(0, 19) }));
const thing = fc.nat({ max: 9 }).map((number): Thing => ({ thing: number }));

const scalar: fc.Arbitrary<Typed<Thing>> = fc.oneof(
  fc.constantFrom<Typed<Thing>>({ vt: 'empty' }, { vt: 'null' }),
  record('bool', fc.boolean()),
  record('i1', whole(8, true)),
  record('ui1', whole(8, false)),
  record('i2', whole(16, true)),
  record('ui2', whole(16, false)),
  record('i4', whole(32, true)),
  record('int', whole(32, true)),
  record('ui4', whole(32, false)),
  record('uint', whole(32, false)),
  record('error', whole(32, false)),
  record('r4', fc.float({ noNaN: true })),
  record('r8', fc.double({ noNaN: true })),
  record('i8', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  record('ui8', fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  record(
    'cy',
    decimal(2n ** 63n - 1n, 4).filter((text) => (text.split('.')[1]?.length ?? 0) === 4),
  ),
  record('decimal', decimal(2n ** 96n - 1n, 28)),
  record('date', date),
  record('bstr', fc.string({ unit: 'binary' })),
  record('dispatch', fc.option(thing)),
  record('unknown', fc.option(thing)),
);
const bytes: fc.Arbitrary<Typed<Thing>> = fc
  .uint8Array()
  .map((values) => ({ vt: 'array', of: 'ui1', lengths: [values.length], values }));
const { value } = fc.letrec<{ value: Typed<Thing> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    scalar,
    bytes,
    fc
      .tuple(fc.nat({ max: 4 }), fc.nat({ max: 3 }), fc.nat({ max: 2 }), fc.nat({ max: 3 }))
      .chain(([dimensions, a, b, c]) => {
        const lengths = [a, b, c].slice(0, 1 + (dimensions % 3));
        const count = lengths.reduce((product, length) => product * length, 1);
        return fc
          .array(tie('value'), { minLength: count, maxLength: count })
          .map((values): Typed<Thing> => ({ vt: 'array', of: 'variant', lengths, values }));
      }),
    fc.array(whole(32, true), { maxLength: 5 }).map(
      (list): Typed<Thing> => ({
        vt: 'array',
        of: 'i4',
        lengths: [list.length],
        values: list.map((one) => ({ vt: 'i4', value: one })),
      }),
    ),
  ),
}));

/** There and back, and what is still held in between is given back. */
function through(typed: Typed<Thing>): Typed<Thing> {
  const memory = fakeMemory();
  const room = memory.view(memory.cell(), VARIANT_SIZE);
  writeVariant(memory, room, 0, typed);
  return readVariant(memory, room, 0);
}

it('a value of any type is the same after its way through memory', () => {
  fc.assert(
    fc.property(value, (typed) => {
      expect(through(typed)).toEqual(typed);
    }),
    runs,
  );
});

it('a value passed by reference arrives, and another one of its type can be put there', () => {
  const ofOneType = fc.tuple(scalar, scalar).filter(([a, b]) => a.vt === b.vt && a.vt !== 'empty' && a.vt !== 'null');
  fc.assert(
    fc.property(fc.oneof(ofOneType, fc.tuple(value, value)), fc.boolean(), ([before, after], anyType) => {
      const same = before.vt === after.vt && before.vt !== 'array' && before.vt !== 'empty' && before.vt !== 'null';
      const variant = anyType || !same;
      const memory = fakeMemory();
      const room = memory.view(memory.cell(), VARIANT_SIZE);
      writeVariant(memory, room, 0, { vt: 'byRef', cell: { value: before, variant } });
      expect(readVariant(memory, room, 0)).toEqual(before);
      writeBack(memory, room, 0, after);
      expect(readVariant(memory, room, 0)).toEqual(after);
    }),
    runs,
  );
});

it('the bytes are those that Windows knows', () => {
  const memory = fakeMemory();
  const bytesOf = (typed: Typed<Thing>) => {
    const room = memory.view(memory.cell(), VARIANT_SIZE);
    writeVariant(memory, room, 0, typed);
    return Buffer.from(room.buffer, room.byteOffset, 16).toString('hex');
  };
  expect(bytesOf({ vt: 'bool', value: true })).toBe('0b00000000000000ffff000000000000');
  expect(bytesOf({ vt: 'i4', value: -2 })).toBe('0300000000000000feffffff00000000');
  expect(bytesOf({ vt: 'cy', value: '-1.5' })).toBe('060000000000000068c5ffffffffffff');
  // 123.45 is 12345 with two digits behind the point, the sign in the fourth byte.
  expect(bytesOf({ vt: 'decimal', value: '-123.45' })).toBe('0e000280000000003930000000000000');
  expect(bytesOf({ vt: 'error', value: 0x80020004 })).toBe('0a000000000000000400028000000000');
});

it('a table lies column by column in memory', () => {
  const memory = fakeMemory();
  const table = tableOf(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    isThing,
  );
  expect(table).toMatchObject({ vt: 'array', lengths: [2, 3] });
  const room = memory.view(memory.cell(), VARIANT_SIZE);
  writeVariant(memory, room, 0, table);
  const array = memory.view(room.getBigUint64(8, true), 40);
  const elements = memory.view(array.getBigUint64(16, true), 6 * VARIANT_SIZE);
  expect([0, 1, 2, 3, 4, 5].map((at) => elements.getInt32(at * VARIANT_SIZE + 8, true))).toEqual([1, 4, 2, 5, 3, 6]);
  // The bounds: the last dimension first.
  expect([array.getUint16(0, true), array.getUint32(24, true), array.getUint32(32, true)]).toEqual([2, 3, 2]);
  expect(plainOf(readVariant(memory, room, 0))).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

it('plain values go as Visual Basic would send them', () => {
  expect(
    [5, -0, 2 ** 31, 'é', true, null, { date: '2026-03-01T00:00:00' }, { error: 7 }, { thing: 1 }].map(
      (plain) => typedOf(plain, isThing).vt,
    ),
  ).toEqual(['i4', 'r8', 'r8', 'bstr', 'bool', 'error', 'date', 'error', 'dispatch']);
  expect(typedOf(Uint8Array.of(1, 2), isThing)).toEqual({
    vt: 'array',
    of: 'ui1',
    lengths: [2],
    values: Uint8Array.of(1, 2),
  });
  expect(must(plainOf(typedOf<Thing>(['a', ['b', null]], isThing)))).toEqual(['a', ['b', null]]);
});
