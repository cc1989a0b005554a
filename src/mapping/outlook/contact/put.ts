import type { ContactTextMember, OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine, someLines } from '../../contact/lines.ts';

/** The text to store for `value` where `current` is stored now: as it is when it says the same. */
export function putText(current: string, value: string): string {
  return oneLine(current) === value ? current : value;
}

/** The text of a few lines to store, CRLF between them. */
export function putLines(current: string, value: string): string {
  return someLines(current) === value ? current : value.replaceAll('\n', '\r\n');
}

/** The contact with these text members put. */
export function withTexts(
  contact: OutlookContact,
  values: Readonly<Partial<Record<ContactTextMember, string>>>,
): OutlookContact {
  const text = { ...contact.text };
  for (const [member, value] of Object.entries(values) as [ContactTextMember, string][]) {
    text[member] = putText(text[member], value);
  }
  return { ...contact, text };
}
