/**
 * The losses of docs/mapping-contacts.md, told from what is there before and after a card went through Outlook, and from nothing
 * that the mapping says of itself.
 */
import type { Contact, Group } from '../../domain/contact.ts';
import { isSame } from '../field.ts';

/** The ids of the losses between two readings of one contact, or the names of members that differ for no listed reason. */
export function contactLosses(before: Contact, after: Contact): readonly string[] {
  return [
    ...nameLosses(before, after),
    ...emailLosses(before, after),
    ...phoneLosses(before, after),
    ...addressLosses(before, after),
    ...webPageLosses(before, after),
    ...explained(after.instantMessaging, before.instantMessaging, before.instantMessaging.slice(0, 1), 'CM7', 'im'),
    ...explained(after.division, before.division, '', 'CM8', 'division'),
    ...explained(after.certificates, before.certificates, before.certificates.filter(isShort), 'CM13', 'certificates'),
    ...noteLosses(before, after),
    ...PLAIN.flatMap((name) => (isSame(before[name], after[name]) ? [] : [name])),
  ];
}

/** The same for a group. */
export function groupLosses(before: Group, after: Group): readonly string[] {
  const known = before.members
    .filter(({ address, cardUid }) => address !== '' || cardUid !== undefined)
    .map(({ name, address, cardUid }) => ({
      name,
      address,
      bookUid: undefined,
      cardUid: address === '' ? cardUid : undefined,
    }));
  return [
    ...explained(after.members, before.members, known, 'CM12', 'members'),
    ...noteLosses(before, after),
    ...(before.name === after.name ? [] : ['name']),
    ...(isSame(before.categories, after.categories) ? [] : ['categories']),
  ];
}

const PLAIN = [
  'name',
  'nickname',
  'company',
  'department',
  'title',
  'role',
  'birthday',
  'anniversary',
  'gender',
  'spouse',
  'manager',
  'assistant',
  'categories',
] as const satisfies readonly (keyof Contact)[];

/** Whether Outlook's structure has room for it. */
function isShort(certificate: string): boolean {
  return certificate.length < (65_532 / 3) * 4;
}

/** Nothing when nothing differs, the id when it differs as expected, the name of the member when it does otherwise. */
function explained(after: unknown, before: unknown, expected: unknown, id: string, member: string): readonly string[] {
  if (isSame(after, before)) return [];
  return [isSame(after, expected) ? id : member];
}

function nameLosses(before: Contact, after: Contact): readonly string[] {
  const { given, additional, family, prefixes, suffixes } = before.name;
  const made = [given, additional, family].filter(Boolean).join(' ') || [prefixes, suffixes].filter(Boolean).join(' ');
  // Without a name it is one of the other things that tell the card apart.
  const { company, emails, phones, webPages } = before;
  const others = [
    company,
    ...emails.map((one) => one.address),
    ...phones.map((one) => one.number),
    ...webPages.map((one) => one.url),
  ];
  const expected = made || others.find((other) => other !== '' && other === after.formattedName);
  return explained(after.formattedName, before.formattedName, expected, 'CM9', 'formattedName');
}

function emailLosses(before: Contact, after: Contact): readonly string[] {
  const ranked = [...before.emails].sort((a, b) => Number(b.primary) - Number(a.primary)).slice(0, 3);
  const addresses = after.emails.map((email) => email.address);
  if (
    !isSame(
      addresses,
      ranked.map((email) => email.address),
    )
  )
    return ['emails'];
  if (
    !isSame(
      after.emails.map((email) => email.primary),
      ranked.map((email) => email.primary),
    )
  )
    return ['emails'];
  return [
    ...(before.emails.length > 3 ? ['CM1'] : []),
    ...explained(
      after.emails.map((email) => email.place),
      ranked.map((email) => email.place),
      after.emails.map(() => 'other'),
      'CM2',
      'emails',
    ),
  ];
}

function phoneLosses(before: Contact, after: Contact): readonly string[] {
  const kinds = new Set(before.phones.map((phone) => phone.kind));
  const firsts = [...kinds].map((kind) => before.phones.find((phone) => phone.kind === kind));
  const sorted = (phones: readonly unknown[]) => phones.map((phone) => JSON.stringify(phone)).sort();
  return explained(sorted(after.phones), sorted(before.phones), sorted(firsts), 'CM3', 'phones');
}

function addressLosses(before: Contact, after: Contact): readonly string[] {
  const more = before.addresses.length > new Set(before.addresses.map((address) => address.place)).size;
  const office = (text: string) => text.replace(/\s+/g, ' ');
  const known = before.addresses.map((address) => ({
    ...address,
    extended: address.place === 'work' ? office(address.extended) : '',
  }));
  const extended = !isSame(before.addresses, known);
  const told = known.filter(({ place: _, ...parts }) => Object.values(parts).some(Boolean));
  const places = ['work', 'home', 'other'] as const;
  const expected = places.flatMap((place) => told.find((address) => address.place === place) ?? []);
  const same = isSame(after.addresses, expected);
  return same ? [...(more ? ['CM4'] : []), ...(extended ? ['CM5'] : [])] : ['addresses'];
}

function webPageLosses(before: Contact, after: Contact): readonly string[] {
  const first = (place: string) => before.webPages.find((page) => page.place === place)?.url;
  const work = first('work') ?? first('other');
  const expected = [
    ...(work === undefined ? [] : [{ url: work, place: 'work' }]),
    ...before.webPages.filter((page) => page.place === 'home').slice(0, 1),
  ];
  return explained(after.webPages, before.webPages, expected, 'CM6', 'webPages');
}

function noteLosses(before: Contact | Group, after: Contact | Group): readonly string[] {
  if (before.note.plain !== after.note.plain) return ['note'];
  return before.note.html === after.note.html ? [] : ['CM10'];
}
