/** DistListItem. @source outlook-objects.md section 7 */
import { oneOffId, parseOneOffId, parseWrappedId } from './address-ids.ts';
import { long, text } from './arguments.ts';
import { at } from './collection.ts';
import { type DispatchObject, type DispatchValue, type MemberTable, stateOf } from './dispatch.ts';
import { putStoredMembers, type StoredMember, storedMembers } from './dist-list-members.ts';
import { fail } from './fault.ts';
import type { ItemClass } from './item-class.ts';
import { itemRow, openItem } from './item-store.ts';
import type { LiveItem, Part } from './live-item.ts';
import { named, PROP, PSETID, PT } from './property.ts';
import { PropertyBag } from './property-bag.ts';
import { isResolved, RECIPIENT, type RecipientState, recipientObject } from './recipients.ts';
import { EMAIL_SLOTS } from './resolution.ts';

const LIST_NAME = named(PSETID.address, 0x8053);
const FILE_AS = named(PSETID.address, 0x8005);

/** A recipient as a member; one that stands for no address is refused. @throws NOT_FOUND */
function memberOf({ part }: RecipientState): StoredMember {
  if (!isResolved(part)) fail('NOT_FOUND');
  const { bag } = part;
  const oneOff = oneOffId({
    name: bag.text(RECIPIENT.name),
    type: bag.text(RECIPIENT.addressType) || 'SMTP',
    address: bag.text(RECIPIENT.address),
  });
  return { entryId: bag.binary(RECIPIENT.entryId) ?? oneOff, oneOff };
}

function recipient(value: DispatchValue | undefined): RecipientState {
  return stateOf<RecipientState>(value, 'Recipient');
}

function recipientsOf(value: DispatchValue | undefined): readonly RecipientState[] {
  const { item } = stateOf<{ item: LiveItem }>(value, 'Recipients');
  return item.recipients.map((part) => ({ session: item.session, item, part }));
}

function removeMembers(item: LiveItem, gone: readonly RecipientState[]): void {
  const keys = new Set(gone.map((entry) => addressKey(memberOf(entry))));
  putStoredMembers(
    item,
    storedMembers(item).filter((member) => !keys.has(addressKey(member))),
  );
}

function addressKey({ oneOff, entryId }: StoredMember): string {
  const said = parseOneOffId(oneOff);
  return said === undefined ? Buffer.from(entryId).toString('hex') : (said.address || said.name).toLowerCase();
}

/** A member as a recipient; the contact behind it says its name now, and one whose contact is gone is unknown. */
function memberObject(item: LiveItem, member: StoredMember): DispatchObject {
  const { session } = item;
  const said = parseOneOffId(member.oneOff) ?? { name: '', type: 'SMTP', address: '' };
  const wrapped = parseWrappedId(member.entryId);
  const bag = new PropertyBag();
  bag.setText(RECIPIENT.name, said.name);
  bag.setText(RECIPIENT.address, said.address);
  bag.setText(RECIPIENT.addressType, said.type);
  bag.setBinary(RECIPIENT.entryId, member.entryId);
  bag.setLong(RECIPIENT.userType, wrapped === undefined ? 30 : wrapped.list ? 11 : 10);
  if (wrapped !== undefined) describeLinked(item, bag, wrapped);
  else if (session.switches.smtpAddressProperty && said.address !== '')
    bag.setText(RECIPIENT.smtpAddress, said.address);
  const part: Part = { bag, number: 0 };
  return recipientObject(session, part);
}

function describeLinked(item: LiveItem, bag: PropertyBag, to: { entryId: string; slot: number; list: boolean }): void {
  const row = itemRow(item.session, to.entryId);
  if (row === undefined) {
    bag.setText(RECIPIENT.name, 'Unknown');
    bag.setText(RECIPIENT.address, '');
    return;
  }
  const linked = openItem(item.session, row);
  const slot = EMAIL_SLOTS[to.slot];
  if (to.list || slot === undefined) bag.setText(RECIPIENT.name, linked.bag.text(LIST_NAME));
  else {
    bag.setText(RECIPIENT.name, linked.bag.text(slot.displayName));
    bag.setText(RECIPIENT.address, linked.bag.text(slot.address));
  }
}

const MEMBERS: MemberTable<LiveItem> = {
  DLName: {
    get: (item) => item.bag.text(LIST_NAME),
    put: (item, value) => {
      for (const key of [LIST_NAME, FILE_AS, PROP.displayName, PROP.subject, PROP.normalizedSubject]) {
        item.bag.setText(key, text(value));
      }
    },
  },
  FileAs: { get: (item) => item.bag.text(FILE_AS) },
  MemberCount: { get: (item) => storedMembers(item).length },
  GetMember: { call: (item, [index]) => memberObject(item, at(storedMembers(item), long(index))) },
  AddMember: {
    call: (item, [member]) => {
      putStoredMembers(item, [...storedMembers(item), memberOf(recipient(member))]);
      return null;
    },
  },
  AddMembers: {
    call: (item, [members]) => {
      putStoredMembers(item, [...storedMembers(item), ...recipientsOf(members).map(memberOf)]);
      return null;
    },
  },
  RemoveMember: {
    call: (item, [member]) => {
      removeMembers(item, [recipient(member)]);
      return null;
    },
  },
  RemoveMembers: {
    call: (item, [members]) => {
      removeMembers(item, recipientsOf(members));
      return null;
    },
  },
};

export const DIST_LIST: ItemClass = {
  className: 'DistListItem',
  olClass: 69,
  itemType: 7,
  messageClass: 'IPM.DistList',
  guarded: ['GetMember'],
  members: MEMBERS,
  start: (item) => item.bag.setText(LIST_NAME, ''),
  columns: { FileAs: { key: FILE_AS, type: PT.UNICODE } },
};
