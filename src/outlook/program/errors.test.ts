import { describe, expect, it } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { hresultText, lowBits, meaningOf } from './errors.ts';
import { failureOf, finish, throwIfOutlookFails } from './finish.ts';

describe('errors of Outlook', () => {
  it('[EO1] mean the same whatever their high bits are', () => {
    for (const hresult of [0x8004010f, 0xc1f4010f, 0xfff4010f]) expect(meaningOf(hresult)).toBe('absent');
    expect([meaningOf(0x80004005 | 0), lowBits(0x86240119)]).toEqual(['other', 0x40119]);
    // However its end shows: no server, no answer, or objects without one.
    for (const hresult of [0x800706ba, 0x800706be, 0x80010007, 0x80010012, 0x80010108, 0x800401fd])
      expect(meaningOf(hresult)).toBe('closed');
    // As signed numbers too, which some bridges give.
    expect(meaningOf(-2147221233)).toBe('absent');
    expect(hresultText(-2147221233)).toBe('0x8004010F');
  });

  it('about Outlook as a whole become failures that tell what to do', () => {
    const codes = [0x8001010a, 0x800706ba, 0x80040305, 0x80040102, 0x80004005].map((hresult) => {
      const failure = failureOf(hresult, 'read');
      return [failure.code, failure.retry];
    });
    expect(codes).toEqual([
      ['OUTLOOK_UNAVAILABLE', 'later'],
      ['OUTLOOK_UNAVAILABLE', 'later'],
      ['OUTLOOK_UNAVAILABLE', 'later'],
      ['OUTLOOK_DENIED', 'never'],
      ['OUTLOOK_FAILED', 'later'],
    ]);
  });

  it('hidden in values are found, but a property that may not be read is no denial', () => {
    const thrown = (values: Parameters<typeof throwIfOutlookFails>[0]) => {
      try {
        throwIfOutlookFails(values, 'read');
        return 'none';
      } catch (error) {
        return isFailure(error) ? error.code : 'bug';
      }
    };
    expect(thrown({ Body: { error: 0x80040102 } })).toBe('OUTLOOK_DENIED');
    expect(thrown({ GetProperties: ['x', { error: 0x80040102 }] })).toBe('none');
    expect(thrown({ GetProperties: ['x', { error: 0x800706ba }] })).toBe('OUTLOOK_UNAVAILABLE');
    expect(thrown({ GetProperties: ['x', { error: 0x8004010f }], Body: 'y' })).toBe('none');
  });

  it('of a program that must succeed are thrown', () => {
    expect(finish({ kind: 'done', values: { a: 1 } }, 'x')).toEqual({ a: 1 });
    expect(() => finish({ kind: 'failed', step: 0, member: 'Add', hresult: 0x80040604, message: '' }, 'x')).toThrow(
      /x: Add, 0x80040604/,
    );
  });
});
