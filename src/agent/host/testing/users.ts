/** A person at each side: what they make, change and delete, and what is there to be seen. */
import { assert } from '../../../base/assert.ts';
import { type DispatchObject, type DispatchValue, isDispatchObject } from '../../../outlook/emulator/dispatch.ts';
import type { Emulator } from '../../../outlook/emulator/open-emulator.ts';
import type { RunningServer } from '../../../server/open-server.ts';

/** Titles by whatever names the item on that side. */
export type Person = {
  add(title: string, day: number): Promise<void> | void;
  rename(from: string, to: string): Promise<void> | void;
  remove(title: string): Promise<void> | void;
  titles(): Promise<readonly string[]> | readonly string[];
};

/** In front of the emulated Outlook, in the default calendar. */
export function outlookPerson(outlook: Emulator): Person {
  const items = () => {
    const session = objectOf(outlook.application.invoke('get', 'Session', []));
    return objectOf(objectOf(session.invoke('call', 'GetDefaultFolder', [CALENDAR_FOLDER])).invoke('get', 'Items', []));
  };
  const all = () => {
    const of = items();
    const count = Number(of.invoke('get', 'Count', []));
    return Array.from({ length: count }, (_, at) => objectOf(of.invoke('call', 'Item', [at + 1])));
  };
  const find = (title: string) => all().find((item) => item.invoke('get', 'Subject', []) === title);
  return {
    add: (title, day) => {
      const item = objectOf(outlook.application.invoke('call', 'CreateItem', [APPOINTMENT]));
      item.invoke('put', 'Subject', [title]);
      item.invoke('put', 'Start', [{ date: `2026-03-${String(day).padStart(2, '0')}T10:00:00` }]);
      item.invoke('call', 'Save', []);
    },
    rename: (from, to) => {
      const item = find(from);
      item?.invoke('put', 'Subject', [to]);
      item?.invoke('call', 'Save', []);
    },
    remove: (title) => {
      find(title)?.invoke('call', 'Delete', []);
    },
    titles: () => all().map((item) => String(item.invoke('get', 'Subject', []))),
  };
}

/** OlDefaultFolders and OlItemType. */
const CALENDAR_FOLDER = 9;
const APPOINTMENT = 1;

function objectOf(value: DispatchValue): DispatchObject {
  assert(isDispatchObject(value), 'an object');
  return value;
}

const CALENDAR = 'calendar:Default:uid-jane';

/** In front of BlueMind's web pages, in the own calendar. */
export function serverPerson(server: RunningServer, key: string): Person {
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.url}/api/calendars/${CALENDAR}${path}`, {
      method,
      headers: { 'x-bm-apikey': key, accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  type Item = { readonly uid: string; readonly value: { readonly main: { readonly summary: string } } };
  const all = async (): Promise<readonly Item[]> => {
    const uids = (await send('GET', '/_all')) as string[];
    return (await send('POST', '/_mget', uids)) as Item[];
  };
  const find = async (title: string) => (await all()).find(({ value }) => value.main.summary === title);
  return {
    add: async (title, day) => {
      const date = `2026-03-${String(day).padStart(2, '0')}`;
      const at = (hour: number) => ({
        iso8601: `${date}T${hour}:00:00.000+01:00`,
        timezone: 'Europe/Paris',
        precision: 'DateTime',
      });
      const main = { summary: title, dtstart: at(10), dtend: at(11), classification: 'Public', transparency: 'Opaque' };
      await send('PUT', `/${crypto.randomUUID()}?sendNotifications=false`, { main, occurrences: [] });
    },
    rename: async (from, to) => {
      const item = await find(from);
      if (item === undefined) return;
      const value = { ...item.value, main: { ...item.value.main, summary: to } };
      await send('POST', `/${item.uid}?sendNotifications=false`, value);
    },
    remove: async (title) => {
      const item = await find(title);
      if (item !== undefined) await send('DELETE', `/${item.uid}?sendNotifications=false`);
    },
    titles: async () => (await all()).map(({ value }) => value.main.summary),
  };
}

/** A session of its own at the server. */
export async function signedIn(server: RunningServer, login: string, password: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/auth/login?login=${encodeURIComponent(login)}&origin=test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(password),
  });
  return ((await answer.json()) as { readonly authKey: string }).authKey;
}
