import { VERBS, type Verb } from '../../wire/container.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';

/**
 * What each right allows beside itself. Write does not include ReadExtended (private details), nor Manage; Manage alone does not
 * allow reading. @source fact sheet 2.5
 */
const INCLUDED = {
  Invitation: [],
  Freebusy: ['Invitation'],
  SendOnBehalf: [],
  SendAs: ['SendOnBehalf'],
  Read: ['Freebusy'],
  ReadExtended: ['Read'],
  Write: ['Read'],
  Manage: [],
  All: ['Write', 'Manage', 'SendOnBehalf', 'SendAs', 'ReadExtended'],
} as const satisfies Record<Verb, readonly Verb[]>;

/** The rights and all that they include. */
export function expandVerbs(verbs: Iterable<Verb>): ReadonlySet<Verb> {
  const all = new Set<Verb>();
  const add = (verb: Verb) => {
    if (all.has(verb)) return;
    all.add(verb);
    INCLUDED[verb].forEach(add);
  };
  for (const verb of verbs) add(verb);
  return all;
}

/** The rights as they stand in the rights list, for the caller's descriptor: everything for the owner. */
export function rawVerbs(kernel: Kernel, session: Session, container: Container): readonly Verb[] {
  if (isOwner(session, container)) return VERBS;
  const held = new Set<Verb>();
  for (const grant of kernel.store.containers.grants(container.id))
    if (session.subjects.includes(grant.subject)) held.add(grant.verb);
  return [...held];
}

export function isOwner(session: Session, container: Container): boolean {
  return isManager(session) || (session.user === container.owner && session.domain === container.domain);
}

/** Whether the caller may do what one of `verbs` allows. */
export function can(kernel: Kernel, session: Session, container: Container, ...verbs: readonly Verb[]): boolean {
  const held = expandVerbs(rawVerbs(kernel, session, container));
  return verbs.some((verb) => held.has(verb));
}

/** @throws PERMISSION_DENIED unless the caller may do what one of `verbs` allows */
export function mustBeAllowed(kernel: Kernel, session: Session, container: Container, ...verbs: readonly Verb[]): void {
  if (!can(kernel, session, container, ...verbs))
    throw fault('PERMISSION_DENIED', `The right ${verbs.join(' or ')} on ${container.uid} is missing.`);
}

/** @throws NOT_FOUND */
export function mustFind(kernel: Kernel, uid: string): Container {
  const container = kernel.store.containers.byUid(uid);
  if (container === undefined) throw fault('NOT_FOUND', `The container ${uid} does not exist.`);
  return container;
}
