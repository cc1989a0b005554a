/**
 * Resolving what was typed as a recipient: an address, `"Name" <address>`, or a name of the address book.
 * @source outlook-objects.md sections 7, 8; outlook-calendar.md section 5.3
 */
import { oneOffId, wrappedId } from './address-ids.ts';
import { FOLDER } from './default-folders.ts';
import { named, PROP, PSETID, tag } from './property.ts';
import { type LoadedRow, loadRows } from './rows.ts';
import type { Session } from './session.ts';
import { pathOf } from './stored-properties.ts';
import { defaultFolder, defaultStore } from './stores.ts';

/** An address that a text stands for. `userType` is OlAddressEntryUserType: 30 SMTP, 10 contact, 11 distribution list. */
export type Resolved = {
  readonly name: string;
  readonly address: string;
  readonly type: string;
  readonly userType: 10 | 11 | 30;
  readonly id: Uint8Array;
};

const ADDRESS = /^[^\s<>"@,;]+@[^\s<>"@,;]+$/;
/** Characters that may not stand in a name without quotes (RFC 5322 specials). */
const SPECIAL = /[()<>[\]:;@\\,."]/;

/** What `typed` stands for; undefined when nothing or more than one thing does. */
export function resolve(session: Session, typed: string): Resolved | undefined {
  const text = typed.trim();
  if (ADDRESS.test(text)) return smtp(text, text);
  const bracketed = /^(.*?)\s*<([^<>]+)>$/s.exec(text);
  if (bracketed !== null) return withName(text, (bracketed[1] ?? '').trim(), (bracketed[2] ?? '').trim());
  return session.switches.resolveContacts ? fromAddressBook(session, text) : undefined;
}

function withName(text: string, written: string, address: string): Resolved {
  const quoted = /^"(.*)"$/s.exec(written);
  const name = quoted?.[1]?.replaceAll('\\"', '"') ?? written;
  if (name === '') return smtp(address, address);
  // Without quotes a special character makes the whole text the name, and the address is lost.
  if (quoted === null && SPECIAL.test(written)) return { ...smtp(text, ''), address: '' };
  return smtp(`${name} (${address})`, address);
}

function smtp(name: string, address: string): Resolved {
  return { name, address, type: 'SMTP', userType: 30, id: oneOffId({ name, type: 'SMTP', address }) };
}

/** Keys of the three e-mail slots: display name, type, address. */
export const EMAIL_SLOTS = [0x8080, 0x8090, 0x80a0].map((base) => ({
  displayName: named(PSETID.address, base),
  type: named(PSETID.address, base + 2),
  address: named(PSETID.address, base + 3),
  originalDisplayName: named(PSETID.address, base + 4),
  originalEntryId: named(PSETID.address, base + 5),
}));

const FILE_AS = named(PSETID.address, 0x8005);
const LIST_NAME = named(PSETID.address, 0x8053);

/** Contacts and lists by name, in the folders that are shown as address books. */
function fromAddressBook(session: Session, name: string): Resolved | undefined {
  const wanted = name.toLowerCase();
  if (wanted === '') return undefined;
  const keys = [
    PROP.displayName,
    PROP.messageClass,
    FILE_AS,
    LIST_NAME,
    ...EMAIL_SLOTS.flatMap((slot) => Object.values(slot)),
  ];
  const rows = addressBooks(session).flatMap((folder) =>
    loadRows(session, folder, { hidden: false, keys, tests: [], order: undefined }),
  );
  const named = rows.filter((row) => namesOf(row).some((text) => text.toLowerCase() === wanted));
  const found = named.flatMap((row) => entriesOf(row));
  return found.length === 1 ? found[0] : undefined;
}

/** The default contacts folder, and every contacts folder that is shown as one. */
function addressBooks(session: Session): readonly string[] {
  const standard = defaultFolder(session, defaultStore(session), FOLDER.contacts, false);
  const shown = session.database.all<{ entry_id: string }>(
    'SELECT entry_id FROM folders WHERE json_extract(contents, ?) = 1',
    pathOf(tag(0x3681)),
  );
  return [...new Set([...(standard === undefined ? [] : [standard.entry_id]), ...shown.map((row) => row.entry_id)])];
}

function namesOf(row: LoadedRow): readonly string[] {
  return [PROP.displayName, FILE_AS, LIST_NAME].flatMap((key) => textOf(row, key) || []);
}

function entriesOf(row: LoadedRow): readonly Resolved[] {
  const entryId = row.entry_id;
  if (textOf(row, PROP.messageClass).startsWith('IPM.DistList')) {
    const id = wrappedId({ entryId, slot: 3, list: true });
    return [{ name: textOf(row, LIST_NAME), address: '', type: 'MAPIPDL', userType: 11, id }];
  }
  return EMAIL_SLOTS.flatMap((keys, slot) => {
    const address = textOf(row, keys.address);
    if (address === '') return [];
    const name = textOf(row, keys.displayName) || textOf(row, PROP.displayName);
    const id = wrappedId({ entryId, slot, list: false });
    return [{ name, address, type: textOf(row, keys.type) || 'SMTP', userType: 10 as const, id }];
  });
}

function textOf(row: LoadedRow, key: string): string {
  const value = row.values.get(key)?.value;
  return typeof value === 'string' ? value : '';
}
