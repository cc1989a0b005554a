/**
 * Recipient and Recipients: of a meeting, of CreateRecipient, of a distribution list's members. Everything is guarded.
 * @source outlook-objects.md sections 7, 8; outlook-calendar.md section 5.3
 */
import { toHex } from '../../base/utf8.ts';
import { addressEntryObject } from './address-entry.ts';
import { long, text } from './arguments.ts';
import { at, pick } from './collection.ts';
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { LiveItem, Part } from './live-item.ts';
import { PROP, PT, tag } from './property.ts';
import { propertyAccessor } from './property-accessor.ts';
import { PropertyBag } from './property-bag.ts';
import { type Resolved, resolve } from './resolution.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { deleteProperty, writeProperty } from './stored-properties.ts';

/** The properties of a recipient row. */
export const RECIPIENT = {
  name: PROP.displayName,
  addressType: tag(0x3002),
  address: tag(0x3003),
  smtpAddress: PROP.smtpAddress,
  /** OlMeetingRecipientType on meetings */
  type: tag(0x0c15),
  entryId: PROP.entryId,
  flags: tag(0x5ffd),
  trackStatus: tag(0x5fff),
  userType: tag(0x3900),
} as const;

/** A recipient; `item` undefined for one made by CreateRecipient. */
export type RecipientState = { readonly session: Session; readonly item: LiveItem | undefined; readonly part: Part };

/** A recipient of an item or a loose one. */
export function recipientObject(session: Session, part: Part, item?: LiveItem): DispatchObject {
  return session.make(RECIPIENT_CLASS, { session, item, part });
}

/** The recipients of an item. */
export function recipientsObject(item: LiveItem): DispatchObject {
  return item.session.make(RECIPIENTS_CLASS, { session: item.session, item });
}

/** A part for a name that is not resolved yet. @throws FAILED for an empty name */
export function newRecipient(name: string, type: number): Part {
  if (name.trim() === '') fail('EXCEPTION', '', 'NO_NAME');
  const bag = new PropertyBag();
  bag.setText(RECIPIENT.name, name);
  bag.setLong(RECIPIENT.type, type);
  return { bag, number: 0 };
}

/** Fills a recipient in with what its text stands for. */
export function bind(session: Session, { bag }: Part, to: Resolved): void {
  bag.setText(RECIPIENT.name, to.name);
  bag.setText(RECIPIENT.address, to.address);
  bag.setText(RECIPIENT.addressType, to.type);
  bag.setLong(RECIPIENT.userType, to.userType);
  bag.setBinary(RECIPIENT.entryId, to.id);
  if (session.switches.smtpAddressProperty && to.type === 'SMTP' && to.address !== '') {
    bag.setText(RECIPIENT.smtpAddress, to.address);
  }
}

/** Whether the recipient stands for an address. */
export function isResolved({ bag }: Part): boolean {
  return bag.has(RECIPIENT.entryId);
}

function tryToResolve({ session, part, item }: RecipientState): boolean {
  if (isResolved(part)) return true;
  const found = resolve(session, part.bag.text(RECIPIENT.name));
  if (found === undefined) return false;
  bind(session, part, found);
  if (item !== undefined) item.partsDirty = true;
  return true;
}

/** Reading the entry forces resolution. @throws NOT_FOUND when nothing is found */
function addressEntry(self: RecipientState): DispatchObject {
  if (!tryToResolve(self)) fail('NOT_FOUND');
  const { bag } = self.part;
  return addressEntryObject(self.session, {
    name: bag.text(RECIPIENT.name),
    address: bag.text(RECIPIENT.address),
    type: bag.text(RECIPIENT.addressType),
    userType: bag.long(RECIPIENT.userType, 30),
    id: bag.binary(RECIPIENT.entryId) ?? new Uint8Array(0),
  });
}

function putType(self: RecipientState, type: number): void {
  const allowed = self.session.switches.organizerTypeWritable ? [0, 1, 2, 3] : [1, 2, 3];
  if (!allowed.includes(type)) fail('INVALID_ARGUMENT');
  self.part.bag.setLong(RECIPIENT.type, type);
  if (self.item !== undefined) self.item.partsDirty = true;
}

function remove(item: LiveItem, part: Part): void {
  const index = item.recipients.indexOf(part);
  if (index < 0) fail('OBJECT_DELETED');
  item.recipients.splice(index, 1);
  item.partsDirty = true;
}

/** A recipient has no Save: what is written through its accessor is stored at once when its item is. */
function accessor(self: RecipientState): DispatchObject {
  const { session, part, item } = self;
  const stored = () => item !== undefined && part.number !== 0;
  return propertyAccessor({
    session,
    parent: () => recipientObject(session, part, item),
    get: (key) => part.bag.get(key),
    set: (key, value) => {
      part.bag.set(key, value);
      if (stored()) writeProperty(session.database, `p${part.number}`, key, value);
    },
    delete: (key) => {
      part.bag.delete(key);
      if (stored()) deleteProperty(session.database, `p${part.number}`, key);
    },
    readOnly: [RECIPIENT.entryId],
  });
}

const RECIPIENT_MEMBERS: MemberTable<RecipientState> = {
  ...standardMembers<RecipientState>(4, ({ session, item }) =>
    item === undefined ? session.objects.namespace : recipientsObject(item),
  ),
  Name: { get: ({ part }) => part.bag.text(RECIPIENT.name) },
  Address: { get: ({ part }) => part.bag.text(RECIPIENT.address) },
  AddressEntry: { get: addressEntry },
  EntryID: { get: ({ part }) => toHex(part.bag.binary(RECIPIENT.entryId) ?? new Uint8Array(0)) },
  Index: { get: ({ item, part }) => (item === undefined ? 1 : item.recipients.indexOf(part) + 1) },
  Type: {
    get: ({ part }) => part.bag.long(RECIPIENT.type),
    put: (self, value) => putType(self, long(value)),
  },
  Resolved: { get: ({ part }) => isResolved(part) },
  Resolve: { call: tryToResolve },
  MeetingResponseStatus: { get: ({ part }) => part.bag.long(RECIPIENT.trackStatus) },
  TrackingStatus: { get: () => 0 },
  DisplayType: { get: ({ part }) => (part.bag.long(RECIPIENT.userType) === 11 ? 5 : 0) },
  Sendable: {
    get: ({ part }) => (part.bag.long(RECIPIENT.flags, 1) & 1) === 1,
    put: (self, value) => {
      const flags = self.part.bag.long(RECIPIENT.flags, 1) & ~1;
      self.part.bag.set(RECIPIENT.flags, { type: PT.LONG, value: flags | (value === true ? 1 : 0) });
      if (self.item !== undefined) self.item.partsDirty = true;
    },
  },
  PropertyAccessor: { get: accessor },
  Delete: {
    call: ({ item, part }) => {
      remove(item ?? fail('NO_SUPPORT'), part);
      return null;
    },
  },
};

const RECIPIENT_CLASS: ObjectClass<RecipientState> = { name: 'Recipient', guarded: 'all', members: RECIPIENT_MEMBERS };

type RecipientsState = { readonly session: Session; readonly item: LiveItem };

const RECIPIENTS_MEMBERS: MemberTable<RecipientsState> = {
  ...standardMembers<RecipientsState>(17, ({ item }) => item.object()),
  Count: { get: ({ item }) => item.recipients.length },
  Item: {
    call: ({ session, item }, [key]) => {
      const found = pick(item.recipients, key, ({ bag }, name) => bag.text(RECIPIENT.name) === name);
      return recipientObject(session, found ?? fail('NOT_FOUND'), item);
    },
  },
  Add: {
    call: ({ session, item }, [name]) => {
      const part = newRecipient(text(name), 1);
      item.recipients.push(part);
      item.partsDirty = true;
      return recipientObject(session, part, item);
    },
  },
  Remove: {
    call: ({ item }, [index]) => {
      remove(item, at(item.recipients, long(index)));
      return null;
    },
  },
  ResolveAll: {
    call: ({ session, item }) => item.recipients.map((part) => tryToResolve({ session, item, part })).every(Boolean),
  },
};

const RECIPIENTS_CLASS: ObjectClass<RecipientsState> = {
  name: 'Recipients',
  guarded: 'all',
  members: RECIPIENTS_MEMBERS,
};
