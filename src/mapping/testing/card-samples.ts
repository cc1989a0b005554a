/** Cards of both sides and of the domain as anybody might have written them, for property tests. */
import fc from 'fast-check';
import type { Contact, Group, PhoneKind } from '../../domain/contact.ts';
import {
  CONTACT_TEXT_MEMBERS,
  type OutlookContact,
  type OutlookDistList,
  PHONE_MEMBERS,
} from '../../outlook/model/contact.ts';
import type { Parameter, VCard } from '../../wire/addressbook.ts';
import type { CardContext } from '../bluemind/contact/card.ts';

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'Jane', 'Roe', 'Acme', 'Acme GmbH') },
  fc.constantFrom(
    ' ',
    ' Jane  Roe ',
    'Roe, Jane',
    ',',
    'a\r\nb',
    'é\u0000x',
    '\u00a0',
    '-',
    'x'.repeat(300),
    '1 main st\n2nd floor',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const address = fc.constantFrom(
  'a@x.test',
  ' A@X.test',
  'b@x.test',
  'c@x.test',
  'd.e@x.test',
  'e@localhost',
  '/o=org/cn=jane',
  '',
  ' ',
);
const number = fc.constantFrom('1', ' 2', '3', '+33 4', '', ' ');
const url = fc.constantFrom('https://a.test', 'https://b.test ', 'c.test', '');
const protocol = fc.constantFrom('', 'im', 'sip', 'XMPP', '1 bad');
const handle = fc.constantFrom('a', ' b', 'sip:c', 'im:im', 'd:', '');
const category = fc.constantFrom('Work', 'work', 'a;b', ' ', '', 'Two  words', 'é,'.repeat(200));
const place = fc.constantFrom('work', 'home', 'other');
const day = fc.constantFrom(
  '1980-01-01',
  '2000-02-29',
  '1604-05-06',
  '1500-06-07',
  '2200-01-01',
  '4501-01-01',
  '2001-02-30',
  '0000-03-01',
);
const html = fc.constantFrom('<p>Hello</p>', '<b>Hello</b>', '<img src="x">', ' ', 'a<br>b&nbsp;');
/** A certificate of its own making, for nobody. */
export const CERTIFICATE =
  'MIIBNDCB56ADAgECAhRShUtYiSayrTzEQQB5yBXdnzfuCTAFBgMrZXAwDzENMAsGA1UEAwwESmFuZTAgFw0yNjExMjMwMDE5MzBaGA8yMTI2MTAzMDAwMTkzMFowDzENMAsGA1UEAwwESmFuZTAqMAUGAytlcAMhAHJgBGPu2yfvbesEePbeh+U5S2D/ZJTZ+ZSbqIb4FISeo1MwUTAdBgNVHQ4EFgQUcnMp+0V2m5HzhMR43mbL5Peaz64wHwYDVR0jBBgwFoAUcnMp+0V2m5HzhMR43mbL5Peaz64wDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQB61zHFoeDGDDMG9LS8bzL3LGowWdpq14egEDDflegb5z0wRytt+G8H50t2gTdo53yMtISda1AdB2nLhUuSxkIM';
/** Forms of certificates: one byte inside the sequence in the sequence, too short, none. */
const SHORT = 'MAUwAwIBAQ==';
const certificate = fc.constantFrom(SHORT, 'MAUwAwIBAg==', 'MAUw\nAwIBAQ==', 'MAU=', 'no', '');
const BLOB = '010008000100000003000B003005300302010106000800010000002000080007000000';
const pem = fc.constantFrom(
  `-----BEGIN CERTIFICATE-----\n${SHORT}\n-----END CERTIFICATE-----`,
  `-----BEGIN CERTIFICATE-----\r\nMAUwAwIB\r\nAg==\r\n-----END CERTIFICATE-----\n`,
  '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
  'ssh-rsa AAAA',
  '',
);
const few = <T>(entry: fc.Arbitrary<T>) => fc.array(entry, { maxLength: 6 });
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 6 });
const nullable = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: value }, fc.constantFrom(null, undefined));

const kinds: readonly PhoneKind[] = [
  'work',
  'work2',
  'home',
  'home2',
  'mobile',
  'workFax',
  'homeFax',
  'otherFax',
  'pager',
  'assistant',
  'company',
  'car',
  'radio',
  'callback',
  'isdn',
  'telex',
  'ttytdd',
  'primary',
  'other',
];

const richText = fc.oneof(
  text.map((plain) => ({ plain, html: undefined })),
  html.map((fragment) => ({ plain: '', html: fragment })),
);

/** A server that has every tag. */
export const EVERY_TAG: CardContext = {
  tagFor: (label) => ({ containerUid: 'tags', itemUid: label, label, color: 'ff0000' }),
};

/** Contacts of the domain, those that no mapping would read among them. */
export const contacts: fc.Arbitrary<Contact> = fc.record({
  kind: fc.constant('contact'),
  uid: fc.constantFrom('', 'u1', 'u2'),
  name: fc.record({ family: text, given: text, additional: text, prefixes: text, suffixes: text }),
  formattedName: text,
  nickname: text,
  company: text,
  division: text,
  department: text,
  title: text,
  role: text,
  emails: few(fc.record({ address, place, primary: fc.boolean() })),
  phones: few(fc.record({ number, kind: fc.constantFrom(...kinds) })),
  addresses: few(
    fc.record({
      place,
      street: text,
      extended: text,
      postOfficeBox: text,
      locality: text,
      region: text,
      postalCode: text,
      country: text,
    }),
  ),
  webPages: few(fc.record({ url, place })),
  instantMessaging: few(fc.record({ protocol, handle })),
  birthday: perhaps(day),
  anniversary: perhaps(day),
  spouse: text,
  manager: text,
  assistant: text,
  note: richText,
  categories: few(category),
  gender: perhaps(fc.constantFrom('female' as const, 'male' as const)),
  certificates: few(certificate),
  photo: perhaps(fc.constantFrom('p1', 'p2', '')),
});

/** Groups of the domain. */
export const groups: fc.Arbitrary<Group> = fc.record({
  kind: fc.constant('group'),
  uid: fc.constantFrom('', 'u1', 'u2'),
  name: text,
  members: few(
    fc.record({
      name: text,
      address,
      bookUid: perhaps(fc.constantFrom('', 'book')),
      cardUid: perhaps(fc.constantFrom('', 'c1', 'c2')),
    }),
  ),
  note: richText,
  categories: few(category),
});

const parameter: fc.Arbitrary<Parameter> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      label: fc.constantFrom('TYPE', 'type'),
      value: nullable(
        fc.constantFrom('work', 'HOME', 'voice', 'cell', 'fax', 'pager', 'callback', 'x-skype', 'work,fax'),
      ),
    }),
  },
  fc.constant({ label: 'DEFAULT', value: 'true' }),
  fc.record({ label: nullable(fc.constantFrom('X-NOTE', 'SYSTEM')), value: nullable(fc.constantFrom('1', '')) }),
);
const valued = (value: fc.Arbitrary<string>) =>
  fc.record({ value: nullable(value), parameters: nullable(few(parameter)) });
const named = fc.record({
  label: nullable(category),
  itemUid: nullable(fc.constant('tag')),
  color: nullable(fc.constant('00ff00')),
});

/** Cards of the server, with parts missing or null and entries that say nothing. */
export function cards(kind: VCard['kind']): fc.Arbitrary<VCard> {
  return fc.record({
    kind: fc.constant(kind),
    source: nullable(fc.constant('bm://d/users/1')),
    identification: nullable(
      fc.record({
        formatedName: nullable(valued(text)),
        name: nullable(
          fc.record({
            familyNames: nullable(text),
            givenNames: nullable(text),
            additionalNames: nullable(text),
            prefixes: nullable(text),
            suffixes: nullable(text),
            parameters: nullable(few(parameter)),
          }),
        ),
        nickname: nullable(valued(text)),
        birthday: nullable(fc.constantFrom(0, -1, 1, 320_544_000_000, 79_870_665_600_000, -1e16)),
        anniversary: nullable(fc.constantFrom(951_782_400_000, 951_782_400_001, 7_258_118_400_000)),
        gender: nullable(valued(fc.constantFrom('F', 'm', 'Male', 'O', ''))),
        photo: fc.boolean(),
      }),
    ),
    deliveryAddressing: nullable(
      few(
        fc.record({
          address: nullable(
            fc.record({
              value: nullable(text),
              parameters: nullable(few(parameter)),
              postOfficeBox: nullable(text),
              extentedAddress: nullable(text),
              streetAddress: nullable(text),
              locality: nullable(text),
              region: nullable(text),
              postalCode: nullable(text),
              countryName: nullable(text),
            }),
          ),
        }),
      ),
    ),
    communications: nullable(
      fc.record({
        tels: nullable(few(valued(number))),
        emails: nullable(few(valued(address))),
        impps: nullable(few(valued(fc.tuple(protocol, handle).map((parts) => parts.join(':'))))),
        langs: nullable(few(valued(fc.constant('fr')))),
      }),
    ),
    organizational: nullable(
      fc.record({
        title: nullable(text),
        role: nullable(text),
        org: nullable(fc.record({ company: nullable(text), division: nullable(text), department: nullable(text) })),
        member: nullable(
          few(
            fc.record({
              commonName: nullable(text),
              mailto: nullable(address),
              containerUid: nullable(fc.constantFrom('book', '')),
              itemUid: nullable(fc.constantFrom('c1', 'c2', '')),
            }),
          ),
        ),
      }),
    ),
    explanatory: nullable(
      fc.record({ urls: nullable(few(valued(url))), categories: nullable(few(named)), note: nullable(html) }),
    ),
    related: nullable(fc.record({ spouse: nullable(text), manager: nullable(text), assistant: nullable(text) })),
    security: nullable(fc.record({ keys: nullable(few(valued(pem))) })),
  });
}

const slot = fc.oneof(
  fc.constant({ address: '', displayName: '', type: '' }),
  fc.record({ address, displayName: text, type: fc.constantFrom('SMTP', 'EX') }),
);
const postal = fc.record({
  street: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
  postOfficeBox: text,
});
const record = <K extends string>(
  keys: readonly K[],
  value: fc.Arbitrary<string>,
): fc.Arbitrary<Readonly<Record<K, string>>> =>
  fc
    .array(value, { minLength: keys.length, maxLength: keys.length })
    .map((values) => Object.fromEntries(keys.map((key, at) => [key, values[at] ?? ''])) as Record<K, string>);
const tags = fc.constantFrom<Record<string, string>>(
  {},
  { BlueMindToken: 'u1' },
  { BlueMindToken: 'u1', BlueMindUid: 'u2' },
);

/** What an older and a present run may have said of the picture. */
const tags2 = fc.constantFrom<Record<string, string>>(
  {},
  { BlueMindPhoto: 'p1 p2' },
  { BlueMindPhoto: 'p1 ' },
  { BlueMindPhoto: '' },
);

const NAME_PARTS = ['Title', 'FirstName', 'MiddleName', 'LastName', 'Suffix'] as const;

/** Contacts of Outlook. */
export const outlookContacts: fc.Arbitrary<OutlookContact> = fc.record({
  text: fc
    .tuple(record(CONTACT_TEXT_MEMBERS, text), url, url, fc.tuple(protocol, handle))
    .map(([members, WebPage, PersonalHomePage, im]) => ({
      ...members,
      // Outlook takes a written full name apart: where there is no part, there is no full name (outlook-objects 6.1).
      FullName: NAME_PARTS.some((part) => members[part].trim() !== '') ? members.FullName : '',
      WebPage,
      PersonalHomePage,
      IMAddress: im.join(':'),
    })),
  phones: record(PHONE_MEMBERS, number),
  emails: fc.tuple(slot, slot, slot),
  business: postal,
  home: postal,
  other: postal,
  selectedMailingAddress: fc.constantFrom(0, 1, 2, 3),
  birthday: perhaps(day),
  anniversary: perhaps(day),
  body: text,
  categories: few(category),
  gender: fc.constantFrom(0, 1, 2),
  certificates: few(fc.constantFrom('', 'FF', '0300090030053003020101', BLOB, BLOB.toLowerCase())),
  picture: fc.constantFrom('', 'p1', 'p2'),
  tags: fc.tuple(tags, tags2).map(([one, two]) => ({ ...one, ...two })),
});

/** Distribution lists of Outlook. */
export const outlookDistLists: fc.Arbitrary<OutlookDistList> = fc.record({
  name: text,
  members: few(
    fc.oneof(
      fc.record({ name: fc.oneof(text, fc.constant('Jane (a@x.test)')), address }),
      fc.record({ name: text, address: fc.constant(''), list: fc.constantFrom('', 'g1', 'g2') }),
    ),
  ),
  body: text,
  categories: few(category),
  tags,
});

/**
 * What two readings of members must share to count as one: keyed lists in any order, texts by their words, categories whatever
 * their letter case.
 */
export function seenMembers(value: object): unknown {
  const { note, ...rest } = value as { readonly note?: { readonly plain: string } };
  const members = Object.entries(rest).map(([name, member]) => [name, seenMember(name, member)]);
  return Object.fromEntries([...members, ['note', note?.plain]]);
}

function seenMember(name: string, member: unknown): unknown {
  if (!Array.isArray(member)) return member;
  const texts = member.map((entry) => JSON.stringify(entry));
  return (name === 'categories' ? texts.map((entry) => entry.toLowerCase()) : texts).sort();
}
