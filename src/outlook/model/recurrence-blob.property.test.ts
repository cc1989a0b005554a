import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { runs } from '../../base/testing/runs.ts';
import { occurrencesOf } from './expand-pattern.ts';
import { readRecurrenceBlob, writeRecurrenceBlob } from './recurrence-blob.ts';
import { decodeAppointmentRecur, encodeAppointmentRecur } from './recurrence-meaning.ts';
import { patterns } from './testing/arbitraries.ts';

const options = runs(300);

describe('recurrence structure, any series', () => {
  it('[OR10] a series comes back from its bytes, and its bytes from the series', () => {
    fc.assert(
      fc.property(patterns(), (pattern) => {
        const bytes = encodeAppointmentRecur(pattern);
        const read = decodeAppointmentRecur(bytes);
        expect(encodeAppointmentRecur(read)).toEqual(bytes);
        expect(writeRecurrenceBlob(readRecurrenceBlob(bytes))).toEqual(bytes);
        expect({ ...read, pattern: inMonths(read.pattern) }).toEqual({
          ...pattern,
          pattern: inMonths(pattern.pattern),
        });
      }),
      options,
    );
  });

  it('[OR11] whatever the bytes are, reading ends with a series or a failure, and the series can be expanded', () => {
    const damaged = fc
      .tuple(patterns(), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }), fc.nat(40))
      .map(([pattern, changes, cut]) => {
        const bytes = encodeAppointmentRecur(pattern);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes.subarray(0, bytes.length - (cut > 20 ? 0 : cut));
      });
    fc.assert(
      fc.property(damaged, (bytes) => {
        try {
          const pattern = decodeAppointmentRecur(bytes);
          expect(occurrencesOf(pattern, { from: '1601-01-01', to: '9999-12-31', most: 50 }).length).toBeLessThan(51);
        } catch (error) {
          if (!isFailure(error, 'OUTLOOK_BAD_STRUCTURE') && !isFailure(error, 'OUTLOOK_UNSUPPORTED_RECURRENCE'))
            throw error;
        }
      }),
      options,
    );
  });
});

/** Series every n years and every 12 n months are the same thing. */
function inMonths(pattern: ReturnType<typeof decodeAppointmentRecur>['pattern']) {
  if (pattern.type !== 'monthly' && pattern.type !== 'monthNth') return pattern;
  return pattern.interval > 12 && pattern.interval % 12 === 0 ? { ...pattern, type: 'months' } : pattern;
}
