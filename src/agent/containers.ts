/**
 * Calendars and address books as wholes, for whoever lets the user choose: data in, data out. What concerns Outlook is done by the
 * next run, which the caller asks for (`Agent.run` with `only`).
 *
 * Invariant: a refused call changes nothing anywhere.
 */
import type { AbortSignalLike } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import { type Container, type ContainerKind, countItems, listVisible } from '../bluemind/containers.ts';
import {
  createOwnContainer,
  deleteOwnContainer,
  newContainerUid,
  renameOwnContainer,
} from '../bluemind/own-containers.ts';
import { subscribe, unsubscribe } from '../bluemind/subscribe.ts';
import { type ContainerRole, roleOf } from './folders/container-role.ts';
import type { Working } from './working.ts';

/** A calendar or book that the user may see. */
export type ListedContainer = {
  readonly uid: string;
  readonly kind: ContainerKind;
  readonly name: string;
  /** The owner's name; '' for the user's own. */
  readonly owner: string;
  readonly access: 'R/W' | 'R';
  /** `#rrggbb` */
  readonly color: string | undefined;
  /** With a copy in Outlook; a subscription without one shows in the web client only. */
  readonly subscribed: boolean;
  /** Why it cannot be unsubscribed. */
  readonly fixed: 'own-calendar' | 'default-book' | undefined;
  /** Made by the user, who may rename and delete it. */
  readonly personal: boolean;
};

export type ContainerOptions = { readonly signal?: AbortSignalLike | undefined };

/**
 * Containers are named by their uid, or by their name without regard to case where only one has it.
 * All throw CONTAINER_UNKNOWN, CONTAINER_AMBIGUOUS, NO_ACCOUNT and what keeps the server from answering.
 */
export type Containers = {
  /** In the server's order: the user's own, the default first, then the others' by name. `search`: words of name or owner. */
  list(
    kind: ContainerKind,
    options?: ContainerOptions & { readonly search?: string | undefined },
  ): Promise<readonly ListedContainer[]>;
  /** Asks for a copy in Outlook. What is subscribed already stays so. */
  subscribe(
    kind: ContainerKind,
    which: readonly string[],
    options?: ContainerOptions,
  ): Promise<readonly ListedContainer[]>;
  /** @throws CONTAINER_DEFAULT for the own calendar and the default books */
  unsubscribe(
    kind: ContainerKind,
    which: readonly string[],
    options?: ContainerOptions,
  ): Promise<readonly ListedContainer[]>;
  /** Makes a calendar or book of the user's own and subscribes to it. @throws VALUE_INVALID for a name that cannot be one */
  add(kind: ContainerKind, name: string, options?: ContainerOptions): Promise<ListedContainer>;
  /** @throws CONTAINER_DEFAULT, CONTAINER_NOT_YOURS, VALUE_INVALID */
  rename(kind: ContainerKind, which: string, name: string, options?: ContainerOptions): Promise<ListedContainer>;
  /**
   * Deletes a calendar or book of the user's own. One that Outlook shows is deleted by the next run, which keeps what it held in the
   * history first.
   * @throws CONTAINER_DEFAULT, CONTAINER_NOT_YOURS; CONTAINER_NOT_EMPTY when it holds items and the user was not asked
   */
  remove(
    kind: ContainerKind,
    which: string,
    options?: ContainerOptions & { readonly confirmed?: boolean | undefined },
  ): Promise<ListedContainer>;
};

/** @units characters: longer names are mistakes, and folders of Outlook cannot have them */
const LONGEST_NAME = 200;

/** `work` runs something with the account, alone. */
export function containersOf(alone: <T>(work: (working: Working) => Promise<T>) => Promise<T>): Containers {
  return {
    list: (kind, { search = '', signal } = {}) =>
      alone(async ({ session }) =>
        (await listVisible(session, kind, signal)).toSorted(byTurn).map(listed).filter(matches(search)),
      ),
    subscribe: (kind, which, { signal } = {}) =>
      alone(async ({ session }) => {
        const chosen = await choose(await listVisible(session, kind, signal), kind, which);
        const wanted = chosen.map(({ uid }) => ({ containerUid: uid, offlineSync: true }));
        await subscribe(session, wanted, signal);
        return chosen.map((container) => ({ ...listed(container), subscribed: true }));
      }),
    unsubscribe: (kind, which, { signal } = {}) =>
      alone(async ({ session }) => {
        const chosen = await choose(await listVisible(session, kind, signal), kind, which);
        for (const container of chosen) mustBeFree(container);
        const uids = chosen.filter(({ subscribed }) => subscribed).map(({ uid }) => uid);
        if (uids.length > 0) await unsubscribe(session, uids, signal);
        return chosen.map((container) => ({ ...listed(container), subscribed: false }));
      }),
    add: (kind, name, { signal } = {}) =>
      alone(async ({ session, newId }) => {
        const wanted = { uid: newContainerUid(kind, newId()), kind, name: validName(name) };
        await createOwnContainer(session, wanted, signal);
        await subscribe(session, [{ containerUid: wanted.uid, offlineSync: true }], signal);
        const color = undefined;
        return { ...wanted, owner: '', access: 'R/W', color, subscribed: true, fixed: undefined, personal: true };
      }),
    rename: (kind, which, name, { signal } = {}) =>
      alone(async ({ session }) => {
        const container = await chooseOwn(await listVisible(session, kind, signal), kind, which, 'renamed');
        const wanted = { uid: container.uid, kind, name: validName(name) };
        await renameOwnContainer(session, wanted, signal);
        return { ...listed(container), name: wanted.name };
      }),
    remove: (kind, which, { confirmed = false, signal } = {}) =>
      alone(async (working) => {
        const { session } = working;
        const container = await chooseOwn(await listVisible(session, kind, signal), kind, which, 'deleted');
        const items = await countItems(session, container.uid, signal);
        if (items > 0 && !confirmed) throw notEmpty(container, items);
        if (!willBeDeleted(working, container)) await deleteOwnContainer(session, container, signal);
        return listed(container);
      }),
  };
}

/** One that is paired with a folder is deleted by the run, with its history. Returns whether that is so. */
function willBeDeleted({ storage }: Working, { uid }: Container): boolean {
  const pair = storage.pairs.all().find(({ folders }) => folders.server === uid);
  if (pair !== undefined) storage.pairs.put({ ...pair, value: { ...pair.value, life: 'deleting' } });
  return pair !== undefined;
}

function listed(container: Container): ListedContainer {
  const { uid, kind, mine, ownerName, access, color, subscribed, offlineSync } = container;
  const role = roleOf(container);
  return {
    uid,
    kind,
    name: role === 'directory' ? 'Directory' : container.name,
    owner: mine || role === 'directory' ? '' : ownerName,
    access: access.write ? 'R/W' : 'R',
    color,
    subscribed: subscribed && offlineSync,
    fixed: fixedBy(container),
    personal: role === 'personal',
  };
}

function fixedBy(container: Container): ListedContainer['fixed'] {
  const role = roleOf(container);
  if (role === 'personal' || role === 'shared') return undefined;
  return container.kind === 'calendar' ? 'own-calendar' : 'default-book';
}

/** The own one first: it is what a window that asks for a place has chosen. Sorted by the names that are shown. */
function byTurn(one: Container, other: Container): number {
  const rank = { default: 0, collected: 1, directory: 1, personal: 2, shared: 3 } as const satisfies Record<
    ContainerRole,
    number
  >;
  const [a, b] = [listed(one), listed(other)];
  return (
    rank[roleOf(one)] - rank[roleOf(other)] ||
    a.name.localeCompare(b.name) ||
    a.owner.localeCompare(b.owner) ||
    (a.uid < b.uid ? -1 : 1)
  );
}

/** Every word stands in the name or the owner's name, without regard to case and accents. */
function matches(search: string): (container: ListedContainer) => boolean {
  const words = plain(search).split(/\s+/);
  return ({ name, owner }) => words.every((word) => plain(`${name} ${owner}`).includes(word));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

const CALLED = { calendar: ['calendar', 'calendars'], addressbook: ['address book', 'books'] } as const;

async function choose(
  all: readonly Container[],
  kind: ContainerKind,
  which: readonly string[],
): Promise<readonly Container[]> {
  const chosen = which.map((one) => findContainer(all, kind, one));
  return [...new Map(chosen.map((container) => [container.uid, container])).values()];
}

/** @throws CONTAINER_UNKNOWN, CONTAINER_AMBIGUOUS */
export function findContainer(all: readonly Container[], kind: ContainerKind, which: string): Container {
  const [one, command] = CALLED[kind];
  const byUid = all.find(({ uid }) => uid === which);
  if (byUid !== undefined) return byUid;
  const wanted = which.trim().toLowerCase();
  const named = all.filter((container) => {
    const { name, owner } = listed(container);
    return name.toLowerCase() === wanted || (owner !== '' && `${name} (${owner})`.toLowerCase() === wanted);
  });
  const [found, ...others] = named;
  if (found === undefined)
    throw new Failure(
      'CONTAINER_UNKNOWN',
      `There is no ${one} “${which}” that you may see; \`connector ${command}\` lists them.`,
    );
  if (others.length > 0)
    throw new Failure(
      'CONTAINER_AMBIGUOUS',
      `${named.length} ${kind === 'calendar' ? 'calendars' : 'address books'} are called “${which}”; name one by its uid, which \`connector ${command}\` shows.`,
    );
  return found;
}

/** @throws CONTAINER_DEFAULT */
function mustBeFree(container: Container): void {
  const { name, fixed } = listed(container);
  if (fixed === undefined) return;
  const what = fixed === 'own-calendar' ? 'your own calendar' : 'one of your default address books';
  throw new Failure('CONTAINER_DEFAULT', `“${name}” is ${what}: you cannot unsubscribe from it.`);
}

/** @throws CONTAINER_UNKNOWN, CONTAINER_AMBIGUOUS, CONTAINER_DEFAULT, CONTAINER_NOT_YOURS */
async function chooseOwn(
  all: readonly Container[],
  kind: ContainerKind,
  which: string,
  deed: 'renamed' | 'deleted',
): Promise<Container> {
  const container = findContainer(all, kind, which);
  const { name, owner, fixed, personal } = listed(container);
  if (personal) return container;
  if (fixed !== undefined) {
    const what = fixed === 'own-calendar' ? 'your own calendar' : 'one of your default address books';
    throw new Failure('CONTAINER_DEFAULT', `“${name}” is ${what}: it cannot be ${deed}.`);
  }
  const whose = owner === '' ? 'is not yours' : `belongs to ${owner}`;
  throw new Failure('CONTAINER_NOT_YOURS', `“${name}” ${whose}: it cannot be ${deed} by you.`);
}

function notEmpty(container: Container, items: number): Failure {
  const [one, many] = container.kind === 'calendar' ? ['event', 'events'] : ['contact', 'contacts'];
  const holds = `${items} ${items === 1 ? one : many}`;
  return new Failure(
    'CONTAINER_NOT_EMPTY',
    `“${container.name}” holds ${holds}, which would be deleted with it. Nothing was done; say that you want this (--yes).`,
  );
}

/** @throws VALUE_INVALID */
function validName(name: string): string {
  const trimmed = name.trim();
  const printable = ![...trimmed].some((char) => char < ' ' || char === '\u007f');
  if (trimmed !== '' && trimmed.length <= LONGEST_NAME && printable) return trimmed;
  throw new Failure('VALUE_INVALID', `A name has 1 to ${LONGEST_NAME} characters, on one line.`);
}
