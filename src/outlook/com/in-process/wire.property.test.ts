import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import type { Arg, Handle, OutlookValue, Program, Step } from '../../program/program.ts';
import { encodeProgram, encodeRelease, encodeResume, encodeRun } from './encode-request.ts';
import { decodeRequest, slotName } from './testing/decode-request.ts';
import { WireFault, wireReader, wireWriter } from './wire-bytes.ts';
import { readValue, writeValue } from './wire-values.ts';

const date = fc
  .date({ min: new Date('0101-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((value) => ({ date: value.toISOString().slice(0, 19) }));
const number = fc.nat({ max: 0xffffffff });
const { value } = fc.letrec<{ value: OutlookValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.constantFrom(null, true, false, -0, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, Number.POSITIVE_INFINITY),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 2000 }),
    fc.uint8Array({ maxLength: 3000 }),
    date,
    fc.record({ error: number }),
    fc.record({ object: number }),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
}));

it('a value is the same on the other side, whatever its text, its sign and its date', () => {
  fc.assert(
    fc.property(value, (given) => {
      const write = wireWriter();
      writeValue(write, given);
      const read = wireReader(write.done());
      expect([readValue(read), read.left()]).toEqual([given, 0]);
    }),
    runs(300),
  );
});

const HANDLES = ['application', 'item', 'Subject', 'x.y'];
const handle: fc.Arbitrary<Handle> = fc.constantFrom(...HANDLES);
const arg: fc.Arbitrary<Arg> = fc.oneof(value, fc.record({ handle }));
const args = fc.array(arg, { maxLength: 3 });
const member = fc.constantFrom('Subject', 'Count', 'Élan');
const optional = fc.constantFrom({}, { optional: true as const });
const leaf: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(handle, member, handle, args, optional)
    .map(([on, name, as, given, marks]): Step => ({ do: 'get', on, member: name, as, args: given, ...marks })),
  fc
    .tuple(handle, member, fc.option(handle, { nil: undefined }), args, optional)
    .map(([on, name, as, given, marks]): Step => {
      const call = { do: 'call' as const, on, member: name, args: given, ...marks };
      return as === undefined ? call : { ...call, as };
    }),
  fc
    .tuple(handle, member, arg, optional)
    .map(([on, name, given, marks]): Step => ({ do: 'put', on, member: name, value: given, ...marks })),
  fc.record({ do: fc.constant('expect' as const), handle, values: fc.array(value, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('release' as const), handle }),
);
const each: fc.Arbitrary<Step> = fc
  .tuple(handle, handle, fc.array(leaf, { maxLength: 4 }), fc.array(handle, { maxLength: 3 }), fc.option(fc.nat()))
  .map(([of, as, steps, collect, most]) => ({
    do: 'each',
    of,
    as,
    steps,
    collect,
    ...(most === null ? {} : { most }),
  }));
/** Makes the handles known in an order that the test knows. */
const first: readonly Step[] = HANDLES.map((one) => ({ do: 'release', handle: one }));
const program: fc.Arbitrary<Program> = fc.record({
  label: fc.constant('decoded'),
  given: fc.constant({}),
  steps: fc.array(fc.oneof(leaf, each), { maxLength: 6 }).map((steps) => [...first, ...steps]),
  returns: fc.array(handle, { maxLength: 3 }),
});

/** The program with its handles called by their slots, which are those of {@link HANDLES}. */
function renamed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, one: unknown) => {
    if (['on', 'as', 'of', 'handle'].includes(key) && typeof one === 'string') return slotName(HANDLES.indexOf(one));
    if (['collect', 'returns'].includes(key)) return (one as string[]).map((name) => slotName(HANDLES.indexOf(name)));
    return one;
  });
}

it('a program is the same on the other side, with the objects to give back and its budget', () => {
  fc.assert(
    fc.property(program, fc.array(number, { maxLength: 4 }), fc.nat({ max: 0xffff }), (given, releases, budget) => {
      const request = decodeRequest(encodeRun(encodeProgram(given), { budget, releases }));
      expect(request.budget).toBe(budget);
      expect(request.releases).toEqual(releases.map((object) => ({ object })));
      const read = request.does.op === 'run' ? request.does.program : undefined;
      expect(JSON.parse(JSON.stringify(read))).toEqual(renamed(given));
    }),
    runs(300),
  );
});

it('what only goes on or gives back carries no program', () => {
  expect(decodeRequest(encodeResume(30))).toEqual({ budget: 30, releases: [], does: { op: 'resume' } });
  expect(decodeRequest(encodeRelease([7]))).toEqual({ budget: 0, releases: [{ object: 7 }], does: { op: 'release' } });
});

it('bytes that are cut off or changed are a fault or another value, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readValue(wireReader(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(WireFault);
      }
    }),
    runs(500),
  );
});
