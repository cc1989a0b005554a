/** Containers, folders and the memory of them in small, for histories of whole folders: nothing is real but the planner. */
import { must } from '../../../base/assert.ts';
import type { Container } from '../../../bluemind/containers.ts';
import type { OutlookFolder } from '../../../outlook/side-folders.ts';
import type { PairRecord } from '../../../storage/records.ts';
import { folderName } from '../container-role.ts';
import { type Deed, type Located, type PairDeed, planFolders, type Survey } from '../plan-folders.ts';
import { readyPair } from '../ready-pair.ts';

type Where = Located['where'];
type Held = { container: Container; items: number; readable: boolean };
type Shown = { folder: OutlookFolder; where: Where; items: number };

export type FolderWorld = {
  readonly server: Map<string, Held>;
  readonly outlook: Map<string, Shown>;
  readonly memory: Map<
    string,
    { record: PairRecord; items: number; decision: 'apply' | 'undo' | undefined; asked: boolean }
  >;
  readonly before: Set<string>;
  next: number;
};

export const DEFAULT = 'book:Contacts_me';
const ACCESS = { read: true, write: true, readPrivate: true, manage: true };

export function newWorld(): FolderWorld {
  const world: FolderWorld = { server: new Map(), outlook: new Map(), memory: new Map(), before: new Set(), next: 1 };
  addContainer(world, { uid: DEFAULT, name: 'My contacts', isDefault: true });
  addFolder(world, { name: 'Old', items: 9, mark: undefined });
  for (const id of world.outlook.keys()) world.before.add(id);
  return world;
}

export function addContainer(
  world: FolderWorld,
  given: Partial<Container> & { readonly name: string },
  items = 0,
): Container {
  const container: Container = {
    ...{ uid: `book:UserCreated_${world.next++}`, kind: 'addressbook', owner: 'me', ownerName: 'Me', mine: true },
    ...{ isDefault: false, subscribed: true, offlineSync: true, color: undefined, access: ACCESS },
    ...given,
  };
  world.server.set(container.uid, { container, items, readable: true });
  return container;
}

export function addFolder(
  world: FolderWorld,
  { name, items, mark }: { name: string; items: number; mark: string | undefined },
): OutlookFolder {
  const folder: OutlookFolder = { id: `folder-${world.next++}`, kind: 'contacts', name, containerUid: mark };
  world.outlook.set(folder.id, { folder, where: 'home', items });
  return folder;
}

export function surveyOf({ server, outlook, memory, before }: FolderWorld): Survey {
  const held = [...server.values()];
  const subscribed = held.filter(({ container }) => container.subscribed);
  const others = new Map<string, Container | 'gone'>();
  for (const { record } of memory.values()) {
    const there = server.get(record.folders.server);
    if (there === undefined) others.set(record.folders.server, 'gone');
    else if (!there.readable || !there.container.subscribed) others.set(record.folders.server, there.container);
  }
  return {
    containers: subscribed.filter(({ readable }) => readable).map(({ container }) => container),
    unreachable: subscribed
      .filter(({ readable }) => !readable)
      .map(({ container: { uid, name } }) => ({ uid, name, reason: 'no-right' })),
    others,
    counts: new Map(held.map(({ container, items }) => [container.uid, items])),
    folders: [...outlook.values()].map(({ folder, where }) => ({ folder, where })),
    defaults: {
      calendar: 'own-calendar',
      contacts: 'own-contacts',
      suggestedContacts: undefined,
      names: new Map([['own-contacts', 'Contacts']]),
    },
    remembered: [...memory.values()].map(({ record, items, decision }) => ({
      record,
      items,
      decision,
      life: (record.value['life'] as 'making' | 'deleting' | undefined) ?? 'steady',
      names: record.value['names'] as { server: string; outlook: string } | undefined,
    })),
    before,
  };
}

/** A run that dies after `steps` effects. Returns what it did. */
export function runWorld(world: FolderWorld, steps = Number.POSITIVE_INFINITY): readonly Deed[] {
  const done: Deed[] = [];
  let left = steps;
  const go = (deeds: readonly Deed[]) => {
    for (const deed of deeds) {
      if (left-- <= 0) return;
      carry(world, deed, left);
      done.push(deed);
    }
  };
  const deeds = planFolders(surveyOf(world));
  const makes = deeds.filter((deed) => deed.do === 'make');
  go(makes);
  go(makes.length === 0 ? deeds : planFolders(surveyOf(world)).filter((deed) => deed.do !== 'make'));
  return done;
}

/** `left` 0: the process dies in the middle of this deed. */
function carry(world: FolderWorld, deed: Deed, left: number): void {
  const { server, outlook, memory } = world;
  switch (deed.do) {
    case 'pair':
      pair(world, deed, deed.folder ?? addFolder(world, { name: deed.name, items: 0, mark: deed.container.uid }));
      return;
    case 'putBack': {
      const there = deed.folder && outlook.get(deed.folder.id);
      if (there !== undefined) there.where = 'home';
      const made = there === undefined;
      const folder =
        there?.folder ?? addFolder(world, { name: deed.pair.name, items: 0, mark: deed.pair.container.uid });
      pair(world, { ...deed.pair, folder: made ? undefined : folder }, folder);
      return;
    }
    case 'renameFolder': {
      const shown = must(outlook.get(deed.folder.id));
      shown.folder = { ...shown.folder, name: deed.name };
      return;
    }
    case 'renameContainer': {
      const held = must(server.get(deed.container.uid));
      held.container = { ...held.container, name: deed.name };
      return;
    }
    case 'make': {
      const begun = deed.was?.life === 'making' ? deed.was.record : undefined;
      if (deed.was !== undefined && begun === undefined) memory.delete(deed.was.record.id);
      const uid = begun?.folders.server ?? `book:UserCreated_${world.next++}`;
      const record: PairRecord = begun ?? {
        ...{ id: `pair-${world.next++}`, account: 'me', kind: 'addressbook', name: deed.folder.name },
        ...{ folders: { server: uid, outlook: deed.folder.id }, value: { life: 'making' } },
      };
      memory.set(record.id, { record, items: 0, decision: undefined, asked: false });
      if (left === 0) return;
      const shown = must(outlook.get(deed.folder.id));
      shown.folder = { ...shown.folder, containerUid: uid };
      const there = server.get(uid);
      if (there === undefined) addContainer(world, { uid, name: deed.folder.name });
      else there.container = { ...there.container, subscribed: true, offlineSync: true };
      return;
    }
    case 'delete': {
      const { record } = deed.was;
      remember(world, record.id, { ...record, value: { ...record.value, life: 'deleting' } });
      if (left === 0) return;
      if (deed.container !== undefined) server.delete(deed.container.uid);
      discard(world, deed.folder);
      memory.delete(record.id);
      return;
    }
    case 'hold':
      must(memory.get(deed.was.record.id)).asked = true;
      return;
    case 'takeDown':
      discard(world, deed.folder);
      if (left > 0) memory.delete(deed.was.record.id);
      return;
    case 'wait':
      return;
    case 'forget':
      memory.delete(deed.was.record.id);
      return;
  }
}

/** Pairs, and synchronizes: both hold the same afterwards. */
function pair(world: FolderWorld, deed: PairDeed, folder: OutlookFolder): void {
  const { server, outlook, memory } = world;
  const held = must(server.get(deed.container.uid));
  const container = held.container;
  const shown = outlook.get(folder.id);
  if (shown !== undefined) shown.folder = { ...shown.folder, containerUid: container.uid };
  const made = deed.folder === undefined;
  const newId = () => `pair-${world.next++}`;
  const account = { id: 'me', server: '', login: '', value: {} };
  const name = deed.place === 'own' ? deed.name : folderName(container);
  const { record } = readyPair({ account, newId }, { ...deed, container, name }, shown?.folder ?? folder, made);
  for (const [id, other] of memory)
    if (other.record.folders.server === container.uid || other.record.folders.outlook === folder.id) memory.delete(id);
  const items = Math.max(held.items, shown?.items ?? held.items);
  held.items = items;
  if (shown !== undefined) shown.items = items;
  memory.set(record.id, { record, items, decision: undefined, asked: false });
}

function remember({ memory }: FolderWorld, id: string, record: PairRecord): void {
  memory.set(id, { ...must(memory.get(id)), record });
}

function discard({ outlook }: FolderWorld, folder: OutlookFolder | undefined): void {
  const shown = folder && outlook.get(folder.id);
  if (shown !== undefined) shown.where = 'deleted';
}
