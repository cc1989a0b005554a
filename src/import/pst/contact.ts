/** A contact or distribution list of a data file as the object model would show it. @source MS-OXOCNTC 2.2; outlook-objects.md 6, 7 */
import { digestBytes } from '../../base/digest.ts';
import { toHex } from '../../base/utf8.ts';
import { dateOf } from '../../domain/time-civil.ts';
import { EMPTY_CONTACT } from '../../mapping/outlook/contact/empty-items.ts';
import {
  CONTACT_TEXT_MEMBERS,
  type EmailSlot,
  type OutlookContact,
  PHONE_MEMBERS,
  type PostalAddress,
} from '../../outlook/model/contact.ts';
import {
  ADDRESS_PARTS,
  type AddressKind,
  ATTACHMENT,
  CONTACT_ADDRESS,
  CONTACT_EMAIL,
  CONTACT_IN_FILE,
  CONTACT_OTHER,
  CONTACT_PHONE,
  CONTACT_TEXT,
} from '../../outlook/program/contact-schema.ts';
import { addressOf } from '../../outlook/program/read-recipients.ts';
import { ITEM } from '../../outlook/program/schema-names.ts';
import { type BySchema, bySchema } from './by-schema.ts';
import { itemText } from './item-text.ts';
import type { PstItem } from './open-pst.ts';

/** @param photo the bytes of the picture that `contact.picture` names */
export type ReadContact = { readonly contact: OutlookContact; readonly photo: Uint8Array | undefined };

/** @throws IMPORT_DAMAGED */
export function contactOf(item: PstItem): ReadContact {
  const read = bySchema(item.properties);
  const photo = photoOf(item, read);
  const contact: OutlookContact = {
    ...EMPTY_CONTACT,
    text: recordOf(CONTACT_TEXT_MEMBERS, (member) => read.text(CONTACT_TEXT[member])),
    phones: recordOf(PHONE_MEMBERS, (member) => read.text(CONTACT_PHONE[member])),
    emails: [emailOf(read, 0), emailOf(read, 1), emailOf(read, 2)],
    business: postalOf(read, 'business'),
    home: postalOf(read, 'home'),
    other: postalOf(read, 'other'),
    birthday: dayOf(read.time(CONTACT_OTHER.birthdayLocal), read.time(CONTACT_IN_FILE.birthday)),
    anniversary: dayOf(read.time(CONTACT_OTHER.anniversaryLocal), read.time(CONTACT_IN_FILE.anniversary)),
    gender: genderOf(read.number(CONTACT_OTHER.gender)),
    certificates: read.binaries(CONTACT_OTHER.certificates).map(toHex),
    picture: photo === undefined ? '' : digestBytes(photo),
    body: itemText(read).plain.replaceAll('\n', '\r\n'),
    categories: read.texts(ITEM.keywords),
  };
  return { contact, photo };
}

function recordOf<K extends string, T>(keys: readonly K[], valueFor: (key: K) => T): Record<K, T> {
  return Object.fromEntries(keys.map((key) => [key, valueFor(key)])) as Record<K, T>;
}

function emailOf(read: BySchema, at: 0 | 1 | 2): EmailSlot {
  const schema = CONTACT_EMAIL[at];
  const address =
    addressOf(read.text(schema.type), read.text(schema.address), '') || addressOf('', read.text(schema.original), '');
  return { address, displayName: read.text(schema.displayName), type: address === '' ? '' : 'SMTP' };
}

function postalOf(read: BySchema, kind: AddressKind): PostalAddress {
  const parts = Object.keys(ADDRESS_PARTS) as (keyof PostalAddress)[];
  return recordOf(parts, (part) => read.text(CONTACT_ADDRESS[kind][part]));
}

function genderOf(value: number | undefined): 0 | 1 | 2 {
  return value === 1 || value === 2 ? value : 0;
}

const DAY = 86_400_000;
/** Outlook's word for no date begins in 4501. */
const NO_DATE = Date.UTC(4500, 0, 1);

/** @param local the day at midnight in no zone @param utc the day at midnight in the zone of the computer that wrote it */
function dayOf(local: number | undefined, utc: number | undefined): string | undefined {
  const at = local === undefined ? utc && Math.round(utc / DAY) : Math.floor(local / DAY);
  return at === undefined || at * DAY > NO_DATE || at * DAY < Date.UTC(1601, 0, 2) ? undefined : dateOf(at);
}

/** The picture is an attachment that says so. */
function photoOf(item: PstItem, read: BySchema): Uint8Array | undefined {
  if (!read.flag(CONTACT_OTHER.hasPicture)) return undefined;
  for (const attachment of item.attachments()) {
    const part = bySchema(attachment.properties);
    const bytes = part.flag(ATTACHMENT.contactPhoto) ? part.bytes(ATTACHMENT.data) : undefined;
    if (bytes !== undefined && bytes.length > 0) return bytes.slice();
  }
  return undefined;
}
