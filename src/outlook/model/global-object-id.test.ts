import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../base/testing/runs.ts';
import {
  cleanGlobalId,
  globalIdKeepsUid,
  globalIdOfUid,
  instanceDateOf,
  newGlobalId,
  uidOfGlobalId,
  withInstanceDate,
} from './global-object-id.ts';
import { hasCorpora, readCorpus } from './testing/corpora.ts';

/** @source MS-OXOCAL 4.1.2 */
const EXCEPTION =
  '040000008200E00074C5B7101A82E00807D803195025D461E473C8010000000000000000100000002A5844B3A444F74A9C246C60886F116B';
const MASTER = EXCEPTION.replace('07D80319', '00000000');

describe('global object id', () => {
  it('[OG1] an id of Outlook is its own UID, without the date of an occurrence', () => {
    expect([uidOfGlobalId(EXCEPTION), uidOfGlobalId(MASTER), uidOfGlobalId(MASTER.toLowerCase())]).toEqual([
      MASTER,
      MASTER,
      MASTER,
    ]);
    expect(globalIdOfUid(EXCEPTION)).toBe(MASTER);
    expect(instanceDateOf(EXCEPTION)).toBe('2008-03-25');
    expect(instanceDateOf(MASTER)).toBeUndefined();
    expect(withInstanceDate(MASTER, '2008-03-25')).toBe(EXCEPTION);
    expect(cleanGlobalId(EXCEPTION)).toBe(MASTER);
  });

  it('[OG2] any other UID is wrapped behind a marker', () => {
    expect(globalIdOfUid('5c2a@bm.lan')).toBe(
      `040000008200E00074C5B7101A82E008${'0'.repeat(40)}18000000${'7643616C2D556964'}01000000${'356332614062'}6D2E6C616E00`,
    );
    expect(uidOfGlobalId(globalIdOfUid('5c2a@bm.lan'))).toBe('5c2a@bm.lan');
  });

  it('[OG3] any UID without NUL comes back, but for Outlook ids in another spelling, and that is told', () => {
    const uid = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), fc.constant(MASTER));
    fc.assert(
      fc.property(uid, (text) => {
        fc.pre(!text.includes('\0') && !text.includes('\ufffd'));
        expect(uidOfGlobalId(globalIdOfUid(text))).toBe(text);
        expect(globalIdKeepsUid(text)).toBe(true);
      }),
      runs(100),
    );
    expect([MASTER.toLowerCase(), EXCEPTION, 'a\0b', ''].map(globalIdKeepsUid)).toEqual([false, false, false, false]);
  });

  it('[OG4] what is no id gives no UID', () => {
    const broken = [
      '',
      '0400',
      MASTER.slice(0, 80),
      `${MASTER.slice(0, -1)}G`,
      MASTER.slice(0, -1),
      `FF${MASTER.slice(2)}`,
    ];
    expect(broken.map(uidOfGlobalId)).toEqual(broken.map(() => undefined));
    expect(uidOfGlobalId(globalIdOfUid('040000008200E00074C5B7101A82E008zz'))).toBe(
      '040000008200E00074C5B7101A82E008zz',
    );
  });

  it('[OG5] a new id holds the moment of its making', () => {
    expect(newGlobalId(Date.UTC(2008, 1, 20, 17, 16, 51, 109), new Uint8Array(16).fill(0xab))).toMatch(
      /^040000008200E00074C5B7101A82E008000000005025D461E473C801000000000000000010000000(AB){16}$/,
    );
  });

  it.skipIf(!hasCorpora)('[OG6] agrees with the examples of others', () => {
    const examples = readCorpus<
      {
        structure: string;
        hex: string;
        decoded: { instanceDate: string | null; icalUid: string };
      }[]
    >('oxocal-examples.json', []);
    const ids = examples.filter(({ structure }) => structure === 'GlobalObjectId');
    expect(ids.length).toBeGreaterThan(2);
    expect(ids.map(({ hex }) => [uidOfGlobalId(hex), instanceDateOf(hex) ?? null])).toEqual(
      ids.map(({ decoded }) => [decoded.icalUid, decoded.instanceDate]),
    );
  });
});
