import type { ContainerQuery } from '../../wire/container.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { can } from './verbs.ts';

/** The containers that somebody owns or holds a right on, of one owner when the query names one. */
export function visibleContainers(kernel: Kernel, session: Session, query: ContainerQuery): readonly Container[] {
  const { containers } = kernel.store;
  const granted = containers.grantedTo(session.subjects);
  const owner = query.owner ?? session.user;
  const owned = isManager(session) || owner === session.user ? containers.ofOwner(owner, session.domain) : [];
  const ofOwner = query.owner ? granted.filter((container) => container.owner === query.owner) : granted;
  const all = new Map([...owned, ...ofOwner].map((container) => [container.id, container]));
  const name = query.name?.toLowerCase() ?? '';
  const verbs = query.verb ?? [];
  const found = [...all.values()].filter(
    (container) =>
      (!query.type || container.type === query.type) &&
      container.name.toLowerCase().includes(name) &&
      (typeof query.readonly !== 'boolean' || container.readOnly === query.readonly) &&
      (verbs.length === 0 || can(kernel, session, container, ...verbs)),
  );
  return query.size ? found.slice(0, query.size) : found;
}
