import type { Contact, PersonName } from '../../domain/contact.ts';

type Named = Pick<
  Contact,
  'name' | 'formattedName' | 'company' | 'emails' | 'nickname' | 'phones' | 'webPages' | 'instantMessaging'
>;

/** What is shown for a contact that has nothing to show. */
export const NAMELESS = '-';

/** A contact with a name to show, as the server makes one for a card that has none. */
export function withShownName<C extends Named>(contact: C): C {
  return contact.formattedName === '' ? { ...contact, formattedName: shownName(contact) } : contact;
}

/** A contact whose name is said in both ways, as shown and by its parts: what is missing is made from the other. */
export function withName<C extends Named>(contact: C): C {
  return withParts(withShownName(contact));
}

/** An organisation whose name stands in the name shown only: that is the company's name. */
export function withCompany<C extends Named>(contact: C): C {
  const shown = withShownName(contact);
  return { ...shown, company: shown.company || shown.formattedName };
}

/** A contact whose name is said by its parts; the name shown is made from them, and is none without them. */
export function byParts<C extends Named>(contact: C): C {
  const known = withParts(contact);
  return { ...known, formattedName: joinedName(known.name) };
}

/** Parts made from the name shown, unless that only stands in for a name. */
function withParts<C extends Named>(contact: C): C {
  const { formattedName, nickname } = contact;
  if (formattedName === '' || hasParts(contact.name)) return contact;
  const standsIn = formattedName !== nickname && standIns(contact).includes(formattedName);
  return standsIn ? contact : { ...contact, name: splitName(formattedName) };
}

/** Whether any part of the name is known. */
function hasParts(name: PersonName): boolean {
  return [name.given, name.additional, name.family, name.prefixes, name.suffixes].some((part) => part !== '');
}

/**
 * The name shown of a contact that does not say one.
 * @source fact sheet of the server, 10.3: given, additional and family name, else prefix and suffix, else company, else main e-mail
 */
function shownName(contact: Named): string {
  return joinedName(contact.name) || (standIns(contact)[0] ?? NAMELESS);
}

function joinedName({ given, additional, family, prefixes, suffixes }: PersonName): string {
  const joined = (...parts: readonly string[]) => parts.filter(Boolean).join(' ');
  return joined(given, additional, family) || joined(prefixes, suffixes);
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
