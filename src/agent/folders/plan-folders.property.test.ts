import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../../base/assert.ts';
import { runs } from '../../base/testing/runs.ts';
import { roleOf } from './container-role.ts';
import { type Deed, planFolders } from './plan-folders.ts';
import {
  addContainer,
  addFolder,
  DEFAULT,
  type FolderWorld,
  newWorld,
  runWorld,
  surveyOf,
} from './testing/folder-world.ts';

/** What users and servers do to whole folders; `at` picks one, `name` and `items` are what it gets. */
const ACTS = {
  makeContainer: (world, { name, items }) => void addContainer(world, { name }, items),
  makeShared: (world, { name, items }) =>
    void addContainer(world, { name, mine: false, owner: 'john', ownerName: 'John' }, items),
  renameContainer: (world, given) => {
    const held = anyContainer(world, given.at);
    if (held !== undefined) held.container = { ...held.container, name: given.name };
  },
  deleteContainer: (world, { at }) => {
    const uid = anyContainer(world, at)?.container.uid;
    if (uid !== undefined) world.server.delete(uid);
  },
  toggleSubscription: (world, { at }) => {
    const held = anyContainer(world, at);
    if (held === undefined) return;
    const subscribed = !held.container.subscribed;
    held.container = { ...held.container, subscribed, offlineSync: subscribed };
  },
  toggleCopy: (world, { at }) => {
    const held = anyContainer(world, at);
    if (held?.container.subscribed) held.container = { ...held.container, offlineSync: !held.container.offlineSync };
  },
  toggleRight: (world, { at }) => {
    const held = anyContainer(world, at);
    if (held !== undefined && !held.container.mine) held.readable = !held.readable;
  },
  fill: (world, { at, items }) => {
    const held = anyContainer(world, at);
    if (held !== undefined) held.items += items;
  },
  makeFolder: (world, { name, items }) => void addFolder(world, { name, items, mark: undefined }),
  copyFolder: (world, { at, items }) => {
    const shown = anyFolder(world, at);
    if (shown !== undefined) addFolder(world, { name: 'Copy', items, mark: shown.folder.containerUid });
  },
  renameFolder: (world, { at, name }) => {
    const shown = anyFolder(world, at);
    if (shown !== undefined) shown.folder = { ...shown.folder, name };
  },
  deleteFolder: (world, { at }) => {
    const shown = anyFolder(world, at);
    if (shown !== undefined) shown.where = 'deleted';
  },
  moveFolder: (world, { at }) => {
    const shown = anyFolder(world, at);
    if (shown !== undefined) shown.where = 'elsewhere';
  },
  destroyFolder: (world, { at }) => {
    const shown = anyFolder(world, at);
    if (shown !== undefined) world.outlook.delete(shown.folder.id);
  },
  decide: (world, { at }) => {
    const asked = [...world.memory.values()].filter((pair) => pair.asked);
    for (const pair of asked) pair.decision = at % 2 === 0 ? 'apply' : 'undo';
  },
} as const satisfies Record<string, (world: FolderWorld, given: Given) => void>;

type Given = { readonly at: number; readonly name: string; readonly items: number };

function anyContainer({ server }: FolderWorld, at: number) {
  const all = [...server.values()].filter(({ container }) => container.uid !== DEFAULT);
  return all[at % Math.max(1, all.length)];
}

function anyFolder({ outlook, before }: FolderWorld, at: number) {
  const all = [...outlook.values()].filter(({ folder }) => !before.has(folder.id));
  return all[at % Math.max(1, all.length)];
}

const someActs = fc.array(
  fc.record({
    act: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
    at: fc.nat(9),
    name: fc.constantFrom('Friends', 'Clients', 'friends', 'Old'),
    items: fc.nat(6),
    /** A run follows, which dies after so many effects. */
    run: fc.option(fc.nat(12), { freq: 3 }),
  }),
  { maxLength: 14 },
);

/** Nothing that holds something goes away but by the user's own word. */
function mustBeAsked(world: FolderWorld, deeds: readonly Deed[], asked: ReadonlyMap<string, unknown>): void {
  for (const deed of deeds) {
    if (deed.do === 'delete' && deed.container !== undefined) {
      expect(roleOf(deed.container)).toBe('personal');
      const free = deed.was.life === 'deleting' || asked.get(deed.was.record.id) === 0;
      expect(free || deed.was.decision === 'apply').toBe(true);
    }
    if (deed.do === 'takeDown' && deed.why === 'gone')
      expect(deed.was.items <= 3 || deed.was.decision === 'apply').toBe(true);
    if (deed.do === 'renameContainer') expect(roleOf(deed.container)).toBe('personal');
    if ('folder' in deed && deed.folder !== undefined) expect(world.before.has(deed.folder.id)).toBe(false);
  }
}

function mustBeOneToOne({ memory }: FolderWorld): void {
  const sides = [...memory.values()].map(({ record }) => record.folders);
  expect(new Set(sides.map(({ server }) => server)).size).toBe(sides.length);
  expect(new Set(sides.map(({ outlook }) => outlook)).size).toBe(sides.length);
}

test('[F2] [F6] [F9] [F11] [F12] whole folders go only when the user says so, and everything comes to rest', () => {
  const property = fc.property(someActs, (acts) => {
    const world = newWorld();
    runWorld(world);
    for (const { act, run, ...given } of acts) {
      ACTS[act](world, given);
      if (run === null) continue;
      const items = new Map(
        [...world.memory].map(([id, { record }]) => [id, world.server.get(record.folders.server)?.items]),
      );
      mustBeAsked(world, runWorld(world, run), items);
      mustBeOneToOne(world);
    }
    for (let times = 0; times < 3; times++) runWorld(world);
    const quiet = planFolders(surveyOf(world)).filter((deed) => deed.do !== 'pair' || deed.folder === undefined);
    expect(quiet.map((deed) => deed.do).filter((deed) => deed !== 'hold' && deed !== 'wait')).toEqual([]);
    for (const { container, readable } of world.server.values())
      if (container.offlineSync && readable) mustBeShownOrAsked(world, container.uid);
  });
  fc.assert(property, runs(1500));
});

function mustBeShownOrAsked({ memory, outlook }: FolderWorld, uid: string): void {
  const pair = must([...memory.values()].find(({ record }) => record.folders.server === uid));
  const folder = outlook.get(pair.record.folders.outlook);
  expect(pair.asked || uid === DEFAULT || (folder !== undefined && folder.where !== 'deleted')).toBe(true);
}
