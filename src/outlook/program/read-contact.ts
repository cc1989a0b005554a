/** How a contact becomes a snapshot: one bulk read, its body and its two dates; then its picture, when it has one. */
import { digestBytes } from '../../base/digest.ts';
import { toHex } from '../../base/utf8.ts';
import type { ContactTextMember, EmailSlot, OutlookContact, PhoneMember, PostalAddress } from '../model/contact.ts';
import type { ContactSnapshot } from '../model/snapshot.ts';
import {
  ADDRESS_KINDS,
  ADDRESS_PARTS,
  type AddressKind,
  CONTACT_ADDRESS,
  CONTACT_EMAIL,
  CONTACT_OTHER,
  CONTACT_PHONE,
  CONTACT_TEXT,
  NO_DATE,
} from './contact-schema.ts';
import { accessorOf, type ItemPlace, openItem } from './item-place.ts';
import type { OutlookValue } from './program.ts';
import { readPicture } from './read-picture.ts';
import { continuedBy, type Decoded, type Part } from './reading.ts';
import { ITEM, TAG_NAMES } from './schema-names.ts';
import { type Tags, tagsFrom } from './tags.ts';
import { bytesList, date, flag, isDate, list, number, text, texts } from './values.ts';

const PLAIN: readonly string[] = [
  ITEM.lastModified,
  ITEM.messageClass,
  ITEM.keywords,
  ...Object.values(CONTACT_TEXT),
  ...Object.values(CONTACT_PHONE),
  ...ADDRESS_KINDS.flatMap((kind) => Object.values(CONTACT_ADDRESS[kind])),
  ...CONTACT_EMAIL.flatMap((slot) => Object.values(slot)),
  ...Object.values(CONTACT_OTHER),
];
const BULK: readonly string[] = [...PLAIN, ...TAG_NAMES.map(([, name]) => name)];

/** Is told of the bytes of a picture, and of the tags of the contact that shows it. */
export type PictureSeen = (picture: Uint8Array, tags: Tags) => void;

export type ContactRead = { readonly snapshot: ContactSnapshot };

/** Reads one contact. @param seen told of its picture's bytes, which the snapshot names by their digest, and of its tags */
export function readContact(place: ItemPlace, seen: PictureSeen = () => {}): Part<ContactRead> {
  return (run) => {
    const item = openItem(run, place, 'ContactItem');
    const bulk = run.call(accessorOf(run, item), 'GetProperties', BULK);
    const body = run.value(item, 'Body');
    const birthday = run.value(item, 'Birthday');
    const anniversary = run.value(item, 'Anniversary');
    return {
      wanted: [bulk, body, birthday, anniversary],
      decode: (values) => {
        const slots = list(values[bulk]);
        const slot: Slot = (name) => slots[PLAIN.indexOf(name)];
        const value: OutlookContact = {
          ...contactFrom(slot),
          birthday: dayFrom(slot(CONTACT_OTHER.birthdayLocal), values[birthday]),
          anniversary: dayFrom(slot(CONTACT_OTHER.anniversaryLocal), values[anniversary]),
          body: text(values[body]),
          categories: texts(slot(ITEM.keywords)),
          tags: tagsFrom(slots.slice(PLAIN.length)),
        };
        const lastModified = `${date(slot(ITEM.lastModified))}Z`;
        const messageClass = text(slot(ITEM.messageClass));
        const snapshot = { entryId: place.entryId, lastModified, messageClass, value };
        return flag(slot(CONTACT_OTHER.hasPicture))
          ? withPicture(place, snapshot, seen)
          : { kind: 'value', value: { snapshot } };
      },
    };
  };
}

function withPicture(place: ItemPlace, snapshot: ContactSnapshot, seen: PictureSeen): Decoded<ContactRead> {
  const next = continuedBy(readPicture(place, snapshot.lastModified), (picture): Decoded<ContactRead> => {
    if (picture === undefined) return { kind: 'value', value: { snapshot } };
    seen(picture, snapshot.value.tags);
    return {
      kind: 'value',
      value: { snapshot: { ...snapshot, value: { ...snapshot.value, picture: digestBytes(picture) } } },
    };
  });
  return { kind: 'more', next };
}

type Slot = (schemaName: string) => OutlookValue | undefined;

function contactFrom(slot: Slot): Omit<OutlookContact, 'birthday' | 'anniversary' | 'body' | 'categories' | 'tags'> {
  const selected = number(slot(CONTACT_OTHER.selectedMailingAddress));
  const gender = number(slot(CONTACT_OTHER.gender));
  const addresses = ADDRESS_KINDS.map((kind) => [kind, addressFrom(slot, kind)] as const);
  return {
    text: textsFrom<ContactTextMember>(slot, CONTACT_TEXT),
    phones: textsFrom<PhoneMember>(slot, CONTACT_PHONE),
    emails: [emailFrom(slot, 0), emailFrom(slot, 1), emailFrom(slot, 2)],
    ...(Object.fromEntries(addresses) as Record<AddressKind, PostalAddress>),
    selectedMailingAddress: selected === 1 || selected === 2 || selected === 3 ? selected : 0,
    gender: gender === 1 || gender === 2 ? gender : 0,
    certificates: bytesList(slot(CONTACT_OTHER.certificates)).map(toHex),
    picture: '',
  };
}

function textsFrom<K extends string>(slot: Slot, names: Readonly<Record<K, string>>): Readonly<Record<K, string>> {
  const entries = (Object.keys(names) as K[]).map((member) => [member, text(slot(names[member]))] as const);
  return Object.fromEntries(entries) as Record<K, string>;
}

function addressFrom(slot: Slot, kind: AddressKind): PostalAddress {
  const parts = Object.keys(ADDRESS_PARTS) as (keyof PostalAddress)[];
  const entries = parts.map((part) => [part, text(slot(CONTACT_ADDRESS[kind][part]))] as const);
  return Object.fromEntries(entries) as PostalAddress;
}

/** An entry of the Exchange directory has a path as its address; the mail address is its original name. */
function emailFrom(slot: Slot, index: 0 | 1 | 2): EmailSlot {
  const names = CONTACT_EMAIL[index];
  const type = text(slot(names.type));
  const original = text(slot(names.original));
  const directory = type.toUpperCase() === 'EX' && original.includes('@');
  return {
    address: directory ? original : text(slot(names.address)),
    displayName: text(slot(names.displayName)),
    type,
  };
}

/** The date without zone where the item has it, else the member's local date. */
function dayFrom(zoneless: OutlookValue | undefined, member: OutlookValue | undefined): string | undefined {
  const found = [zoneless, member].find((value) => isDate(value));
  if (!isDate(found) || found.date >= NO_DATE) return undefined;
  return found.date.slice(0, 10);
}
