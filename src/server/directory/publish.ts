import { emptyCard } from '../../mapping/vcard/empty-card.ts';
import type { VCard, VCardEmail } from '../../wire/addressbook.ts';
import type { DirEntry } from '../../wire/directory.ts';
import { type Book, CARDS, cardOf } from '../addressbooks/cards.ts';
import { createCard, preparedCard, removeCard, updateCard } from '../addressbooks/write-card.ts';
import { entryPath } from '../containers/descriptors.ts';
import { directoryBook } from '../containers/uids.ts';
import { type Collection, createItem, findItem, type ItemKind, removeItem, updateItem } from '../items/collection.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SYSTEM } from '../kernel/session.ts';
import type { Entry } from '../store/store.ts';

/**
 * The directory as containers: every entry of a domain is an item of the domain's `dir` container, which gives it a version and
 * a change log, and the visible ones are cards of the book `addressbook_<domain>`. Both follow the entries; nothing else writes
 * them. Rules [DI1] to [DI4] of docs/server-contacts.md.
 */
export const DIRECTORY: ItemKind<DirEntry> = {
  type: 'dir',
  byId: 'dir-by-id',
  describe: (entry) => ({ displayName: entry.displayName ?? '', lookup: entry.path ?? '' }),
};

/** Stores an entry and shows it in the directory: the way to write entries. */
export function saveDirectoryEntry(kernel: Kernel, entry: Entry): void {
  kernel.store.transaction(() => {
    kernel.store.people.saveEntry(entry);
    publishEntry(kernel, entry);
    for (const group of kernel.store.people.groupsOf(entry.uid)) {
      const parent = kernel.store.people.entry(entry.domain, group);
      if (parent !== undefined) publishEntry(kernel, parent);
    }
  });
}

/** Removes an entry and what shows it. */
export function withdrawEntry(kernel: Kernel, domain: string, uid: string): void {
  kernel.store.transaction(() => {
    const groups = kernel.store.people.groupsOf(uid);
    kernel.store.people.removeEntry(domain, uid);
    const directory = directoryOf(kernel, domain);
    if (findItem(directory, uid) !== undefined) removeItem(directory, uid);
    const book = bookOf(kernel, domain);
    if (book !== undefined && findItem(book, uid) !== undefined) removeCard(book, uid);
    for (const group of groups) {
      const parent = kernel.store.people.entry(domain, group);
      if (parent !== undefined) publishEntry(kernel, parent);
    }
  });
}

/** Brings both containers of a domain to what its entries are: people first, then the groups that hold them. */
export function publishDomain(kernel: Kernel, domain: string): void {
  kernel.store.transaction(() => {
    const entries = kernel.store.people.entries(domain);
    for (const entry of entries) if (entry.kind !== 'GROUP') publishEntry(kernel, entry);
    for (const entry of entries) if (entry.kind === 'GROUP') publishEntry(kernel, entry);
  });
}

/** Shows an entry as it is now; what has not changed gets no new version. */
export function publishEntry(kernel: Kernel, entry: Entry): void {
  const directory = directoryOf(kernel, entry.domain);
  const value = dirEntry(entry);
  const shown = findItem(directory, entry.uid);
  if (shown === undefined) createItem(directory, entry.uid, value, { externalId: entry.externalId });
  else if (shown.value !== JSON.stringify(value)) updateItem(directory, entry.uid, value);
  const book = bookOf(kernel, entry.domain);
  if (book !== undefined) publishCard(kernel, book, entry);
}

function publishCard(kernel: Kernel, book: Book, entry: Entry): void {
  const card = isListed(entry) ? preparedCard(book, cardOfEntry(kernel, entry)) : undefined;
  const shown = findItem(book, entry.uid);
  if (card === undefined) {
    if (shown !== undefined) removeCard(book, entry.uid);
  } else if (shown === undefined) createCard(book, entry.uid, card);
  else {
    const photo = cardOf(shown).identification?.photo === true;
    const same = JSON.stringify({ ...card, identification: { ...card.identification, photo } });
    if (shown.value !== same) updateCard(book, entry.uid, card);
  }
}

/** [DI2] Who stands in the book: people and groups one can write to, neither hidden nor archived. */
function isListed(entry: Entry): boolean {
  const kinds: readonly Entry['kind'][] = ['USER', 'GROUP', 'RESOURCE', 'MAILSHARE', 'EXTERNALUSER'];
  return kinds.includes(entry.kind) && !entry.hidden && !entry.system && !entry.archived;
}

/** An entry as the directory tells it. */
export function dirEntry(entry: Entry): DirEntry {
  return {
    displayName: entry.displayName,
    entryUid: entry.uid,
    accountType: entry.kind === 'USER' ? 'FULL' : null,
    kind: entry.kind,
    path: entryPath(entry.domain, entry.kind, entry.uid),
    email: defaultAddress(entry),
    emails: entry.emails,
    hidden: entry.hidden,
    system: entry.system,
    archived: entry.archived,
    orgUnitUid: null,
    orgUnitPath: null,
    dataLocation: null,
  };
}

function defaultAddress(entry: Entry): string | null {
  return (entry.emails.find((email) => email.isDefault) ?? entry.emails[0])?.address ?? null;
}

/** [DI3] The card that was set for an entry, with the addresses of the account and, for groups, its members. */
function cardOfEntry(kernel: Kernel, entry: Entry): VCard {
  const own = entry.card === undefined ? undefined : (JSON.parse(entry.card) as VCard);
  const kind = entry.kind === 'GROUP' ? 'group' : (own?.kind ?? 'individual');
  const base: VCard = { ...emptyCard(kind), ...own, kind };
  const system = entry.emails.map(systemEmail);
  const addresses = new Set(system.map((email) => email.value));
  const others = (base.communications?.emails ?? []).filter(
    (email) => !addresses.has(email.value?.toLowerCase() ?? ''),
  );
  return {
    ...base,
    source: `bm://${entryPath(entry.domain, entry.kind, entry.uid)}`,
    identification: {
      ...base.identification,
      formatedName: { value: base.identification?.formatedName?.value || entry.displayName, parameters: [] },
    },
    communications: { ...base.communications, emails: [...system, ...others] },
    organizational: { ...base.organizational, member: entry.kind === 'GROUP' ? membersOf(kernel, entry) : [] },
  };
}

function systemEmail(email: Entry['emails'][number]): VCardEmail {
  return {
    value: email.address.toLowerCase(),
    parameters: [
      { label: 'DEFAULT', value: String(email.isDefault) },
      { label: 'SYSTEM', value: 'true' },
      { label: 'TYPE', value: 'work' },
    ],
  };
}

function membersOf(kernel: Kernel, group: Entry) {
  return kernel.store.people.members(group.uid).flatMap((uid) => {
    const entry = kernel.store.people.entry(group.domain, uid);
    if (entry === undefined || !isListed(entry)) return [];
    const containerUid = directoryBook(group.domain);
    return [{ commonName: entry.displayName, mailto: defaultAddress(entry), containerUid, itemUid: uid }];
  });
}

/** The container of a domain's entries, made when it is missing. */
export function directoryOf(kernel: Kernel, domain: string): Collection<DirEntry> {
  const { containers } = kernel.store;
  const container =
    containers.byUid(domain) ??
    containers.insert({
      uid: domain,
      type: DIRECTORY.type,
      name: domain,
      owner: domain,
      domain,
      defaultContainer: true,
      readOnly: true,
      settings: {},
    });
  return { kernel, session: SYSTEM, container, kind: DIRECTORY };
}

/** The book of the directory, which is made with its domain. */
export function bookOf(kernel: Kernel, domain: string): Book | undefined {
  const container = kernel.store.containers.byUid(directoryBook(domain));
  return container === undefined ? undefined : { kernel, session: SYSTEM, container, kind: CARDS };
}
