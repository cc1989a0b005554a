import { VERBS, type Verb } from '../../wire/container.ts';
import { announceContainer, createContainer, saveContainer, subscribe } from '../containers/container-life.ts';
import { otherBook, otherCalendar } from '../containers/uids.ts';
import { mustFind } from '../containers/verbs.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SYSTEM } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { findUser, mustFindUser } from './accounts.ts';

type Wanted = { readonly owner: string; readonly name: string; readonly uid?: string | undefined };

/** A further calendar of somebody, subscribed and synchronised for him. @throws NOT_FOUND, ALREADY_EXISTS */
export function createCalendar(kernel: Kernel, wanted: Wanted): Container {
  return create(kernel, 'calendar', wanted, otherCalendar);
}

/** A further address book of somebody, subscribed and synchronised for him. @throws NOT_FOUND, ALREADY_EXISTS */
export function createBook(kernel: Kernel, wanted: Wanted): Container {
  return create(kernel, 'addressbook', wanted, otherBook);
}

/**
 * Gives somebody a right on a container, beside those that stand; `subject` is a login, a mail address, a group or domain uid, or `public`.
 * @throws NOT_FOUND, INVALID_PARAMETER
 */
export function share(kernel: Kernel, containerUid: string, subject: string, verb: string): void {
  if (!isVerb(verb)) throw fault('INVALID_PARAMETER', `A right is one of ${VERBS.join(', ')}.`);
  const container = mustFind(kernel, containerUid);
  const { containers } = kernel.store;
  const granted = { subject: subjectOf(kernel, container, subject), verb };
  containers.setGrants(container.id, [...containers.grants(container.id), granted]);
  announceContainer({ kernel, session: SYSTEM }, container);
}

/**
 * Takes rights back from somebody: the one that is named, else all.
 * @returns how many went
 * @throws NOT_FOUND, INVALID_PARAMETER
 */
export function unshare(kernel: Kernel, containerUid: string, subject: string, verb: string | undefined): number {
  if (verb !== undefined && !isVerb(verb)) throw fault('INVALID_PARAMETER', `A right is one of ${VERBS.join(', ')}.`);
  const container = mustFind(kernel, containerUid);
  const { containers } = kernel.store;
  const held = containers.grants(container.id);
  const who = subjectOf(kernel, container, subject);
  if (who === container.owner) throw fault('INVALID_PARAMETER', 'The owner keeps every right.');
  const kept = held.filter((grant) => grant.subject !== who || (verb !== undefined && grant.verb !== verb));
  containers.setGrants(container.id, kept);
  announceContainer({ kernel, session: SYSTEM }, container);
  return held.length - kept.length;
}

/** Gives a calendar or book another name. @throws NOT_FOUND, INVALID_PARAMETER */
export function renameContainer(kernel: Kernel, containerUid: string, name: string): Container {
  if (name === '') throw fault('INVALID_PARAMETER', 'A name must not be empty.');
  const renamed = { ...mustFind(kernel, containerUid), name };
  saveContainer({ kernel, session: SYSTEM }, renamed);
  return renamed;
}

/** The uid under which rights are given to somebody. @throws NOT_FOUND */
function subjectOf(kernel: Kernel, container: Container, subject: string): string {
  const { people } = kernel.store;
  const domain = people.domain(subject)?.uid;
  const who = domain ?? findUser(kernel, subject)?.uid ?? people.entry(container.domain, subject)?.uid;
  if (who === undefined && subject !== 'public') throw fault('NOT_FOUND', `There is nobody called ${subject}.`);
  return who ?? subject;
}

function create(kernel: Kernel, type: string, wanted: Wanted, uidOf: (seed: string) => string): Container {
  const owner = mustFindUser(kernel, wanted.owner);
  const own = { owner: owner.uid, domain: owner.domain };
  const actor = { kernel, session: SYSTEM };
  return kernel.store.transaction(() => {
    const container = createContainer(actor, {
      uid: wanted.uid ?? uidOf(kernel.newId()),
      type,
      name: wanted.name,
      ...own,
      grants: [{ subject: owner.uid, verb: 'All' }],
    });
    subscribe(actor, own, { containerUid: container.uid, offlineSync: true, automount: true });
    return container;
  });
}

function isVerb(text: string): text is Verb {
  return (VERBS as readonly string[]).includes(text);
}
