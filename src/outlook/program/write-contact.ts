/**
 * How a contact gets from what it is to what it shall be: name parts before what is composed of them, FileAs only when it was
 * asked for, slots of which Outlook composes the rest only where they differ.
 * @source outlook-objects.md 6.1 to 6.4
 */
import { fromHex } from '../../base/utf8.ts';
import {
  CONTACT_TEXT_MEMBERS,
  type ContactTextMember,
  type EmailSlot,
  type OutlookContact,
  PHONE_MEMBERS,
  type PostalAddress,
} from '../model/contact.ts';
import { categoryChange, clearsCategories } from './categories.ts';
import { ADDRESS_KINDS, ADDRESS_PARTS, CONTACT_OTHER, NO_DATE } from './contact-schema.ts';
import { accessorOf, expectUnmoved, type Given, itemsOf, openItem } from './item-place.ts';
import type { MemberOf } from './members.ts';
import type { Handle, Program } from './program.ts';
import type { ContactRead } from './read-contact.ts';
import { type Ref, type Script, script } from './script.ts';
import { type Property, setProperties, tagChanges } from './tags.ts';

const CONTACT_ITEM = 2;
const NAME_PARTS = ['Title', 'FirstName', 'MiddleName', 'LastName', 'Suffix'] as const satisfies ContactTextMember[];
/** Written by rules of their own. */
const COMPOSED: readonly ContactTextMember[] = [...NAME_PARTS, 'FullName', 'FileAs'];

export type ContactWrite = {
  readonly given: Given;
  readonly storeId: string | undefined;
  /** undefined = a new item in the given folder. */
  readonly before: ContactRead | undefined;
  readonly after: OutlookContact;
  /** Where the picture lies whose digest `after` says, when it is not the one that is there. */
  readonly pictureFile?: string | undefined;
};

/** The program; undefined when nothing differs. */
export function writeContact(
  options: ContactWrite,
): { readonly program: Program; readonly entryId: Handle | undefined } | undefined {
  const { before, after, storeId } = options;
  const known = before?.snapshot.value;
  let changes = 0;
  let entryId: Handle | undefined;
  const program = script(before === undefined ? 'create contact' : 'update contact', options.given, (run) => {
    const item =
      before === undefined
        ? run.open(itemsOf(run, options.given), 'Add', 'ContactItem', CONTACT_ITEM)
        : openItem(run, { entryId: before.snapshot.entryId, storeId }, 'ContactItem');
    const accessor =
      before === undefined ? accessorOf(run, item) : expectUnmoved(run, item, before.snapshot.lastModified);
    const untouched = run.steps.length;
    writeNames(run, item, known, after);
    writePlain(run, item, known, after);
    writeSlots(run, item, known, after);
    writeDates(run, item, known, after);
    writeFileAs(run, item, known, after);
    put(run, item, 'Gender', known?.gender ?? 0, after.gender);
    writePicture(run, item, { before: known?.picture ?? '', after: after.picture, file: options.pictureFile });
    writeProperties(run, item, accessor, { before: known, after });
    changes = run.steps.length - untouched;
    run.call(item, 'Save');
    if (before !== undefined) return [];
    entryId = run.value(item, 'EntryID');
    return [entryId];
  });
  return changes === 0 && before !== undefined ? undefined : { program, entryId };
}

type Known = OutlookContact | undefined;
type Contact = Ref<'ContactItem'>;

/**
 * Outlook composes the full name of its parts, and takes a full name apart: it is written only where there are no parts, and
 * the parts then are what Outlook finds in it.
 */
function writeNames(run: Script, item: Contact, before: Known, after: OutlookContact): void {
  for (const part of NAME_PARTS) put(run, item, part, before?.text[part] ?? '', after.text[part]);
  if (NAME_PARTS.every((part) => after.text[part] === '')) {
    put(run, item, 'FullName', before?.text.FullName ?? '', after.text.FullName);
  }
}

function writePlain(run: Script, item: Contact, before: Known, after: OutlookContact): void {
  for (const member of CONTACT_TEXT_MEMBERS) {
    if (!COMPOSED.includes(member)) put(run, item, member, before?.text[member] ?? '', after.text[member]);
  }
  for (const member of PHONE_MEMBERS) put(run, item, member, before?.phones[member] ?? '', after.phones[member]);
  put(run, item, 'Body', before?.body ?? '', after.body);
}

function writeSlots(run: Script, item: Contact, before: Known, after: OutlookContact): void {
  for (const index of [0, 1, 2] as const)
    writeEmail(run, item, { index, before: before?.emails[index], after: after.emails[index] });
  let addressed = false;
  for (const kind of ADDRESS_KINDS) {
    for (const part of Object.keys(ADDRESS_PARTS) as (keyof PostalAddress)[]) {
      const member = addressMember(kind, part);
      addressed = put(run, item, member, before?.[kind][part] ?? '', after[kind][part]) || addressed;
    }
  }
  // The first address that is filled in becomes the mailing one by itself.
  if (addressed || (before?.selectedMailingAddress ?? 0) !== after.selectedMailingAddress) {
    run.put(item, 'SelectedMailingAddress', after.selectedMailingAddress);
  }
}

/** A display name that is left empty is composed by Outlook, but only into an empty one. */
function writeEmail(
  run: Script,
  item: Contact,
  slot: { readonly index: 0 | 1 | 2; readonly before: EmailSlot | undefined; readonly after: EmailSlot },
): void {
  const before = slot.before ?? { address: '', displayName: '', type: '' };
  const { index, after } = slot;
  const member = (of: 'Address' | 'AddressType' | 'DisplayName') => `Email${index + 1}${of}` as MemberOf<'ContactItem'>;
  const moved = before.address !== after.address;
  if (moved) {
    if (before.displayName !== '') run.put(item, member('DisplayName'), '');
    run.put(item, member('Address'), after.address);
    const type = after.type === '' ? 'SMTP' : after.type;
    if (after.address !== '' && before.type !== '' && before.type !== type) run.put(item, member('AddressType'), type);
  }
  if (after.address !== '' && after.displayName !== '' && (moved || before.displayName !== after.displayName)) {
    run.put(item, member('DisplayName'), after.displayName);
  }
}

/** Saving a contact with a changed date rewrites its appointment in the calendar: only when the day differs. */
function writeDates(run: Script, item: Contact, before: Known, after: OutlookContact): void {
  for (const [name, member] of [
    ['birthday', 'Birthday'],
    ['anniversary', 'Anniversary'],
  ] as const) {
    const day = after[name];
    if (before?.[name] === day) continue;
    run.put(item, member, { date: day === undefined ? NO_DATE : `${day}T00:00:00` });
  }
}

/** Outlook composes FileAs as the user likes it; an empty one asks for that. Last, because names recompose it. */
function writeFileAs(run: Script, item: Contact, before: Known, after: OutlookContact): void {
  const wanted = after.text.FileAs;
  if (wanted !== '' && wanted !== before?.text.FileAs) run.put(item, 'FileAs', wanted);
}

/** Outlook takes a picture from a file only, and makes one of its own out of it. @source outlook-objects.md 6.5 */
function writePicture(
  run: Script,
  item: Contact,
  { before, after, file }: { readonly before: string; readonly after: string; readonly file: string | undefined },
): void {
  if (before === after) return;
  if (before !== '') run.call(item, 'RemovePicture');
  // One that Outlook does not understand must not keep the rest of the contact from being saved.
  if (file !== undefined) run.optional.call(item, 'AddPicture', file);
}

/** Nobody may delete a property of Outlook's own: no certificates are an empty one. */
function certificateChange(before: readonly string[], after: readonly string[]): readonly Property[] {
  if (before.length === after.length && before.every((hex, at) => hex === after[at])) return [];
  const blobs = after.length === 0 ? [new Uint8Array(0)] : after.map(fromHex);
  return [[CONTACT_OTHER.certificates, blobs]];
}

function writeProperties(
  run: Script,
  item: Contact,
  accessor: Ref<'PropertyAccessor'>,
  { before, after }: { readonly before: Known; readonly after: OutlookContact },
): void {
  const categories = before?.categories ?? [];
  if (clearsCategories(categories, after.categories)) run.put(item, 'Categories', '');
  const tags = tagChanges(before?.tags ?? {}, after.tags);
  setProperties(run, accessor, [
    ...categoryChange(categories, after.categories),
    ...certificateChange(before?.certificates ?? [], after.certificates),
    ...tags.set,
  ]);
  if (tags.remove.length > 0) run.call(accessor, 'DeleteProperties', tags.remove);
}

function addressMember(kind: (typeof ADDRESS_KINDS)[number], part: keyof PostalAddress): MemberOf<'ContactItem'> {
  const prefix = { business: 'BusinessAddress', home: 'HomeAddress', other: 'OtherAddress' } as const;
  return `${prefix[kind]}${ADDRESS_PARTS[part]}`;
}

function put<T extends string | number>(
  run: Script,
  item: Contact,
  member: MemberOf<'ContactItem'>,
  before: T,
  after: T,
): boolean {
  if (before === after) return false;
  run.put(item, member, after);
  return true;
}
