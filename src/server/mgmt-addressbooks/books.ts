import type { AddressBookDescriptor } from '../../wire/container.ts';
import { createContainer, removeContainer, saveContainer } from '../containers/container-life.ts';
import { can, mustBeAllowed, mustFind } from '../containers/verbs.ts';
import { saveDirectoryEntry, withdrawEntry } from '../directory/publish.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';

/** Creating, renaming and removing address books: rules [MB1] to [MB6] of docs/server-contacts.md. */
type Actor = { readonly kernel: Kernel; readonly session: Session };

/** Creates a book; nobody is subscribed to it. @throws INVALID_PARAMETER, PERMISSION_DENIED, ALREADY_EXISTS */
export function createBook(
  actor: Actor,
  uid: string,
  wanted: { readonly descriptor: AddressBookDescriptor | null; readonly isDefault: boolean },
): void {
  const { name, owner, domain, settings } = readDescriptor(wanted.descriptor);
  const { kernel, session } = actor;
  const ofDomain = owner === domain;
  const kind = ofDomain ? 'DOMAIN' : kernel.store.people.entry(domain, owner)?.kind;
  if (kind === undefined || kernel.store.people.domain(domain)?.uid !== domain)
    throw bareFault('The owner of the book does not exist.');
  if (kind !== 'USER' && kind !== 'DOMAIN') throw fault('INVALID_PARAMETER', 'A book belongs to a user or a domain.');
  if (!isManager(session) && !(kind === 'USER' && session.user === owner && session.domain === domain))
    throw fault('PERMISSION_DENIED', 'Only the owner may create this book.');
  kernel.store.transaction(() => {
    createContainer(actor, {
      uid,
      type: 'addressbook',
      name,
      owner: ofDomain ? uid : owner,
      domain,
      defaultContainer: wanted.isDefault,
      readOnly: settings['readonly'] === 'true',
      settings,
      grants: ofDomain ? [] : [{ subject: owner, verb: 'All' }],
    });
    if (ofDomain) saveDomainBookEntry(kernel, { uid, domain, name });
  });
}

/** Renames a book. @throws NOT_FOUND, PERMISSION_DENIED, INVALID_PARAMETER for another owner or domain */
export function renameBook(actor: Actor, uid: string, descriptor: AddressBookDescriptor | null): void {
  const container = mustFindBook(actor.kernel, uid);
  mustBeAllowed(actor.kernel, actor.session, container, 'Manage');
  const { name, owner, domain } = readDescriptor(descriptor);
  if (owner !== describedOwner(container) && owner !== container.owner)
    throw fault('INVALID_PARAMETER', 'The owner of a book cannot change.');
  if (domain !== container.domain) throw fault('INVALID_PARAMETER', 'The domain of a book cannot change.');
  saveContainer(actor, { ...container, name });
  if (isDomainBook(container)) saveDomainBookEntry(actor.kernel, { uid, domain, name });
}

/** Removes a book, a default one too: nothing guards it. @throws NOT_FOUND, PERMISSION_DENIED */
export function removeBook(actor: Actor, uid: string): void {
  const container = mustFindBook(actor.kernel, uid);
  mustBeAllowed(actor.kernel, actor.session, container, 'Manage');
  actor.kernel.store.transaction(() => {
    removeContainer(actor, container);
    if (isDomainBook(container)) withdrawEntry(actor.kernel, container.domain, uid);
  });
}

/** @throws NOT_FOUND, PERMISSION_DENIED */
export function describeBook({ kernel, session }: Actor, uid: string): AddressBookDescriptor {
  const container = mustFindBook(kernel, uid);
  if (!can(kernel, session, container, 'Read', 'Manage'))
    throw fault('PERMISSION_DENIED', `The right Read on ${uid} is missing.`);
  return {
    name: container.name,
    domainUid: container.domain,
    owner: describedOwner(container),
    system: false,
    settings: container.settings,
    orgUnitUid: null,
    expectedId: null,
  };
}

function readDescriptor(descriptor: AddressBookDescriptor | null) {
  if (descriptor === null) throw bareFault('The descriptor is missing.');
  const { name, owner, domainUid, settings } = descriptor;
  if (!name || !owner || !domainUid || !settings)
    throw fault('INVALID_PARAMETER', 'A book needs name, owner, domainUid and settings.');
  const set = Object.entries(settings).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { name, owner, domain: domainUid, settings: Object.fromEntries(set) };
}

/** @throws NOT_FOUND */
export function mustFindBook(kernel: Kernel, uid: string): Container {
  const container = mustFind(kernel, uid);
  if (container.type !== 'addressbook') throw fault('NOT_FOUND', `The container ${uid} is not an addressbook.`);
  return container;
}

/** The owner of a book of a domain is the book itself; it is described as the domain's. */
function describedOwner(container: Container): string {
  return isDomainBook(container) ? container.domain : container.owner;
}

function isDomainBook(container: Container): boolean {
  return container.owner === container.uid;
}

function saveDomainBookEntry(kernel: Kernel, book: { uid: string; domain: string; name: string }): void {
  const known = kernel.store.people.entry(book.domain, book.uid);
  saveDirectoryEntry(kernel, {
    uid: book.uid,
    domain: book.domain,
    kind: 'ADDRESSBOOK',
    login: undefined,
    displayName: book.name,
    emails: [],
    hidden: false,
    system: false,
    archived: false,
    roles: [],
    settings: {},
    card: undefined,
    externalId: undefined,
    mailboxCopyGuid: known?.mailboxCopyGuid ?? kernel.newId(),
    created: known?.created ?? kernel.clock.now(),
  });
}
