import { describe, expect, test } from 'vitest';
import { parseCards } from './parse-cards.ts';
import type { ParsedCard } from './read-card.ts';

function card(...lines: string[]): ParsedCard {
  const parsed = parseCards(['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n'));
  expect(parsed.refused).toEqual([]);
  const [only] = parsed.cards;
  if (only === undefined) throw new Error('no card');
  return only;
}

const type = (...words: string[]) => words.map((value) => ({ label: 'TYPE', value }));

describe('versions', () => {
  test('a 2.1 card of Outlook is read: bare words, quoted-printable with soft breaks, UTF-8 called Windows-1252', () => {
    const { value } = card(
      'VERSION:2.1',
      'N;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9;Ren=C3=A9=',
      'e',
      'TEL;WORK;FAX:+33 1',
      'EMAIL;PREF;INTERNET:a@b.test',
    );
    expect(value.identification?.name).toMatchObject({ familyNames: 'Café', givenNames: 'Renée' });
    expect(value.identification?.formatedName?.value).toBe('Renée Café');
    expect(value.communications?.tels).toEqual([{ value: '+33 1', ext: null, parameters: type('work', 'fax') }]);
    expect(value.communications?.emails).toEqual([
      { value: 'a@b.test', parameters: [{ label: 'DEFAULT', value: 'true' }] },
    ]);
  });

  test('Windows-1252 bytes that are no UTF-8 are read as what they are called', () => {
    const { value } = card('VERSION:2.1', 'FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Ren=E9 =80');
    expect(value.identification?.formatedName?.value).toBe('René €');
  });

  test('a backslash of version 2.1 before a letter is a backslash, in 3.0 it is an escape', () => {
    expect(card('VERSION:2.1', 'FN:C:\\new').value.identification?.formatedName?.value).toBe('C:\\new');
    expect(card('VERSION:3.0', 'FN:a\\nb\\, c').value.identification?.formatedName?.value).toBe('a\nb, c');
  });

  test('a 4.0 card is read: tel addresses with extension, PREF, data photos, KIND', () => {
    const { value, photo, uid } = card(
      'VERSION:4.0',
      'UID:urn:uuid:4fbe8971',
      'KIND:org',
      'FN:Acme',
      'TEL;VALUE=uri;PREF=2;TYPE="work,voice":tel:+1-555;ext=102',
      'TEL;VALUE=uri;PREF=1;TYPE=home:tel:+1-556',
      'PHOTO:data:image/png\\;base64\\,iVBORw==',
      'LANG;TYPE=work;PREF=1:fr',
    );
    expect(uid).toBe('4fbe8971');
    expect(value.kind).toBe('org');
    expect(value.communications?.tels).toEqual([
      { value: '+1-555', ext: '102', parameters: type('work', 'voice') },
      { value: '+1-556', ext: null, parameters: [{ label: 'DEFAULT', value: 'true' }, ...type('home', 'voice')] },
    ]);
    expect(photo).toEqual(Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    expect(value.identification?.photo).toBe(true);
    expect(value.communications?.langs?.[0]?.value).toBe('fr');
  });
});

describe('fields', () => {
  test('the name parts, organisation and dates come out where BlueMind keeps them', () => {
    const { value } = card(
      'VERSION:3.0',
      'N:Roe;Jane;Ann,Bea;Dr.;PhD,MD',
      'FN:Dr. Jane Roe',
      'NICKNAME:Janie,JR',
      'ORG:Acme;Tools;Forge',
      'BDAY:1980-02-28T00:00:00Z',
      'X-MS-ANNIVERSARY:20010203',
      'GENDER:F;woman',
    );
    expect(value.identification).toMatchObject({
      name: {
        familyNames: 'Roe',
        givenNames: 'Jane',
        additionalNames: 'Ann, Bea',
        prefixes: 'Dr.',
        suffixes: 'PhD, MD',
      },
      nickname: { value: 'Janie, JR' },
      birthday: Date.UTC(1980, 1, 28),
      anniversary: Date.UTC(2001, 1, 3),
      gender: { value: 'F', text: 'woman' },
    });
    expect(value.organizational?.org).toEqual({ company: 'Acme', division: 'Tools', department: 'Forge' });
  });

  test('the second of two parts of ORG is the department', () => {
    expect(card('FN:x', 'ORG:Acme;Sales').value.organizational?.org).toEqual({
      company: 'Acme',
      division: null,
      department: 'Sales',
    });
  });

  test.each(['--0412', '1604-04-12', '1985', '1985-02-30', 'April'])('a birthday %s names no day of a year', (text) => {
    expect(card('FN:x', `BDAY:${text}`).value.identification?.birthday).toBeNull();
  });

  test('addresses keep their parts, their place and the label of their group', () => {
    const { value } = card(
      'FN:x',
      'adr1.ADR;TYPE=WORK,PREF:12;2nd floor;1 Main St\\nGate;Town;Region;31000;France',
      'adr1.LABEL:as printed',
    );
    expect(value.deliveryAddressing).toEqual([
      {
        address: {
          value: 'as printed',
          parameters: [{ label: 'DEFAULT', value: 'true' }, ...type('work')],
          postOfficeBox: '12',
          extentedAddress: '2nd floor',
          streetAddress: '1 Main St\nGate',
          locality: 'Town',
          region: 'Region',
          postalCode: '31000',
          countryName: 'France',
        },
      },
    ]);
  });

  test("labels of Apple's programs become words, own labels a parameter", () => {
    const { value } = card(
      'FN:x',
      'item1.TEL:1',
      'item1.X-ABLabel:_$!<Mobile>!$_',
      'item2.TEL:2',
      'item2.X-ABLabel:Boat',
      'item3.X-ABRELATEDNAMES:Pat',
      'item3.X-ABLabel:_$!<Spouse>!$_',
      'item4.X-ABDATE:2001-02-03',
      'item4.X-ABLabel:_$!<Anniversary>!$_',
    );
    expect(value.communications?.tels).toEqual([
      { value: '1', ext: null, parameters: type('cell', 'voice') },
      { value: '2', ext: null, parameters: [...type('voice'), { label: 'X-ABLABEL', value: 'Boat' }] },
    ]);
    expect(value.related?.spouse).toBe('Pat');
    expect(value.identification?.anniversary).toBe(Date.UTC(2001, 1, 3));
  });

  test('messaging handles of every program read protocol:handle, each once', () => {
    const { value } = card(
      'FN:x',
      'IMPP;X-SERVICE-TYPE=Skype:skype:jane',
      'IMPP;X-SERVICE-TYPE=Facebook:x-apple:jane.roe',
      'X-SKYPE:jane',
      'X-JABBER:jane@chat.test',
      'X-MS-IMADDRESS:jane@corp.test',
    );
    expect(value.communications?.impps?.map((impp) => impp.value)).toEqual([
      'skype:jane',
      'facebook:jane.roe',
      'xmpp:jane@chat.test',
      'im:jane@corp.test',
    ]);
  });

  test('a note becomes HTML, categories become labels', () => {
    const { value } = card('FN:x', 'NOTE:a < b\\nnext', 'CATEGORIES:Work,Friends\\, old,Work');
    expect(value.explanatory).toEqual({
      urls: [],
      categories: ['Work', 'Friends, old'].map((label) => ({ containerUid: null, itemUid: null, label, color: null })),
      note: 'a &lt; b<br>next',
    });
  });

  test('a certificate in DER becomes PEM; other keys are left out', () => {
    const { value } = card(
      'FN:x',
      'KEY;X509;ENCODING=BASE64:MAMCAQE=',
      'KEY;ENCODING=b:mQENBF==',
      'KEY;VALUE=uri:http://k.test',
    );
    expect(value.security?.keys).toEqual([
      { value: '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----', parameters: [] },
    ]);
  });

  test('a parameter without a home elsewhere stays with its value', () => {
    expect(
      card('FN:x', 'EMAIL;TYPE=work;X-SEEN="2026-01-01":a@b.test').value.communications?.emails?.[0]?.parameters,
    ).toEqual([...type('work'), { label: 'X-SEEN', value: '2026-01-01' }]);
  });
});

describe('groups', () => {
  const free = { containerUid: null, itemUid: null };

  test("BlueMind's own groups point to cards of this and of other books", () => {
    const { value, uid } = card(
      'VERSION:3.0',
      'X-ADDRESSBOOKSERVER-KIND:group',
      'FN:list',
      'X-ADDRESSBOOKSERVER-MEMBER;X-CN=Jane;X-MAILTO=j@x.test:urn:uuid:u1',
      'X-ADDRESSBOOKSERVER-MEMBER;X-CN="Roe, Ann":urn:uuid:book:other,u2',
      'X-ADDRESSBOOKSERVER-MEMBER;X-CN=Free;X-MAILTO=f@x.test:',
      'UID:book:mine,u3',
    );
    expect(uid).toBe('u3');
    expect(value.kind).toBe('group');
    expect(value.organizational?.member).toEqual([
      { commonName: 'Jane', mailto: 'j@x.test', containerUid: null, itemUid: 'u1' },
      { commonName: 'Roe, Ann', mailto: null, containerUid: 'book:other', itemUid: 'u2' },
      { commonName: 'Free', mailto: 'f@x.test', ...free },
    ]);
  });

  test('members of the standard are uids or mail addresses', () => {
    const { value } = card(
      'VERSION:4.0',
      'KIND:group',
      'FN:g',
      'MEMBER:urn:uuid:u1',
      'MEMBER:mailto:%22Jane%22%20<j@x.test>',
    );
    expect(value.organizational?.member).toEqual([
      { commonName: null, mailto: null, containerUid: null, itemUid: 'u1' },
      { commonName: 'Jane', mailto: 'j@x.test', ...free },
    ]);
  });

  test('a list of Evolution has its addresses as members', () => {
    const { value } = card('FN:g', 'X-EVOLUTION-LIST:TRUE', 'EMAIL;X-EVOLUTION-DEST-NAME=Jane:j@x.test');
    expect(value.organizational?.member).toEqual([{ commonName: 'Jane', mailto: 'j@x.test', ...free }]);
    expect(value.communications?.emails).toEqual([]);
  });
});

describe('files', () => {
  test('a card without a name shows what it can be reached by', () => {
    expect(card('TEL:1').value.identification?.formatedName?.value).toBe('1');
    expect(card('EMAIL:a@b.test').value.identification?.formatedName?.value).toBe('a@b.test');
  });

  test('an empty card and one that is cut off are refused with a reason, the others are kept', () => {
    const parsed = parseCards('BEGIN:VCARD\nGEO:1;2\nEND:VCARD\nBEGIN:VCARD\nFN:ok\nEND:VCARD\nBEGIN:VCARD\nFN:cut');
    expect(parsed.cards.map((one) => one.value.identification?.formatedName?.value)).toEqual(['ok']);
    expect(parsed.refused).toEqual([
      { index: 0, reason: 'The card is empty: it has neither a name nor anything to reach somebody by.' },
      { index: 2, reason: 'The card is cut off: its end is missing.' },
    ]);
  });

  test('a card inside AGENT is nobody of its own', () => {
    const parsed = parseCards('BEGIN:VCARD\nFN:boss\nAGENT:\nBEGIN:VCARD\nFN:agent\nEND:VCARD\nTITLE:CEO\nEND:VCARD');
    expect(parsed.cards.map((one) => one.value.identification?.formatedName?.value)).toEqual(['boss']);
    expect(parsed.cards[0]?.value.organizational?.title).toBe('CEO');
  });

  test.each(['', 'hello', '<html>', 'BEGIN:VCALENDAR\nEND:VCALENDAR'])(
    'VCARD_UNPARSABLE: nothing in %j is a card',
    (text) => {
      expect(() => parseCards(text)).toThrowError(expect.objectContaining({ code: 'VCARD_UNPARSABLE' }));
    },
  );
});
