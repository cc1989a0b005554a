import { VERBS, type Verb } from '../../wire/container.ts';
import { announceContainer, createContainer, subscribe } from '../containers/container-life.ts';
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
  const { containers, people } = kernel.store;
  const domain = people.domain(subject)?.uid;
  const who = domain ?? findUser(kernel, subject)?.uid ?? people.entry(container.domain, subject)?.uid;
  if (who === undefined && subject !== 'public') throw fault('NOT_FOUND', `There is nobody called ${subject}.`);
  containers.setGrants(container.id, [...containers.grants(container.id), { subject: who ?? subject, verb }]);
  announceContainer({ kernel, session: SYSTEM }, container);
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
