import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { dateOfOle, oleDate } from './ole-date.ts';
import { packOutcome, packProgram, unpackOutcome, unpackProgram } from './packed-program.ts';
import type { Arg, Handle, ObjectRef, Outcome, OutlookValue, Program, Step } from './program.ts';

const runs = { numRuns: Number(process.env['RUNS'] ?? 200), ...seed() };

function seed(): { seed?: number } {
  return process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };
}

const date = fc
  .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((value) => ({ date: value.toISOString().slice(0, 19) }));
const object: fc.Arbitrary<ObjectRef> = fc.record({ object: fc.nat() });
const { value } = fc.letrec<{ value: OutlookValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.constantFrom(null, true, false, -0, 2 ** 31, -(2 ** 31)),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    date,
    fc.record({ error: fc.nat({ max: 0xffffffff }) }),
    object,
    fc.array(tie('value'), { maxLength: 4 }),
  ),
}));
const handle: fc.Arbitrary<Handle> = fc.constantFrom('application', 'item', 'Subject', 'Subject2', 'x.y');
const arg: fc.Arbitrary<Arg> = fc.oneof(value, fc.record({ handle }));
const member = fc.constantFrom('Subject', 'Count', 'Élan', '');
const optional = { optional: fc.constant(true as const) };
const leaf: fc.Arbitrary<Step> = fc.oneof(
  fc.record(
    { do: fc.constant('get' as const), on: handle, member, as: handle, args: fc.array(arg), ...optional },
    { requiredKeys: ['do', 'on', 'member', 'as'] },
  ),
  fc.record(
    { do: fc.constant('call' as const), on: handle, member, as: handle, args: fc.array(arg), ...optional },
    { requiredKeys: ['do', 'on', 'member'] },
  ),
  fc.record(
    { do: fc.constant('put' as const), on: handle, member, value: arg, ...optional },
    { requiredKeys: ['do', 'on', 'member', 'value'] },
  ),
  fc.record({ do: fc.constant('expect' as const), handle, values: fc.array(value) }),
  fc.record({ do: fc.constant('release' as const), handle }),
);
const each: fc.Arbitrary<Step> = fc.record(
  {
    do: fc.constant('each' as const),
    of: handle,
    as: handle,
    steps: fc.array(leaf, { maxLength: 4 }),
    collect: fc.array(handle, { maxLength: 3 }),
    most: fc.nat(),
  },
  { requiredKeys: ['do', 'of', 'as', 'steps', 'collect'] },
);
const everyHandle: Step[] = ['application', 'item', 'Subject', 'Subject2', 'x.y'].map((name) => ({
  do: 'call',
  on: 'application',
  member: 'Nothing',
  as: name,
}));
const program: fc.Arbitrary<Program> = fc.record({
  label: fc.constant('packed'),
  given: fc.dictionary(fc.constantFrom('session', 'folder'), object),
  steps: fc.array(fc.oneof(leaf, each), { maxLength: 6 }).map((steps) => [...everyHandle, ...steps]),
  returns: fc.array(handle, { maxLength: 3 }),
});

/** The same program with its handles named as unpacking names them, and what may be left out left out. */
function plain({ given, steps, returns }: Program): unknown {
  const names = new Map<Handle, string>([['application', 'application']]);
  const name = (one: Handle) => names.get(one) ?? names.set(one, `slot${names.size}`).get(one);
  const first = Object.entries(given ?? {}).map(([one, ref]) => [name(one), ref]);
  const argument = (one: Arg) =>
    typeof one === 'object' && one !== null && 'handle' in one ? { handle: name(one.handle) } : one;
  const step = (one: Step): unknown => {
    switch (one.do) {
      case 'get':
      case 'call':
        return {
          ...one,
          as: one.as === undefined ? undefined : name(one.as),
          on: name(one.on),
          args: (one.args ?? []).map(argument),
        };
      case 'put':
        return { ...one, on: name(one.on), value: argument(one.value) };
      case 'each':
        return {
          ...one,
          as: name(one.as),
          of: name(one.of),
          steps: one.steps.map(step),
          collect: one.collect.map(name),
        };
      default:
        return { ...one, handle: name(one.handle) };
    }
  };
  return { given: Object.fromEntries(first), steps: steps.map(step), returns: returns.map(name) };
}

it('a program that was packed is the same program, its handles renamed in the order in which they appear', () => {
  fc.assert(
    fc.property(program, fc.nat(), (one, budget) => {
      const unpacked = unpackProgram(packProgram(one, budget));
      expect({ ...unpacked, budget: undefined, label: undefined }).toEqual(plain(one));
      expect(unpacked.budget).toBe(budget);
    }),
    runs,
  );
});

it('what came of a program arrives as it was', () => {
  const done = program.chain((one) =>
    fc.record({
      one: fc.constant(one),
      outcome: fc.oneof(
        fc.tuple(...one.returns.map(() => value)).map(
          (all): Outcome => ({
            kind: 'done',
            values: Object.fromEntries(one.returns.map((n, i) => [n, all[i] ?? null])),
          }),
        ),
        fc.record({ kind: fc.constant('stale' as const), handle, value }),
        fc.record({
          kind: fc.constant('failed' as const),
          step: fc.nat({ max: 0xffff }),
          member,
          hresult: fc.nat({ max: 0xffffffff }),
          message: fc.string({ unit: 'binary' }),
        }),
      ),
      calls: fc.nat(),
    }),
  );
  fc.assert(
    fc.property(done, ({ one, outcome, calls }) => {
      expect(unpackOutcome(one, packOutcome(one, outcome, calls))).toEqual({ outcome, calls });
    }),
    runs,
  );
});

it('bytes that are no program are refused, whatever they are', () => {
  const cut = fc.tuple(program, fc.nat(), fc.nat(255), fc.nat()).map(([one, at, byte, length]) => {
    const { bytes, objects } = packProgram(one, 1000);
    bytes[at % bytes.length] = byte;
    return { bytes: bytes.subarray(0, 1 + (length % bytes.length)), objects };
  });
  const anything = fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), objects: fc.array(object) });
  fc.assert(
    fc.property(fc.oneof(cut, anything), (packed) => {
      try {
        packProgram(unpackProgram(packed), 1000);
      } catch (error) {
        expect(isFailure(error, 'OUTLOOK_FAILED')).toBe(true);
      }
    }),
    runs,
  );
});

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
