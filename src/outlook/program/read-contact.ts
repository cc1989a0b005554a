/**
 * How a contact becomes a snapshot: one bulk read and its body, which the row of a table may have told; then its dates, where they
 * are stored without a zone-less copy, and its picture, when it has one.
 */
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
  CONTACT_IN_FILE,
  CONTACT_OTHER,
  CONTACT_PHONE,
  CONTACT_TEXT,
  NO_DATE,
} from './contact-schema.ts';
import { accessorOf, type ItemPlace, openItem } from './item-place.ts';
import type { OutlookValue } from './program.ts';
import { readPicture } from './read-picture.ts';
import { continuedBy, type Decoded, type Part } from './reading.ts';
import type { RowView } from './rows.ts';
import { ITEM, TAG_NAMES } from './schema-names.ts';
import { type Tags, tagsFrom } from './tags.ts';
import { bytesList, date, flag, isAbsent, isDate, list, number, text, texts } from './values.ts';

const PLAIN: readonly string[] = [
  ITEM.lastModified,
  ITEM.messageClass,
  ITEM.keywords,
  ...Object.values(CONTACT_TEXT),
  ...Object.values(CONTACT_PHONE),
  ...ADDRESS_KINDS.flatMap((kind) => Object.values(CONTACT_ADDRESS[kind])),
  ...CONTACT_EMAIL.flatMap((slot) => Object.values(slot)),
  ...Object.values(CONTACT_OTHER),
  CONTACT_IN_FILE.birthday,
  CONTACT_IN_FILE.anniversary,
];
const BULK: readonly string[] = [...PLAIN, ...TAG_NAMES.map(([, name]) => name)];

/** Is told of the bytes of a picture, and of the tags of the contact that shows it. */
export type PictureSeen = (picture: Uint8Array, tags: Tags) => void;

export type ContactRead = { readonly snapshot: ContactSnapshot };

/** How a contact is read. */
export type ContactReading = {
  /** Told of its picture's bytes, which the snapshot names by their digest, and of its tags. */
  readonly seen?: PictureSeen | undefined;
  /** What a table told of it. */
  readonly row?: RowView | undefined;
};

/** Reads one contact. */
export function readContact(place: ItemPlace, reading: ContactReading = {}): Part<ContactRead> {
  const { seen = () => {}, row } = reading;
  return (run) => {
    const item = openItem(run, place, 'ContactItem');
    const bulk = run.call(accessorOf(run, item), 'GetProperties', BULK);
    const told = row?.body();
    const body = told === undefined ? run.value(item, 'Body') : undefined;
    return {
      wanted: [bulk, ...(body === undefined ? [] : [body])],
      decode: (values) => {
        const slots = list(values[bulk]);
        const slot: Slot = (name) => slots[PLAIN.indexOf(name)];
        const lastModified = `${date(slot(ITEM.lastModified))}Z`;
        // A row and an item of two moments would be a state it never had.
        if (row !== undefined && row.lastModified !== lastModified) return again(place, seen);
        const said = told ?? text(values[body ?? '']);
        if (told === undefined) row?.asked(said);
        const value: OutlookContact = {
          ...contactFrom(slot),
          birthday: dayFrom(slot(CONTACT_OTHER.birthdayLocal)),
          anniversary: dayFrom(slot(CONTACT_OTHER.anniversaryLocal)),
          body: said,
          categories: texts(slot(ITEM.keywords)),
          tags: tagsFrom(slots.slice(PLAIN.length)),
        };
        const snapshot = { entryId: place.entryId, lastModified, messageClass: text(slot(ITEM.messageClass)), value };
        const rest = (whole: ContactSnapshot): Decoded<ContactRead> =>
          flag(slot(CONTACT_OTHER.hasPicture))
            ? withPicture(place, whole, seen)
            : { kind: 'value', value: { snapshot: whole } };
        return lacksDays(slot)
          ? withDays(place, snapshot, { rest, restart: () => again(place, seen) })
          : rest(snapshot);
      },
    };
  };
}

/** Reads all of it from the item. */
function again(place: ItemPlace, seen: PictureSeen): Decoded<ContactRead> {
  return { kind: 'more', next: readContact(place, { seen }) };
}

/** Whether there is, or may be, a date that only its member tells as Outlook shows it. */
function lacksDays(slot: Slot): boolean {
  const lacks = (local: string, stored: string) => !isDate(slot(local)) && !isAbsent(slot(stored));
  return (
    lacks(CONTACT_OTHER.birthdayLocal, CONTACT_IN_FILE.birthday) ||
    lacks(CONTACT_OTHER.anniversaryLocal, CONTACT_IN_FILE.anniversary)
  );
}

/** Asks the members for the dates that are missing. */
function withDays(
  place: ItemPlace,
  snapshot: ContactSnapshot,
  then: {
    readonly rest: (snapshot: ContactSnapshot) => Decoded<ContactRead>;
    readonly restart: () => Decoded<ContactRead>;
  },
): Decoded<ContactRead> {
  const next: Part<ContactRead> = (run) => {
    const item = openItem(run, place, 'ContactItem');
    const modified = run.call(accessorOf(run, item), 'GetProperty', ITEM.lastModified);
    const [birthday, anniversary] = [run.value(item, 'Birthday'), run.value(item, 'Anniversary')];
    return {
      wanted: [modified, birthday, anniversary],
      decode: (values) => {
        if (`${date(values[modified])}Z` !== snapshot.lastModified) return then.restart();
        const { value } = snapshot;
        const days = {
          birthday: value.birthday ?? dayFrom(values[birthday]),
          anniversary: value.anniversary ?? dayFrom(values[anniversary]),
        };
        return then.rest({ ...snapshot, value: { ...value, ...days } });
      },
    };
  };
  return { kind: 'more', next };
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

/** The day of a date; undefined where there is none. */
function dayFrom(value: OutlookValue | undefined): string | undefined {
  return isDate(value) && value.date < NO_DATE ? value.date.slice(0, 10) : undefined;
}
