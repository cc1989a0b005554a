/** What the two users do between the runs: edits, creations and deletions on each side, by means that the connector does not use. */
import type { Session } from '../../src/bluemind/session.ts';
import type { Emulator } from '../../src/outlook/emulator/open-emulator.ts';
import type { Arg, Step } from '../../src/outlook/program/program.ts';
import { CALENDAR } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: raw JSON of the API
type Json = any;

/** Edits, creates and deletes events on the server, as BlueMind's web client would. */
export async function editOnServer(
  session: Session,
  uids: { edit: readonly string[]; remove: readonly string[]; create: number; name: string },
): Promise<void> {
  const path = `/calendars/${encodeURIComponent(CALENDAR)}`;
  const items = (await session.call({ method: 'POST', path: `${path}/_mget`, body: uids.edit })) as Json[];
  const modify = items.map(({ uid, value }, at) => ({ uid, value: edited(value, at), sendNotification: false }));
  const add = Array.from({ length: uids.create }, (_, at) => ({
    uid: `made-on-server-${uids.name}${at}`,
    value: newEvent(at, uids.name),
    sendNotification: false,
  }));
  const result = (await session.call({
    method: 'PUT',
    path: `${path}/_mupdates`,
    body: { add, modify, delete: uids.remove.map((uid) => ({ uid, sendNotification: false })) },
  })) as Json;
  if (result.errors.length > 0)
    throw new Error(`the server refuses the test's own edits: ${JSON.stringify(result.errors[0])}`);
}

function edited(value: Json, at: number): Json {
  const main = { ...value.main };
  if (at % 3 === 0) main.summary = `${main.summary} (server ${at})`;
  else if (at % 3 === 1) main.location = `Server place ${at}`;
  else main.description = `<p>Server text ${at}</p>`;
  return { ...value, main, occurrences: value.occurrences ?? [] };
}

function newEvent(at: number, name: string): Json {
  const day = String(1 + (at % 28)).padStart(2, '0');
  const dtstart = { iso8601: `2026-11-${day}T09:00:00.000+01:00`, timezone: 'Europe/Paris', precision: 'DateTime' };
  const dtend = { iso8601: `2026-11-${day}T10:30:00.000+01:00`, timezone: 'Europe/Paris', precision: 'DateTime' };
  const rrule = at % 4 === 0 ? { frequency: 'WEEKLY', interval: 1, count: 5, byDay: null } : null;
  return {
    main: {
      dtstart,
      dtend,
      summary: `Made on the server ${name}${at}`,
      rrule,
      alarm: [],
      attendees: [],
      categories: [],
    },
    occurrences: [],
  };
}

/** Edits, creates and deletes appointments as the person in front of Outlook would. Entry ids. */
export async function editInOutlook(
  emulator: Emulator,
  ids: { edit: readonly string[]; remove: readonly string[]; create: number; name: string },
): Promise<void> {
  const get = (on: string, member: string, as: string): Step => ({ do: 'get', on, member, as });
  const put = (on: string, member: string, value: Arg): Step => ({ do: 'put', on, member, value });
  const open = (id: string, as: string): Step => ({
    do: 'call',
    on: 'session',
    member: 'GetItemFromID',
    args: [id],
    as,
  });
  const steps: Step[] = [get('application', 'Session', 'session')];
  ids.edit.forEach((id, at) => {
    const change =
      at % 3 === 0
        ? put('item', 'Subject', `Outlook subject ${at}`)
        : at % 3 === 1
          ? put('item', 'Location', `Outlook place ${at}`)
          : put('item', 'Body', `Outlook text ${at}`);
    steps.push(open(id, 'item'), change, { do: 'call', on: 'item', member: 'Save' }, { do: 'release', handle: 'item' });
  });
  for (const id of ids.remove)
    steps.push(open(id, 'item'), { do: 'call', on: 'item', member: 'Delete' }, { do: 'release', handle: 'item' });
  for (let at = 0; at < ids.create; at++) {
    const day = String(1 + (at % 28)).padStart(2, '0');
    steps.push(
      { do: 'call', on: 'application', member: 'CreateItem', args: [1], as: 'made' },
      put('made', 'Subject', `Made in Outlook ${ids.name}${at}`),
      put('made', 'Start', { date: `2026-12-${day}T14:00:00` }),
      put('made', 'Duration', 45),
      put('made', 'Location', at % 2 === 0 ? 'Here' : ''),
      ...(at % 5 === 0 ? recurring(put) : []),
      { do: 'call', on: 'made', member: 'Save' },
      { do: 'release', handle: 'made' },
    );
  }
  const outcome = await emulator.executor.run({ label: 'the user works', steps, returns: [] });
  if (outcome.kind !== 'done') throw new Error(`Outlook refuses the test's own edits: ${JSON.stringify(outcome)}`);
}

/** Sets properties of one item and saves it. */
export async function changeInOutlook(emulator: Emulator, id: string, members: Record<string, Arg>): Promise<void> {
  const steps: Step[] = [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    { do: 'call', on: 'session', member: 'GetItemFromID', args: [id], as: 'item' },
    ...Object.entries(members).map(([member, value]): Step => ({ do: 'put', on: 'item', member, value })),
    { do: 'call', on: 'item', member: 'Save' },
    { do: 'release', handle: 'item' },
  ];
  const outcome = await emulator.executor.run({ label: 'the user edits', steps, returns: [] });
  if (outcome.kind !== 'done') throw new Error(`Outlook refuses the test's own edit: ${JSON.stringify(outcome)}`);
}

function recurring(put: (on: string, member: string, value: Arg) => Step): Step[] {
  return [
    { do: 'call', on: 'made', member: 'GetRecurrencePattern', as: 'pattern' },
    put('pattern', 'RecurrenceType', 1),
    put('pattern', 'Interval', 2),
    put('pattern', 'Occurrences', 6),
    { do: 'release', handle: 'pattern' },
  ];
}
