import { BLANK_CONTACT, type Card, type Contact, type Group } from '../../domain/contact.ts';
import { pick } from './demo-people.ts';

const NO_TEXT = { plain: '', html: undefined } as const;

const GIVEN = 'Anna Ben Chloé Diego Emma Finn Greta Henri Ida Jonas Kim Lars Mia Noël Ole Pia Rosa Sven Tom Uma'.split(
  ' ',
);
const FAMILY = 'Ahlberg Blanc Costa Dubois Eriksen Fabre Greco Huber Ivanov Jansen Keller Lindt'.split(' ');
const COMPANIES = ['Acme', 'Bois & Fils', 'Clarté', 'Delta Systems', 'Écluse', 'Ferme du Lac'];

/** The demo account's own address book. */
export function demoContacts(): readonly Card[] {
  const contacts = Array.from({ length: 60 }, (_, index) => contact(index));
  return [
    ...contacts,
    group(
      'demo-group-suppliers',
      'Suppliers',
      contacts.filter((_, index) => index % 6 === 1),
    ),
  ];
}

/** People the demo account once wrote to. */
export function demoCollected(): readonly Card[] {
  return Array.from({ length: 12 }, (_, index) => ({
    ...blank(`demo-collected-${index}`, `${pick(GIVEN, index * 3)} ${pick(FAMILY, index)}`),
    emails: [
      { address: `${plain(pick(GIVEN, index * 3))}${index}@example.org`, place: 'other', primary: true } as const,
    ],
  }));
}

function contact(index: number): Contact {
  const given = pick(GIVEN, index);
  const family = pick(FAMILY, index * 5 + 2);
  const mail = `${plain(given)}.${plain(family)}`;
  return {
    ...blank(`demo-contact-${index}`, `${given} ${family}`),
    name: { family, given, additional: '', prefixes: index % 7 === 0 ? 'Dr' : '', suffixes: '' },
    company: pick(COMPANIES, index),
    title: pick(['Buyer', 'Manager', 'Engineer', ''], index),
    emails: [
      { address: `${mail}@example.com`, place: 'work', primary: true },
      ...(index % 3 === 0 ? [{ address: `${mail}@example.org`, place: 'home', primary: false } as const] : []),
    ],
    phones: [
      { number: `+33 1 40 00 00 ${String(index).padStart(2, '0')}`, kind: 'work' },
      ...(index % 2 === 0
        ? [{ number: `+33 6 10 00 00 ${String(index).padStart(2, '0')}`, kind: 'mobile' } as const]
        : []),
    ],
    addresses:
      index % 4 === 0
        ? [
            {
              place: 'work',
              street: `${index + 1} rue du Port`,
              extended: '',
              postOfficeBox: '',
              locality: 'Toulouse',
              region: '',
              postalCode: '31000',
              country: 'France',
            },
          ]
        : [],
    webPages: index % 5 === 0 ? [{ url: `https://www.example.com/${mail}`, place: 'work' }] : [],
    birthday: index % 6 === 0 ? `19${70 + (index % 25)}-0${1 + (index % 9)}-1${index % 9}` : undefined,
    categories: index % 4 === 1 ? ['Customer'] : [],
    note: index % 8 === 0 ? { plain: 'Met at the fair.', html: '<p>Met at the fair.</p>' } : NO_TEXT,
  };
}

function group(uid: string, name: string, members: readonly Contact[]): Group {
  return {
    kind: 'group',
    uid,
    name,
    members: members.map((member) => ({
      name: member.formattedName,
      address: member.emails[0]?.address ?? '',
      bookUid: undefined,
      cardUid: member.uid,
    })),
    note: NO_TEXT,
    categories: [],
  };
}

function blank(uid: string, formattedName: string): Contact {
  const [given = '', ...rest] = formattedName.split(' ');
  return {
    ...BLANK_CONTACT,
    uid,
    name: { ...BLANK_CONTACT.name, family: rest.join(' '), given },
    formattedName,
  };
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}
