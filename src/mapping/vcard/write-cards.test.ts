import { describe, expect, test } from 'vitest';
import type { VCard } from '../../wire/addressbook.ts';
import { emptyCard } from './empty-card.ts';
import { parseCards } from './parse-cards.ts';
import { writeCards } from './write-cards.ts';

const write = (value: VCard, photo?: Uint8Array) => writeCards([{ uid: 'u1', value, photo }], { version: '3.0' });

describe('writeCards', () => {
  test('a group is written as BlueMind writes it', () => {
    const value: VCard = {
      ...emptyCard('group'),
      identification: { formatedName: { value: 'list', parameters: [] } },
      organizational: { member: [{ commonName: 'Roe, "J"', mailto: 'j@x.test', containerUid: 'b1', itemUid: 'u2' }] },
    };
    expect(writeCards([{ uid: 'u1', value, photo: undefined }], { version: '3.0', book: 'b1' }).split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:b1,u1',
      'X-ADDRESSBOOKSERVER-KIND:group',
      `X-ADDRESSBOOKSERVER-MEMBER;X-CN="Roe, ^'J^'";X-MAILTO=j@x.test:urn:uuid:b1,`,
      ' u2',
      'FN:list',
      'N:;;;;',
      'END:VCARD',
      '',
    ]);
  });

  test('HTML notes come back as they were, and are there as plain text for other programs', () => {
    const note = '<p>one &amp; <b>two</b></p><p>three</p>';
    const text = write({
      ...emptyCard('individual'),
      explanatory: { note },
      communications: { emails: [{ value: 'a@b.test' }] },
    });
    expect(text).toContain('NOTE:one & two\\n\\nthree\r\n');
    expect(parseCards(text).cards[0]?.value.explanatory?.note).toBe(note);
  });

  test('no line is longer than 75 bytes and no character is cut', () => {
    const title = '€😀é'.repeat(60);
    const text = write({ ...emptyCard('individual'), organizational: { title, org: { company: 'x' } } });
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(parseCards(text).cards[0]?.value.organizational?.title).toBe(title);
  });

  test('a line end inside a value cannot start a line of its own', () => {
    const value: VCard = {
      ...emptyCard('individual'),
      identification: { formatedName: { value: 'a\r\nEND:VCARD\r\nBEGIN:VCARD', parameters: [] } },
      communications: { emails: [{ value: 'x', parameters: [{ label: 'X-A', value: 'b\r\nEND:VCARD' }] }] },
      explanatory: { urls: [{ value: 'http://x\r\nEND:VCARD' }] },
    };
    expect(write(value).match(/^END:VCARD/gm)).toHaveLength(1);
  });
});
