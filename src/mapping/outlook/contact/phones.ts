import type { Contact, Phone, PhoneKind } from '../../../domain/contact.ts';
import { type OutlookContact, PHONE_MEMBERS, type PhoneMember } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { putText } from './put.ts';

/**
 * The nineteen telephones, one of a kind.
 * @loss further numbers of one kind, of work and home beyond two
 */
export const phones: Field<OutlookContact, Pick<Contact, 'phones'>> = patching({
  read: (contact) => ({ phones: readPhones(contact) }),
  write: (contact, value) => {
    const numbers = new Map(kept(value.phones).map((phone) => [phone.kind, phone.number]));
    const written = { ...contact.phones };
    for (const member of PHONE_MEMBERS) written[member] = putText(written[member], numbers.get(KIND[member]) ?? '');
    return { ...contact, phones: written };
  },
  survives: (value) => ({ phones: kept(value.phones) }),
});

const KIND = {
  BusinessTelephoneNumber: 'work',
  Business2TelephoneNumber: 'work2',
  HomeTelephoneNumber: 'home',
  Home2TelephoneNumber: 'home2',
  MobileTelephoneNumber: 'mobile',
  BusinessFaxNumber: 'workFax',
  HomeFaxNumber: 'homeFax',
  OtherFaxNumber: 'otherFax',
  PagerNumber: 'pager',
  AssistantTelephoneNumber: 'assistant',
  CompanyMainTelephoneNumber: 'company',
  CarTelephoneNumber: 'car',
  RadioTelephoneNumber: 'radio',
  CallbackTelephoneNumber: 'callback',
  ISDNNumber: 'isdn',
  TelexNumber: 'telex',
  TTYTDDTelephoneNumber: 'ttytdd',
  PrimaryTelephoneNumber: 'primary',
  OtherTelephoneNumber: 'other',
} as const satisfies Record<PhoneMember, PhoneKind>;

const SIBLING: ReadonlyMap<PhoneKind, PhoneKind> = new Map([
  ['work', 'work2'],
  ['work2', 'work'],
  ['home', 'home2'],
  ['home2', 'home'],
]);

/** In the order of Outlook's members, so that the second number at work is read as it stands. */
function readPhones(contact: OutlookContact): readonly Phone[] {
  return PHONE_MEMBERS.map((member) => ({ kind: KIND[member], number: oneLine(contact.phones[member]) })).filter(
    (phone) => phone.number !== '',
  );
}

/** A second number of one kind takes the other place for it, if that is free: work and work2, home and home2. */
function kept(phones: readonly Phone[]): readonly Phone[] {
  const numbers = new Map<PhoneKind, string>();
  const more: Phone[] = [];
  for (const { kind, number } of phones) {
    const line = oneLine(number);
    if (line === '') continue;
    if (numbers.has(kind)) more.push({ kind, number: line });
    else numbers.set(kind, line);
  }
  for (const { kind, number } of more) {
    const other = SIBLING.get(kind);
    if (other !== undefined && !numbers.has(other)) numbers.set(other, number);
  }
  return PHONE_MEMBERS.flatMap((member) => {
    const number = numbers.get(KIND[member]);
    return number === undefined ? [] : [{ kind: KIND[member], number }];
  });
}
