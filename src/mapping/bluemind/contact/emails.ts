import type { Contact, Email } from '../../../domain/contact.ts';
import type { VCard, VCardEmail } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { mailAddress, normalEmails } from '../../contact/normal-emails.ts';
import { type Field, patching } from '../../field.ts';
import { isMain, placeOf, withMain, withPlace } from './parameters.ts';
import { withCommunications } from './put.ts';

/**
 * All e-mail addresses. An address that was edited keeps the parameters of the entry it stood in.
 * @loss what is no mail address (an X.500 path of Outlook): the server would refuse the whole card
 */
export const emails: Field<VCard, Pick<Contact, 'emails'>> = patching({
  read: (card) => ({ emails: readEmails(entriesOf(card)) }),
  write: (card, value) => {
    const values = kept(value.emails);
    const entries = entriesOf(card);
    const bound = bind(values, entries.filter(isAddress), [
      { value: (email) => email.address, entry: (entry) => mailAddress(entry.value) },
      // Entries whose address is still wanted are bound above, or are a second copy of one that is.
      {
        value: (email) => email.place,
        entry: (entry) => (wanted(values, entry) ? undefined : placeOf(entry.parameters)),
      },
    ]);
    const written = values.map((email, at) => writeEmail(bound[at], email));
    const copies = entries.filter((entry) => isAddress(entry) && wanted(values, entry) && !bound.includes(entry));
    const rest = entries.filter((entry) => !isAddress(entry));
    return withCommunications(card, { emails: [...withPrimary([...written, ...copies], values), ...rest] });
  },
  survives: (value) => ({ emails: kept(value.emails) }),
});

/** @units characters, RFC 5321 4.5.3.1.3 */
const LONGEST = 254;
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** Whether the server takes this for a mail address: no quotes, no other letters than ASCII, a domain of two labels or more. */
function isMailAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > LONGEST) return false;
  const labels = address.slice(at + 1).split('.');
  const local = address.slice(0, at).split('.');
  return (
    labels.length > 1 && labels.every((label) => LABEL.test(label)) && local.every((part) => LOCAL_PART.test(part))
  );
}

function kept(list: readonly Email[]): readonly Email[] {
  return normalEmails(list.filter((email) => isMailAddress(mailAddress(email.address))));
}

function entriesOf(card: VCard): readonly VCardEmail[] {
  return card.communications?.emails ?? [];
}

function isAddress(entry: VCardEmail): boolean {
  return isMailAddress(mailAddress(entry.value));
}

function wanted(values: readonly Email[], entry: VCardEmail): boolean {
  return values.some((email) => email.address === mailAddress(entry.value));
}

function readEmails(entries: readonly VCardEmail[]): readonly Email[] {
  return normalEmails(
    entries.filter(isAddress).map((entry) => ({
      address: mailAddress(entry.value),
      place: placeOf(entry.parameters),
      primary: isMain(entry.parameters),
    })),
  );
}

function writeEmail(entry: VCardEmail | undefined, email: Email): VCardEmail {
  const address = mailAddress(entry?.value) === email.address ? entry?.value : email.address;
  return { ...entry, value: address, parameters: withPlace(entry?.parameters, email.place) };
}

/** The mark of the main address is moved only when the entries do not say it already: by it, or by standing first. */
function withPrimary(entries: readonly VCardEmail[], values: readonly Email[]): readonly VCardEmail[] {
  const now = readEmails(entries).findIndex((email) => email.primary);
  const primary = values.findIndex((email) => email.primary);
  if (now === primary) return entries;
  return entries.map((entry, at) => ({ ...entry, parameters: withMain(entry.parameters, at === primary) }));
}
