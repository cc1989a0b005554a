import type { VCard } from '../../wire/addressbook.ts';
import type { ItemValue } from '../../wire/container.ts';
import type { DirEntry } from '../../wire/directory.ts';
import type { TaskRef } from '../../wire/task.ts';
import { presentCards } from '../addressbooks/cards.ts';
import { photoOf } from '../addressbooks/write-card.ts';
import { removeContainer } from '../containers/container-life.ts';
import { findItem, itemValue } from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import type { Entry } from '../store/store.ts';
import { bookOf, dirEntry, directoryOf, withdrawEntry } from './publish.ts';
import { allEntries } from './search-directory.ts';

/** A directory, and who looks into it. */
export type Directory = { readonly kernel: Kernel; readonly session: Session; readonly domain: string };

/** [DI5] A directory is open to its own domain and to administrators. @throws NOT_FOUND, PERMISSION_DENIED */
export function openDirectory(kernel: Kernel, session: Session, domain: string): Directory {
  if (!isManager(session) && session.domain !== domain)
    throw fault('PERMISSION_DENIED', `The directory of ${domain} is not open to you.`);
  if (kernel.store.people.domain(domain)?.uid !== domain) throw fault('NOT_FOUND', `There is no domain ${domain}.`);
  return { kernel, session, domain };
}

/** The domain itself, as the entry that all the others stand below. */
export function rootEntry({ domain }: Directory): DirEntry {
  return {
    displayName: domain,
    entryUid: domain,
    accountType: null,
    kind: 'DOMAIN',
    path: domain,
    email: null,
    emails: [],
    hidden: false,
    system: true,
    archived: false,
    orgUnitUid: null,
    orgUnitPath: null,
    dataLocation: null,
  };
}

export function entryByUid({ kernel, domain }: Directory, uid: string): DirEntry | null {
  const entry = kernel.store.people.entry(domain, uid);
  return entry === undefined ? null : dirEntry(entry);
}

/** The entry with this address, alias domains included. */
export function entryByEmail({ kernel, domain }: Directory, address: string): DirEntry | null {
  const at = address.lastIndexOf('@');
  const entry = kernel.store.people.byEmail(address) ?? byAlias(kernel, address.slice(0, at), address.slice(at + 1));
  return entry?.domain === domain ? dirEntry(entry) : null;
}

/** Somebody whose address holds for every alias of the domain. */
function byAlias(kernel: Kernel, local: string, alias: string): Entry | undefined {
  const domain = kernel.store.people.domain(alias.toLowerCase());
  if (domain === undefined) return undefined;
  return [domain.uid, ...domain.aliases]
    .map((name) => kernel.store.people.byEmail(`${local}@${name}`))
    .find((entry) =>
      entry?.emails.some((email) => email.allAliases && email.address.startsWith(`${local.toLowerCase()}@`)),
    );
}

export function entryByPath(directory: Directory, path: string): DirEntry | null {
  if (path === directory.domain) return rootEntry(directory);
  const { kernel, domain } = directory;
  const [item] = kernel.store.items.byLookup(directoryOf(kernel, domain).container.id, path.toLowerCase());
  return item === undefined ? null : (JSON.parse(item.value) as DirEntry);
}

/** Everything below a path: the whole domain, or one kind of entries. */
export function entriesBelow({ kernel, domain }: Directory, path: string): readonly DirEntry[] {
  const folder = path.replace(/\/$/, '');
  return allEntries(kernel, domain)
    .map((item) => item.value)
    .filter((entry) => entry.path?.startsWith(`${folder}/`));
}

/** In the order of `uids`; unknown ones are left out. */
export function entriesByUid({ kernel, domain }: Directory, uids: readonly string[]): readonly ItemValue<DirEntry>[] {
  const { container } = directoryOf(kernel, domain);
  return kernel.store.items.byUids(container.id, uids).map((item) => itemValue<DirEntry>(item));
}

/** The card of somebody who stands in the book of the directory. */
export function cardOfEntry({ kernel, domain }: Directory, uid: string): ItemValue<VCard> | null {
  const book = bookOf(kernel, domain);
  const item = book === undefined ? undefined : findItem(book, uid);
  return book === undefined || item === undefined ? null : (presentCards(book, [item])[0] ?? null);
}

/** The photo on the card of somebody. */
export function photoOfEntry({ kernel, domain }: Directory, uid: string): Uint8Array | null {
  const book = bookOf(kernel, domain);
  return book === undefined ? null : (photoOf(book, uid) ?? null);
}

/** [DI6] Roles are told to their bearer and to administrators. @throws NOT_FOUND, PERMISSION_DENIED */
export function rolesOf({ kernel, session, domain }: Directory, uid: string): readonly string[] {
  if (!isManager(session) && session.user !== uid)
    throw fault('PERMISSION_DENIED', 'Only an administrator may see the roles of somebody else.');
  return mustFindEntry(kernel, domain, uid).roles;
}

/** @throws PERMISSION_DENIED */
export function entriesByRoles(directory: Directory, roles: readonly string[]): readonly ItemValue<DirEntry>[] {
  mustManage(directory.session);
  const { kernel, domain } = directory;
  return allEntries(kernel, domain).filter((item) =>
    kernel.store.people.entry(domain, item.uid)?.roles.some((role) => roles.includes(role)),
  );
}

/** Removes somebody with everything he owns, as a task. @throws NOT_FOUND, PERMISSION_DENIED */
export function deleteEntry({ kernel, session, domain }: Directory, uid: string): TaskRef {
  mustManage(session);
  const entry = mustFindEntry(kernel, domain, uid);
  return kernel.tasks.start((progress) => {
    progress.begin(1, `Removing ${entry.uid}.`);
    removeEntry({ kernel, session }, entry);
    progress.step('Removed.');
  });
}

/** Removes somebody with everything he owns, whoever asks. */
export function removeEntry(actor: { readonly kernel: Kernel; readonly session: Session }, entry: Entry): void {
  const { containers, sessions } = actor.kernel.store;
  actor.kernel.store.transaction(() => {
    for (const container of containers.ofOwner(entry.uid, entry.domain)) removeContainer(actor, container);
    // What tells of containers and subscriptions is made anew while these go.
    for (const container of containers.ofOwner(entry.uid, entry.domain)) containers.remove(container.id);
    for (const { id } of sessions.keysOf(entry.uid)) sessions.removeKey(id);
    actor.kernel.store.connectors.removeOf(entry.domain, entry.uid);
    withdrawEntry(actor.kernel, entry.domain, entry.uid);
  });
}

function mustManage(session: Session): void {
  if (!isManager(session)) throw fault('PERMISSION_DENIED', 'Only an administrator may do this.');
}

function mustFindEntry(kernel: Kernel, domain: string, uid: string): Entry {
  const entry = kernel.store.people.entry(domain, uid);
  if (entry === undefined) throw fault('NOT_FOUND', `There is no entry ${uid} in ${domain}.`);
  return entry;
}
