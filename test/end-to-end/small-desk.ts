/** A server with one account, Outlook and the agent, with a few events, contacts and a list: for tests of what a person is told. */
import { afterEach, beforeEach } from 'vitest';
import type { RunOptions } from '../../src/agent/agent.ts';
import { type Totals, totalsOf } from '../../src/agent/summary.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { parseCards } from '../../src/mapping/vcard/parse-cards.ts';
import { TAG, tagSchemaName } from '../../src/outlook/model/named-properties.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { BOOK, CALENDAR, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: raw JSON of the API
export type Json = any;

export type SmallDesk = {
  readonly home: string;
  readonly server: RunningServer;
  readonly desk: Desk;
  /** Events on the server. */
  change(changes: { add?: unknown[]; modify?: unknown[]; delete?: unknown[] }): Promise<unknown>;
  cards(changes: { add?: unknown[]; modify?: unknown[]; delete?: unknown[] }): Promise<unknown>;
  /** uid and title of each item of a container, sorted. */
  onServer(container: string): Promise<readonly (readonly [string, string])[]>;
  /** Entry id and title of each item of the Outlook folder that shows a container, sorted by title. */
  inOutlook(container: string): Promise<readonly (readonly [string, string])[]>;
  run(options?: RunOptions): Promise<Totals>;
  /** Closes agent and Outlook, does something with the files, opens them again. */
  between(work: () => void | Promise<void>): Promise<void>;
  /** Takes our mark from an item of Outlook. */
  unmark(id: string): Promise<void>;
};

/** One for each test. */
export function smallDesk(): () => SmallDesk {
  let small: SmallDesk;
  let session: Session;
  let current: { server: RunningServer; desk: Desk };
  beforeEach(async () => {
    const home = newFolder();
    const server = await startServer(home);
    session = lineTo(server.url);
    current = { server, desk: await openDesk(home, server.url) };
    small = over(home, session, current);
  });
  afterEach(async () => {
    await current.desk.close();
    await session.close();
    await current.server.close();
  });
  return () => small;
}

const pathOf = (container: string) =>
  container.startsWith('calendar:')
    ? `/calendars/${encodeURIComponent(container)}`
    : `/addressbooks/${encodeURIComponent(container)}`;

function over(home: string, session: Session, current: { server: RunningServer; desk: Desk }): SmallDesk {
  const changing = (container: string) => (changes: object) => {
    const body =
      container === CALENDAR
        ? { add: [], modify: [], delete: [], ...changes }
        : { add: [], modify: [], delete: [], ...changes };
    return session.call({ method: 'PUT', path: `${pathOf(container)}/_mupdates`, body });
  };
  return {
    home,
    get server() {
      return current.server;
    },
    get desk() {
      return current.desk;
    },
    change: changing(CALENDAR),
    cards: changing(BOOK),
    onServer: async (container) => {
      const uids = (await session.call({ method: 'GET', path: `${pathOf(container)}/_all` })) as Json[];
      const ids = uids.map((uid) => (typeof uid === 'string' ? uid : uid.uid));
      const items = (await session.call({ method: 'POST', path: `${pathOf(container)}/_mget`, body: ids })) as Json[];
      return items
        .map(({ uid, value, displayName }) => [uid, value.main?.summary ?? displayName] as const)
        .sort(byTitle);
    },
    inOutlook: async (container) => {
      const pair = current.desk.agent.pairs().find(({ folders }) => folders.server === container);
      const { outlook } = await current.desk.agent.look(pair?.id ?? '');
      return outlook.map(({ id, content }) => [id, titleOf(content)] as const).sort(byTitle);
    },
    run: async (options) => totalsOf((await current.desk.agent.run(options)).folders),
    between: async (work) => {
      await current.desk.close();
      await work();
      current.desk = await openDesk(home, current.server.url);
    },
    unmark: async (id) => {
      const outcome = await current.desk.emulator.executor.run({
        label: 'the mark is lost',
        steps: [
          { do: 'get', on: 'application', member: 'Session', as: 'session' },
          { do: 'call', on: 'session', member: 'GetItemFromID', args: [id], as: 'item' },
          { do: 'get', on: 'item', member: 'PropertyAccessor', as: 'accessor' },
          { do: 'call', on: 'accessor', member: 'DeleteProperty', args: [tagSchemaName(TAG.token)] },
          { do: 'call', on: 'item', member: 'Save' },
        ],
        returns: [],
      });
      if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    },
  };
}

function titleOf(content: unknown): string {
  const of = content as Json;
  return of.kind === 'event' ? (of.main?.title ?? '') : of.kind === 'group' ? of.name : of.formattedName;
}

function byTitle(a: readonly [string, string], b: readonly [string, string]): number {
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

/** An event on the server. */
export function event(at: number, main: object = {}) {
  const time = (hour: string) => ({
    iso8601: `2026-11-${String(1 + (at % 28)).padStart(2, '0')}T${hour}:00:00.000+01:00`,
    timezone: 'Europe/Paris',
    precision: 'DateTime',
  });
  const summary = `Event ${String(at).padStart(2, '0')}`;
  return {
    uid: `event-${at}`,
    value: { main: { dtstart: time('09'), dtend: time('10'), summary, location: 'Here', ...main }, occurrences: [] },
  };
}

export const events = (count: number) => Array.from({ length: count }, (_, at) => event(at));

/** Ann, Bob and a list of both, as cards of the server. */
export function cards() {
  const text = ['ann', 'bob'].map(
    (name) =>
      `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nFN:${name} Poe\r\nN:Poe;${name};;;\r\nEMAIL:${name}@example.org\r\nTEL;TYPE=cell:+33 1 ${name.length}\r\nEND:VCARD\r\n`,
  );
  const people = parseCards(text.join('')).cards.map(({ uid, value }) => ({ uid, value: value as Json }));
  const [ann] = people;
  const member = people.map(({ uid, value }) => ({
    commonName: value.identification.formatedName.value,
    mailto: `${uid}@example.org`,
    containerUid: BOOK,
    itemUid: uid,
  }));
  const list = {
    ...ann?.value,
    kind: 'group',
    communications: {},
    identification: { formatedName: { value: 'The team' } },
    organizational: { member },
  };
  return [...people, { uid: 'team', value: list }];
}
