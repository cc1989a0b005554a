/** Random worlds and what users and processes do in them, for property tests. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Policy } from '../policies.ts';
import type { SideName, Supports } from '../side.ts';
import type { RecordContent } from './record-kit.ts';
import type { UserAct } from './users.ts';
import { type Mishap, type Nature, type Round, type WorldState, world } from './world.ts';

/** How long a property may take, however often it is tried. @units milliseconds */
export const PATIENCE = 60_000 * Number(process.env.RUNS ?? 1);

const side: fc.Arbitrary<SideName> = fc.constantFrom('server', 'outlook');

export const someActs: fc.Arbitrary<UserAct> = fc.record({
  on: side,
  deed: fc.constantFrom('add', 'edit', 'edit', 'edit', 'touch', 'delete', 'copy', 'rename', 'undo', 'restore'),
  pick: fc.nat(5),
  field: fc.nat(9),
});

/** One of `values`, mostly none. */
function seldom<T>(...values: readonly T[]): readonly (T | undefined)[] {
  return [...Array<undefined>(9), ...values];
}

/** Up to five runs with users before and in them, and deaths at any step. */
export const someRounds: fc.Arbitrary<readonly Round[]> = fc.array(
  fc.record({
    before: fc.array(someActs, { maxLength: 4 }),
    during: fc.array(fc.record({ step: fc.integer({ min: 1, max: 25 }), act: someActs }), { maxLength: 3 }),
    crashAt: fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined }),
    loseCursors: fc.constantFrom(false, false, false, true),
    mishap: fc.constantFrom(...seldom<Mishap>('restored', 'recreated', 'replaced')),
    readOnly: fc.constantFrom(...seldom<SideName>('server', 'outlook')),
    trouble: fc.option(
      fc.record({ on: side, call: fc.integer({ min: 1, max: 8 }), when: fc.constantFrom('before', 'after') }),
      { nil: undefined, freq: 4 },
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

const someSupports: fc.Arbitrary<Partial<Supports>> = fc.record(
  {
    guardedWrites: fc.constantFrom(true, true, false),
    clientIds: fc.boolean(),
    deletions: fc.constantFrom('reported', 'by-listing'),
  },
  { requiredKeys: [] },
);

/** An attendee's copy on the server: of some items only the mood may be written. */
const ONLY_MOOD: NonNullable<Policy<RecordContent>['permit']> = ({ on, now, wanted }) => {
  if (on === 'outlook' || !(now.uid ?? '').endsWith('2')) return wanted;
  const { mood: _before, ...fields } = now.fields;
  const { mood } = wanted.fields;
  return { ...now, fields: mood === undefined ? fields : { ...fields, mood } };
};

const somePolicies: fc.Arbitrary<Policy<RecordContent>> = fc.record(
  { writable: fc.constant({ server: true, outlook: true }), prefer: side, permit: fc.constant(ONLY_MOOD) },
  { requiredKeys: ['writable', 'prefer'] },
);

/** Sides of every kind, with policies that let both be written. */
export const someNatures: fc.Arbitrary<Nature> = fc
  .record({
    marks: fc.boolean(),
    foretells: fc.boolean(),
    supports: fc.record({ server: someSupports, outlook: someSupports }),
    policy: somePolicies,
    flaky: fc.constantFrom(0, 0, 3, 5),
    picky: fc.constantFrom(false, false, true),
  })
  // A side that neither guards nor foretells cannot tell its own rewriting from an edit undone between writing and reading back.
  .map((nature) => (Object.values(nature.supports).some(unguarded) ? { ...nature, foretells: true } : nature));

function unguarded(supports: Partial<Supports>): boolean {
  return supports.guardedWrites === false;
}

/** Plays the rounds in a world of this nature: nothing is lost on the way, and everything comes to rest. */
export async function survives(nature: Nature, rounds: readonly Round[], state: WorldState): Promise<void> {
  const played = world(nature, state);
  for (const round of rounds) {
    await played.play(round);
    expect(played.lost(), '[S1]').toEqual([]);
  }
  await played.settle();
  expect(played.lost(), '[S1]').toEqual([]);
  expect(played.disagreements(), '[S2]').toEqual([]);
}
