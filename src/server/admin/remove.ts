import { removeContainer } from '../containers/container-life.ts';
import { mustFind } from '../containers/verbs.ts';
import { removeEntry } from '../directory/directory.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SYSTEM } from '../kernel/session.ts';
import type { Container, Entry } from '../store/store.ts';
import { listUsers, mustFindUser } from './accounts.ts';

/** Removes an account with everything it owns, its keys and its rights to log in. @throws NOT_FOUND */
export function removeUser(kernel: Kernel, name: string): Entry {
  const entry = mustFindUser(kernel, name);
  removeEntry({ kernel, session: SYSTEM }, entry);
  return entry;
}

/** Removes a domain that has no accounts left, with its directory and tags. @throws NOT_FOUND, INVALID_PARAMETER */
export function removeDomain(kernel: Kernel, uid: string): void {
  const { containers, people, transaction } = kernel.store;
  if (people.domain(uid)?.uid !== uid) throw fault('NOT_FOUND', `There is no domain ${uid}.`);
  const users = listUsers(kernel).filter((entry) => entry.domain === uid).length;
  if (users > 0) throw fault('INVALID_PARAMETER', `The domain ${uid} still has ${users} accounts: remove them first.`);
  transaction(() => {
    containers.removeOfDomain(uid);
    people.removeDomain(uid);
  });
}

/**
 * Removes a calendar or book with all that it holds; what every account has of its own stays with the account.
 * @throws NOT_FOUND, INVALID_PARAMETER
 */
export function removeExtra(kernel: Kernel, uid: string): Container {
  const container = mustFind(kernel, uid);
  const { people } = kernel.store;
  const isDirectory = people.entry(container.domain, container.owner) === undefined && container.readOnly;
  if (container.defaultContainer || isDirectory)
    throw fault('INVALID_PARAMETER', `${uid} belongs to its account or domain and goes with that.`);
  removeContainer({ kernel, session: SYSTEM }, container);
  return container;
}
