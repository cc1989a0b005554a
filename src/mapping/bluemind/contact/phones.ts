import { type Contact, type Phone, type PhoneKind, phoneUse } from '../../../domain/contact.ts';
import type { VCard, VCardTel } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { oneLine } from '../../contact/lines.ts';
import { normalPhones } from '../../contact/normal-phones.ts';
import { type Field, patching } from '../../field.ts';
import { isMain, typesOf, withMain, withTypes } from './parameters.ts';
import { putText, withCommunications } from './put.ts';

/**
 * All telephones. A number that was edited keeps the parameters of the entry it stood in.
 * @loss the difference between second and further telephones at one place
 */
export const phones: Field<VCard, Pick<Contact, 'phones'>> = patching({
  read: (card) => ({ phones: normalPhones(entriesOf(card).map(readPhone)) }),
  write: (card, value) => {
    const values = normalPhones(value.phones);
    const entries = entriesOf(card);
    const use = { value: (phone: Phone) => phoneUse(phone.kind), entry: (entry: VCardTel) => useOf(entry) };
    const number = { value: (phone: Phone) => phone.number, entry: (entry: VCardTel) => oneLine(entry.value) };
    const both = {
      value: (phone: Phone) => `${use.value(phone)}:${phone.number}`,
      entry: (entry: VCardTel) => `${use.entry(entry)}:${number.entry(entry)}`,
    };
    const bound = bind(values, entries.filter(hasNumber), [both, number, use]);
    const written = values.map((phone, at) => writePhone(bound[at], phone));
    return withCommunications(card, { tels: [...written, ...entries.filter((entry) => !hasNumber(entry))] });
  },
  survives: (value) => ({ phones: normalPhones(value.phones) }),
});

/** The TYPE words of each kind. @source fact sheet 5.3, the combinations in use */
const WORDS: Readonly<Record<PhoneKind, readonly string[]>> = {
  work: ['work', 'voice'],
  work2: ['work', 'voice'],
  home: ['home', 'voice'],
  home2: ['home', 'voice'],
  mobile: ['cell', 'voice'],
  workFax: ['work', 'fax'],
  homeFax: ['home', 'fax'],
  otherFax: ['fax'],
  pager: ['pager', 'voice'],
  assistant: ['assistant', 'voice'],
  company: ['company', 'voice'],
  car: ['car', 'voice'],
  radio: ['radio', 'voice'],
  callback: ['work', 'voice', 'callback'],
  isdn: ['isdn'],
  telex: ['tlx'],
  ttytdd: ['ttytdd'],
  primary: ['voice'],
  other: ['voice'],
};
const ALL_WORDS: ReadonlySet<string> = new Set([...Object.values(WORDS).flat(), 'mobile', 'telex']);

/** A word that decides what a telephone is for, whatever else is said of it; the first one found counts. */
const DECISIVE: readonly (readonly [word: string, use: PhoneKind])[] = [
  ['pager', 'pager'],
  ['assistant', 'assistant'],
  ['company', 'company'],
  ['car', 'car'],
  ['radio', 'radio'],
  ['callback', 'callback'],
  ['isdn', 'isdn'],
  ['tlx', 'telex'],
  ['telex', 'telex'],
  ['ttytdd', 'ttytdd'],
  ['cell', 'mobile'],
  ['mobile', 'mobile'],
];

function entriesOf(card: VCard): readonly VCardTel[] {
  return card.communications?.tels ?? [];
}

function hasNumber(entry: VCardTel): boolean {
  return oneLine(entry.value) !== '';
}

function readPhone(entry: VCardTel): Phone {
  return { number: oneLine(entry.value), kind: useOf(entry) };
}

function useOf({ parameters }: VCardTel): PhoneKind {
  const types = typesOf(parameters);
  const place = types.has('work') ? 'work' : types.has('home') ? 'home' : undefined;
  if (types.has('fax')) return place === undefined ? 'otherFax' : `${place}Fax`;
  const decisive = DECISIVE.find(([word]) => types.has(word));
  if (decisive !== undefined) return decisive[1];
  return place ?? (isMain(parameters) ? 'primary' : 'other');
}

function writePhone(entry: VCardTel | undefined, phone: Phone): VCardTel {
  const value = putText(entry?.value, phone.number);
  const use = phoneUse(phone.kind);
  if (entry !== undefined && useOf(entry) === use) return { ...entry, value };
  const words = withTypes(entry?.parameters, WORDS[use], ALL_WORDS);
  // The mark of the main number means something else once the number has a place; there it goes with the kind.
  const moved = use === 'primary' || use === 'other' ? withMain(words, use === 'primary') : words;
  return { ...entry, value, parameters: moved };
}
