import type { Contact, PersonName } from '../../domain/contact.ts';

type Named = Pick<
  Contact,
  'name' | 'formattedName' | 'company' | 'emails' | 'nickname' | 'phones' | 'webPages' | 'instantMessaging'
>;

/** What is shown for a contact that has nothing to show. */
export const NAMELESS = '-';

/**
 * A contact whose name is said in both ways: as shown, and by its parts. What is missing is made from the other, as the server
 * makes the name shown of a card without one.
 * @source fact sheet of the server, 10.3: given, additional and family name, else prefix and suffix, else company, else main e-mail
 */
export function withName<C extends Named>(contact: C): C {
  const known = { ...contact, formattedName: contact.formattedName || shownName(contact) };
  if (hasParts(known.name) || standIns(known).includes(known.formattedName)) return known;
  return { ...known, name: splitName(known.formattedName) };
}

/** An organisation whose name stands in the name shown only: that is the company's name. */
export function withCompany<C extends Named>(contact: C): C {
  const formattedName = contact.formattedName || shownName(contact);
  return { ...contact, formattedName, company: contact.company || formattedName };
}

/** Whether any part of the name is known. */
export function hasParts(name: PersonName): boolean {
  return [name.given, name.additional, name.family, name.prefixes, name.suffixes].some((part) => part !== '');
}

function shownName(contact: Named): string {
  const { given, additional, family, prefixes, suffixes } = contact.name;
  return (
    [given, additional, family].filter(Boolean).join(' ') ||
    [prefixes, suffixes].filter(Boolean).join(' ') ||
    (standIns(contact)[0] ?? NAMELESS)
  );
}

/** What is shown instead of a name, the best first. */
function standIns(contact: Named): readonly string[] {
  return [
    contact.company,
    contact.emails.find((email) => email.primary)?.address,
    ...contact.emails.map((email) => email.address),
    contact.nickname,
    ...contact.phones.map((phone) => phone.number),
    ...contact.webPages.map((page) => page.url),
    ...contact.instantMessaging.map((im) => im.handle),
    NAMELESS,
  ].filter((text) => text !== undefined && text !== '') as readonly string[];
}

/** The parts of a name as shown: `Family, Given`, or the last word as the family name. */
function splitName(shown: string): PersonName {
  const comma = shown.indexOf(',');
  const blank = shown.lastIndexOf(' ');
  const at = comma > 0 ? comma : blank;
  const [first, second] = [shown.slice(0, Math.max(at, 0)).trim(), shown.slice(at + 1).trim()];
  const nothing = { additional: '', prefixes: '', suffixes: '' };
  if (comma > 0) return { given: second, family: first, ...nothing };
  return first === '' ? { given: second, family: '', ...nothing } : { given: first, family: second, ...nothing };
}
