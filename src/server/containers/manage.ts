import type { AccessControlEntry, ContainerModifiableDescriptor } from '../../wire/container.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { Container, Grant } from '../store/store.ts';
import { announceContainer, saveContainer } from './container-life.ts';
import { mustBeAllowed } from './verbs.ts';

type Actor = { readonly kernel: Kernel; readonly session: Session };

/** Renames a container; name and default mark are replaced as sent. Needs Manage. */
export function rename(actor: Actor, container: Container, wanted: ContainerModifiableDescriptor | null): void {
  mustBeAllowed(actor.kernel, actor.session, container, 'Manage');
  if (wanted === null) throw bareFault('The descriptor is missing.');
  if (!wanted.name) throw fault('INVALID_PARAMETER', 'A container needs a name.');
  saveContainer(actor, { ...container, name: wanted.name, defaultContainer: wanted.defaultContainer === true });
}

/** Replaces the rights on a container. Needs Manage; nobody but the rights themselves and the push topic shows it. */
export function setRights(actor: Actor, container: Container, entries: readonly AccessControlEntry[] | null): void {
  mustBeAllowed(actor.kernel, actor.session, container, 'Manage');
  if (entries === null) throw bareFault('The rights are missing.');
  const grants = entries.map(({ subject, verb }): Grant => {
    if (!subject || !verb) throw fault('FAILURE', 'A right needs subject and verb.');
    return { subject, verb };
  });
  actor.kernel.store.transaction(() => actor.kernel.store.containers.setGrants(container.id, grants));
  announceContainer(actor, container);
}
