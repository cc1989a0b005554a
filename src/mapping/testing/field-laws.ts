/** The laws of {@link Field}, as one suite for every field of every mapping. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../base/digest.ts';
import { runs } from '../../base/testing/runs.ts';
import { type Field, isSame } from '../field.ts';

export type FieldLaws<S, V> = {
  readonly name: string;
  readonly field: Field<S, V>;
  /** Every shape that the side can hold, odd ones included. */
  readonly shapes: fc.Arbitrary<S>;
  readonly values: fc.Arbitrary<V>;
  /** What two values must share to count as one; deep equality unless told. */
  readonly seen?: ((value: V) => unknown) | undefined;
  /** Pairs that law 2 does not speak of; say why at the call. */
  readonly except?: ((shape: S, value: V) => boolean) | undefined;
};

/** Tests the two laws of a field, and that writing touches nothing of the shape it was given. */
export function fieldLaws<S extends object, V>(laws: FieldLaws<S, V>): void {
  const { name, field, shapes, values, seen = (value: V): unknown => value, except = () => false } = laws;
  const text = (value: V) => canonicalJson(seen(value));

  describe(`field ${name}`, () => {
    test('law 1: writing what was read leaves the shape as it is', () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          expect(isSame(field.write(shape, field.read(shape)), shape)).toBe(true);
        }),
        runs(150),
      );
    });

    test('law 2: what is read after writing is what was told to survive', () => {
      fc.assert(
        fc.property(shapes, values, (shape, value) => {
          fc.pre(!except(shape, value));
          const before = canonicalJson(shape);
          expect(text(field.read(field.write(shape, value)))).toBe(text(field.survives(value)));
          expect(canonicalJson(shape)).toBe(before);
        }),
        runs(150),
      );
    });

    test('law 2: what survives once survives again, and so does what was read', () => {
      fc.assert(
        fc.property(shapes, values, (shape, value) => {
          const once = field.survives(value);
          expect(text(field.survives(once))).toBe(text(once));
          const read = field.read(shape);
          expect(text(field.survives(read))).toBe(text(read));
        }),
        runs(150),
      );
    });
  });
}
