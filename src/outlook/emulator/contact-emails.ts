/**
 * The three e-mail slots of a contact, and its fax "addresses": five properties each that are set, changed and deleted together,
 * and the two lists that say which are there. @source outlook-objects.md section 6.2; MS-OXOCNTC 2.2.1.2
 */
import { toHex } from '../../base/utf8.ts';
import { oneOffId } from './address-ids.ts';
import { text } from './arguments.ts';
import type { Member, MemberTable } from './dispatch.ts';
import type { Column } from './item-class.ts';
import type { LiveItem } from './live-item.ts';
import { named, PROP, PSETID, PT, tag } from './property.ts';
import { EMAIL_SLOTS } from './resolution.ts';

const LIST = named(PSETID.address, 0x8028);
const ARRAY_TYPE = named(PSETID.address, 0x8029);

/** Fax slots: their number in the list, the telephone they come from, the base of their properties. */
const FAXES = [
  { index: 3, number: tag(0x3a24), base: 0x80c2 },
  { index: 4, number: tag(0x3a25), base: 0x80d2 },
  { index: 5, number: tag(0x3a23), base: 0x80b2 },
] as const;

/** Brings everything that hangs on the addresses up to date; part of Save. */
export function settleEmails(item: LiveItem): void {
  const present = EMAIL_SLOTS.flatMap((_, slot) => (settleSlot(item, slot) ? [slot] : []));
  const faxes = FAXES.flatMap((fax) => (settleFax(item, fax) ? [fax.index] : []));
  const all = [...present, ...faxes];
  if (all.length === 0) {
    item.bag.delete(LIST);
    item.bag.delete(ARRAY_TYPE);
    return;
  }
  item.bag.set(LIST, { type: PT.MV_LONG, value: all });
  item.bag.setLong(
    ARRAY_TYPE,
    all.reduce((bits, index) => bits | (1 << index), 0),
  );
}

/** Completes a slot, or clears what is left of an emptied one. @returns whether the slot holds an address */
function settleSlot(item: LiveItem, slot: number): boolean {
  const { bag, session } = item;
  const keys = EMAIL_SLOTS[slot];
  if (keys === undefined) return false;
  const address = bag.text(keys.address);
  if (address === '') {
    for (const key of Object.values(keys)) bag.delete(key);
    return false;
  }
  if (bag.text(keys.type) === '') bag.setText(keys.type, 'SMTP');
  if (bag.text(keys.displayName) === '') bag.setText(keys.displayName, displayName(item, address));
  const type = bag.text(keys.type);
  // An EX address keeps its SMTP form in the original display name; nobody else knows it.
  if (type === 'SMTP' || !bag.has(keys.originalDisplayName)) bag.setText(keys.originalDisplayName, address);
  const name = session.switches.emailDisplayName === 'fullName' ? bag.text(keys.displayName) : address;
  bag.setBinary(keys.originalEntryId, oneOffId({ name, type, address }));
  return true;
}

function displayName(item: LiveItem, address: string): string {
  const fullName = item.bag.text(PROP.displayName);
  if (fullName === '') return address;
  return item.session.switches.emailDisplayName === 'fullName' ? fullName : `${fullName} (${address})`;
}

function settleFax(item: LiveItem, fax: (typeof FAXES)[number]): boolean {
  const number = item.bag.text(fax.number);
  const key = (offset: number) => named(PSETID.address, fax.base + offset);
  if (number === '') {
    for (const offset of [0, 1, 2, 3]) item.bag.delete(key(offset));
    return false;
  }
  const name = item.bag.text(PROP.displayName);
  const address = `${name}@${number}`;
  item.bag.setText(key(0), 'FAX');
  item.bag.setText(key(1), address);
  item.bag.setText(key(2), name);
  item.bag.setBinary(key(3), oneOffId({ name, type: 'FAX', address }));
  return true;
}

function textOf(key: string): Member<LiveItem> {
  return { get: (item) => item.bag.text(key), put: (item, value) => item.bag.setText(key, text(value)) };
}

/** The members of all slots. */
export const CONTACT_EMAIL_MEMBERS: MemberTable<LiveItem> = Object.fromEntries(
  EMAIL_SLOTS.flatMap((keys, slot): [string, Member<LiveItem>][] => [
    [`Email${slot + 1}Address`, textOf(keys.address)],
    [`Email${slot + 1}AddressType`, textOf(keys.type)],
    [`Email${slot + 1}DisplayName`, textOf(keys.displayName)],
    [`Email${slot + 1}EntryID`, { get: (item) => toHex(item.bag.binary(keys.originalEntryId) ?? new Uint8Array(0)) }],
  ]),
);

/** Behind the guard. */
export const CONTACT_EMAIL_GUARDED: readonly string[] = Object.keys(CONTACT_EMAIL_MEMBERS);

/** The columns of all slots. */
export const CONTACT_EMAIL_COLUMNS: Readonly<Record<string, Column>> = Object.fromEntries(
  EMAIL_SLOTS.flatMap((keys, slot) => [
    [`Email${slot + 1}Address`, { key: keys.address, type: PT.UNICODE }] as const,
    [`Email${slot + 1}AddressType`, { key: keys.type, type: PT.UNICODE }] as const,
    [`Email${slot + 1}DisplayName`, { key: keys.displayName, type: PT.UNICODE }] as const,
    [`Email${slot + 1}EntryID`, { key: keys.originalEntryId, type: PT.BINARY }] as const,
  ]),
);
