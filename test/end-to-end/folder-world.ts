/** A small office for the tests of whole folders: jane with her Outlook, john who shares, and eyes on both sides. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RunReport } from '../../src/agent/summary.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { type OutlookTree, outlookTree } from '../../src/cli/commands/outlook-tree.ts';
import { type Late, lateOutlook } from '../../src/outlook/emulator/testing/world.ts';
import { createUser } from '../../src/server/admin/accounts.ts';
import { createBook, createCalendar, share } from '../../src/server/admin/containers.ts';
import { subscribe, unsubscribe } from '../../src/server/containers/container-life.ts';
import { SYSTEM } from '../../src/server/kernel/session.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { type Desk, LOGIN, lineTo, newFolder, openDesk, startServer, USER } from './world.ts';

export const TEAM = 'calendar:UserCreated:team';
export const FRIENDS = 'book:UserCreated_friends';
const OWN = { owner: USER, domain: 'demo.test' };

export type Office = {
  readonly home: string;
  readonly server: RunningServer;
  readonly session: Session;
  readonly desk: Desk;
  readonly tree: OutlookTree;
  /** Ends the agent and Outlook, and starts them again. */
  restart(): Promise<void>;
  /** One run; gives its report. */
  run(): Promise<RunReport>;
  /** Makes a book of jane's own on the server, subscribed, with contacts. */
  book(uid: string, name: string, contacts: number): Promise<void>;
  /** Makes a calendar of john's, shared with jane, who subscribes to it. */
  shared(uid: string, name: string, right: string): void;
  subscribe(uid: string, offlineSync?: boolean): void;
  unsubscribe(uid: string): void;
  /** Puts cards or events into a container, as another client would. */
  put(uid: string, names: readonly string[]): Promise<void>;
  /** Names of the items on the server; undefined when the container is not there. */
  onServer(uid: string): readonly string[] | undefined;
  /** The stored value of an item by its name, as the server tells it. */
  value(uid: string, name: string): Promise<unknown>;
  /** Names of the items of a folder of Outlook; undefined when there is no such folder. */
  inOutlook(folder: string): Promise<readonly string[] | undefined>;
  /** The folders of the user, those in Deleted Items with a minus before their name. */
  folders(): Promise<readonly string[]>;
  /** Saves a new contact or appointment in a folder, as the user would. */
  write(folder: string, name: string): Promise<void>;
  /** Renames an item of a folder, as the user would. */
  edit(folder: string, from: string, to: string): Promise<void>;
  /** Deletes an item of a folder, as the user would. */
  discard(folder: string, name: string): Promise<void>;
  /** Everything that is stored anywhere, but for sessions and the tables named. */
  everything(but?: readonly string[]): string;
  close(): Promise<void>;
};

/** `folders`: types of the default folders of the new Outlook. */
export async function openOffice(folders?: readonly number[]): Promise<Office> {
  const home = newFolder();
  const server = await startServer(home);
  const { kernel } = server;
  await createUser(kernel, {
    login: 'john',
    domain: 'demo.test',
    password: undefined,
    displayName: 'John Roe',
    uid: 'john',
  });
  const session = lineTo(server.url);
  const profile = folders === undefined ? {} : { folders };
  let desk = await openDesk(home, server.url, { profile });
  let tree = outlookTree(desk.emulator.executor);
  const actor = { kernel, session: SYSTEM };
  const office: Office = {
    home,
    server,
    session,
    get desk() {
      return desk;
    },
    get tree() {
      return tree;
    },
    restart: async () => {
      await tree.close();
      await desk.close();
      desk = await openDesk(home, server.url, { profile });
      tree = outlookTree(desk.emulator.executor);
    },
    run: () => desk.agent.run(),
    book: async (uid, name, contacts) => {
      createBook(kernel, { uid, name, owner: LOGIN });
      if (contacts > 0)
        await office.put(
          uid,
          Array.from({ length: contacts }, (_, at) => `${name} ${at}`),
        );
    },
    shared: (uid, name, right) => {
      createCalendar(kernel, { uid, name, owner: 'john@demo.test' });
      share(kernel, uid, LOGIN, right);
      office.subscribe(uid);
    },
    subscribe: (containerUid, offlineSync = true) =>
      subscribe(actor, OWN, { containerUid, offlineSync, automount: true }),
    unsubscribe: (uid) => unsubscribe(actor, OWN, uid),
    put: (uid, names) => putItems(session, uid, names),
    onServer: (uid) => {
      const container = kernel.store.containers.byUid(uid);
      if (container === undefined) return undefined;
      return kernel.store.items
        .all(container.id)
        .map(({ displayName }) => displayName)
        .sort();
    },
    value: async (uid, name) => {
      const { id = 0 } = kernel.store.containers.byUid(uid) ?? {};
      const item = kernel.store.items.all(id).find(({ displayName }) => displayName === name);
      return JSON.parse(item?.value ?? 'null') as unknown;
    },
    inOutlook: async (name) => {
      const items = await itemsOf(office, name);
      return items?.map((item) => String(item.get('Subject'))).sort();
    },
    folders: async () =>
      (await tree.all()).flatMap(({ name, kind, deleted }) =>
        kind === undefined ? [] : [deleted ? `-${name}` : name],
      ),
    write: async (name, title) => {
      const folder = await folderOf(office, name);
      const item = folder.object('Items').object('Add');
      if (folder.get('DefaultItemType') === 2) item.put('FullName', title);
      else {
        item.put('Subject', title);
        item.put('Start', { date: '2026-12-01T10:00:00' });
      }
      item.call('Save');
    },
    edit: async (name, from, to) => {
      const item = await itemOf(office, name, from);
      item.put(item.get('Class') === 40 ? 'FullName' : 'Subject', to);
      item.call('Save');
    },
    discard: async (name, title) => void (await itemOf(office, name, title)).call('Delete'),
    everything: (but = []) =>
      ['server', 'outlook', 'agent'].map((name) => dump(join(home, `${name}.sqlite`), but)).join('\n'),
    close: async () => {
      await tree.close();
      await desk.close();
      await session.close();
      await server.close();
    },
  };
  return office;
}

async function folderOf({ desk, tree }: Office, name: string): Promise<Late> {
  const { id } = await tree.find(name);
  const [entryId = '', storeId = ''] = id.split('@');
  return lateOutlook(desk.emulator).session.object('GetFolderFromID', entryId, storeId);
}

async function itemOf(office: Office, folder: string, name: string): Promise<Late> {
  const item = (await itemsOf(office, folder))?.find((one) => one.get('Subject') === name);
  if (item === undefined) throw new Error(`there is no ${name} in ${folder}`);
  return item;
}

async function itemsOf(office: Office, name: string): Promise<Late[] | undefined> {
  const found = (await office.tree.all()).some((folder) => folder.name === name && !folder.deleted);
  if (!found) return undefined;
  const items = (await folderOf(office, name)).object('Items');
  return Array.from({ length: Number(items.get('Count')) }, (_, at) => items.object('Item', at + 1));
}

async function putItems(session: Session, uid: string, names: readonly string[]): Promise<void> {
  const calendar = uid.startsWith('calendar');
  const time = (hour: string) => ({
    iso8601: `2026-11-02T${hour}:00:00.000+01:00`,
    timezone: 'Europe/Paris',
    precision: 'DateTime',
  });
  const value = (name: string) =>
    calendar
      ? { main: { dtstart: time('09'), dtend: time('10'), summary: name }, occurrences: [] }
      : { kind: 'individual', identification: { formatedName: { value: name }, name: { familyNames: name } } };
  const add = names.map((name) => ({ uid: `${uid}-${name}`.replace(/\W/g, '-'), value: value(name) }));
  const path = `/${calendar ? 'calendars' : 'addressbooks'}/${encodeURIComponent(uid)}/_mupdates`;
  const done = await session.call({ method: 'PUT', path, body: { add, modify: [], delete: [] } });
  const { errors } = done as { errors: unknown[] };
  if (errors.length > 0) throw new Error(`the server refuses the test's own items: ${JSON.stringify(errors[0])}`);
}

/** All rows of all tables; sessions come and go with every line to the server. */
function dump(file: string, but: readonly string[]): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return tables
      .map(({ name }) => String(name))
      .filter((name) => !/session|token/i.test(name) && !but.includes(name))
      .map((name) => `${name}: ${JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all())}`)
      .join('\n');
  } finally {
    database.close();
  }
}
