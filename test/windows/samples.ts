import type { Typed } from '../../src/outlook/com/variant.ts';

/** One value of every type that crosses, and the corners of some. */
export const SAMPLES: readonly Typed<never>[] = [
  { vt: 'empty' },
  { vt: 'null' },
  { vt: 'bool', value: true },
  { vt: 'bool', value: false },
  { vt: 'i1', value: -5 },
  { vt: 'ui1', value: 250 },
  { vt: 'i2', value: -32_768 },
  { vt: 'ui2', value: 65_535 },
  { vt: 'i4', value: -2_147_483_648 },
  { vt: 'ui4', value: 4_294_967_295 },
  { vt: 'int', value: 7 },
  { vt: 'uint', value: 7 },
  { vt: 'i8', value: -(2n ** 63n) },
  { vt: 'ui8', value: 2n ** 64n - 1n },
  { vt: 'r4', value: 0.5 },
  { vt: 'r8', value: 1e300 },
  { vt: 'cy', value: '-922337203685477.5808' },
  { vt: 'decimal', value: '-79228162514264337593543950335' },
  { vt: 'decimal', value: '0.0000000000000000000000000001' },
  { vt: 'date', value: { date: '2026-03-29T02:30:15' } },
  { vt: 'date', value: { date: '1899-12-29T06:00:00' } },
  { vt: 'bstr', value: '' },
  { vt: 'bstr', value: 'é€漢\u0000🙂' },
  { vt: 'error', value: 0x8004010f },
  { vt: 'error', value: 0x80020004 },
  { vt: 'dispatch', value: null },
  { vt: 'unknown', value: null },
  { vt: 'array', of: 'ui1', lengths: [0], values: new Uint8Array(0) },
  { vt: 'array', of: 'ui1', lengths: [5], values: Uint8Array.of(0, 1, 2, 254, 255) },
  { vt: 'array', of: 'bstr', lengths: [2], values: [texts('a'), texts('é')] },
  { vt: 'array', of: 'i4', lengths: [2], values: [number(1), number(-1)] },
  {
    vt: 'array',
    of: 'variant',
    lengths: [3],
    values: [number(1), texts('two'), { vt: 'array', of: 'variant', lengths: [1], values: [{ vt: 'null' }] }],
  },
  {
    vt: 'array',
    of: 'variant',
    lengths: [2, 3],
    values: [number(1), texts('b'), number(3), { vt: 'empty' }, number(5), texts('f')],
  },
  { vt: 'array', of: 'variant', lengths: [0, 3], values: [] },
];

/** Those that a reference can be of: one value of a type of its own. */
export const SCALARS = SAMPLES.filter(({ vt }) => vt !== 'empty' && vt !== 'null' && vt !== 'array');

function texts(value: string): Typed<never> {
  return { vt: 'bstr', value };
}

function number(value: number): Typed<never> {
  return { vt: 'i4', value };
}
