import { must } from '../../../base/assert.ts';
import type { Contact, Email } from '../../../domain/contact.ts';
import type { EmailSlot, OutlookContact } from '../../../outlook/model/contact.ts';
import { mailAddress, normalEmails } from '../../contact/normal-emails.ts';
import { type Field, patching } from '../../field.ts';

type Slots = OutlookContact['emails'];

/**
 * The three e-mail slots; the first one in use is the primary address. A slot whose address stays is not touched, with its
 * display name; a new address takes the place of one that is gone, and Outlook makes its display name.
 * @loss addresses beyond the primary one and the first two others; what an address is for
 */
export const emails: Field<OutlookContact, Pick<Contact, 'emails'>> = patching({
  read: (contact) => ({ emails: readSlots(contact.emails) }),
  write: (contact, value) => ({ ...contact, emails: writeSlots(contact.emails, kept(value.emails)) }),
  survives: (value) => ({ emails: kept(value.emails) }),
});

const EMPTY: EmailSlot = { address: '', displayName: '', type: '' };

function kept(list: readonly Email[]): readonly Email[] {
  const all = normalEmails(list);
  const primary = all.filter((email) => email.primary);
  const others = all.filter((email) => !email.primary);
  return [...primary, ...others].slice(0, 3).map((email) => ({ ...email, place: 'other' }));
}

function readSlots(slots: Slots): readonly Email[] {
  return normalEmails(slots.map((slot) => ({ address: slot.address, place: 'other', primary: false })));
}

function writeSlots(slots: Slots, emails: readonly Email[]): Slots {
  const held = slots.map((slot) => mailAddress(slot.address));
  const fresh = emails.filter((email) => !held.includes(email.address));
  const wanted = slots.map((_, at) => isFirst(held, at) && emails.some((email) => email.address === held[at]));
  // Slots that lost their address come first: an address edited elsewhere stays in its slot.
  const free = [...held.keys()].filter((at) => !wanted[at]).sort((a, b) => rank(held, a) - rank(held, b));
  const written: EmailSlot[] = slots.map((slot, at) => (wanted[at] ? slot : EMPTY));
  fresh.forEach((email, at) => {
    written[must(free[at])] = { address: email.address, displayName: '', type: 'SMTP' };
  });
  return withPrimaryFirst(written, emails[0]?.address);
}

function rank(held: readonly string[], at: number): number {
  return held[at] === '' ? 1 : 0;
}

/** Whether the slot holds an address that no slot before it holds. */
function isFirst(held: readonly string[], at: number): boolean {
  return held.indexOf(held[at] ?? '') === at;
}

function withPrimaryFirst(slots: readonly EmailSlot[], primary: string | undefined): Slots {
  const ordered = [...slots];
  const first = ordered.findIndex((slot) => slot.address !== '');
  const at = ordered.findIndex((slot) => mailAddress(slot.address) === primary);
  if (at > first && first >= 0) [ordered[first], ordered[at]] = [must(ordered[at]), must(ordered[first])];
  return [must(ordered[0]), must(ordered[1]), must(ordered[2])];
}
