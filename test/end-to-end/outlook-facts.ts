/**
 * What Outlook holds, read from its properties one item at a time, by a program of this test's own: neither the connector's
 * programs nor its mapping take part. The recurrence is decoded by the structure code, which has its own vectors.
 */
import { Temporal } from 'temporal-polyfill';
import type { Emulator } from '../../src/outlook/emulator/open-emulator.ts';
import { occurrencesOf } from '../../src/outlook/model/expand-pattern.ts';
import { readRecurrenceBlob } from '../../src/outlook/model/recurrence-blob.ts';
import { patternOfBlob } from '../../src/outlook/model/recurrence-meaning.ts';
import type { RecurrencePattern } from '../../src/outlook/model/recurrence-pattern.ts';
import { ianaZoneOf } from '../../src/outlook/model/windows-zones.ts';
import type { OutlookValue, Step } from '../../src/outlook/program/program.ts';
import { type CardFacts, digits, type EventFacts, type Occurrence, squeezed, WINDOW, words } from './facts.ts';

const TAG = 'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/';
const APPOINTMENT = 'http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/';

/** Every item of a default folder, by the connector's token; items of the user's own by their entry id. */
export async function outlookEvents(emulator: Emulator): Promise<Map<string, EventFacts>> {
  const all = await rows(emulator, 9, EVENT_MEMBERS, [`${APPOINTMENT}82160102`]);
  const birthdays = await birthdayEvents(emulator);
  return byToken(
    all.filter(({ EntryID }) => !birthdays.has(text(EntryID))),
    eventFacts,
  );
}

/** Entry ids of the appointments that Outlook made out of contacts: PidLidBirthdayEventEntryId, PidLidAnniversaryEventEntryId. */
async function birthdayEvents(emulator: Emulator): Promise<Set<string>> {
  const names = ['804D0102', '804E0102'].map(
    (id) => `http://schemas.microsoft.com/mapi/id/{00062004-0000-0000-C000-000000000046}/${id}`,
  );
  const all = await rows(emulator, 10, ['EntryID'], names);
  const ids = all.flatMap((row) => names.map((name) => row[name]));
  return new Set(
    ids.flatMap((id) => (id instanceof Uint8Array ? [Buffer.from(id).toString('hex').toUpperCase()] : [])),
  );
}

export async function outlookCards(emulator: Emulator): Promise<Map<string, CardFacts>> {
  const all = await rows(emulator, 10, CARD_MEMBERS, []);
  return byToken(
    all.filter(({ MessageClass }) => MessageClass === 'IPM.Contact'),
    cardFacts,
  );
}

type Row = Readonly<Record<string, OutlookValue>>;

const EVENT_MEMBERS = [
  'EntryID',
  'Subject',
  'Location',
  'Body',
  'AllDayEvent',
  'StartUTC',
  'EndUTC',
  'StartInStartTimeZone',
  'EndInEndTimeZone',
  'BusyStatus',
  'Sensitivity',
  'Categories',
  'ReminderSet',
  'ReminderMinutesBeforeStart',
  'IsRecurring',
];
const PHONES = [
  'BusinessTelephoneNumber',
  'Business2TelephoneNumber',
  'HomeTelephoneNumber',
  'Home2TelephoneNumber',
  'MobileTelephoneNumber',
  'BusinessFaxNumber',
  'HomeFaxNumber',
  'OtherFaxNumber',
  'PagerNumber',
  'AssistantTelephoneNumber',
  'CompanyMainTelephoneNumber',
  'CarTelephoneNumber',
  'RadioTelephoneNumber',
  'CallbackTelephoneNumber',
  'ISDNNumber',
  'TelexNumber',
  'TTYTDDTelephoneNumber',
  'PrimaryTelephoneNumber',
  'OtherTelephoneNumber',
];
/** What a person sees of a contact, the first of them that is there. */
const NAMES = ['FullName', 'CompanyName', 'Email1Address', 'NickName', 'WebPage'];
const CARD_MEMBERS = [
  'EntryID',
  'MessageClass',
  ...NAMES,
  'FirstName',
  'LastName',
  'JobTitle',
  'Body',
  'Birthday',
  'Categories',
  'Email2Address',
  'Email3Address',
  ...PHONES,
];

async function rows(
  emulator: Emulator,
  folder: number,
  members: readonly string[],
  properties: readonly string[],
): Promise<Row[]> {
  const each: Step[] = [
    ...members.map((member): Step => ({ do: 'get', on: 'item', member, as: member, optional: true })),
    { do: 'get', on: 'item', member: 'PropertyAccessor', as: 'accessor' },
    ...['BlueMindToken', 'BlueMindSimplified'].map(
      (name): Step => ({
        do: 'call',
        on: 'accessor',
        member: 'GetProperty',
        args: [`${TAG}${name}/0x0000001F`],
        as: name,
        optional: true,
      }),
    ),
    ...properties.map(
      (name): Step => ({ do: 'call', on: 'accessor', member: 'GetProperty', args: [name], as: name, optional: true }),
    ),
    { do: 'release', handle: 'accessor' },
  ];
  const collect = [...members, 'BlueMindToken', 'BlueMindSimplified', ...properties];
  const startZone: Step[] =
    folder === 9
      ? [
          { do: 'get', on: 'item', member: 'StartTimeZone', as: 'zone' },
          { do: 'get', on: 'zone', member: 'ID', as: 'zoneId' },
          { do: 'release', handle: 'zone' },
        ]
      : [];
  const outcome = await emulator.executor.run({
    label: 'facts',
    steps: [
      { do: 'get', on: 'application', member: 'Session', as: 'session' },
      { do: 'call', on: 'session', member: 'GetDefaultFolder', args: [folder], as: 'folder' },
      { do: 'get', on: 'folder', member: 'Items', as: 'items' },
      {
        do: 'each',
        of: 'items',
        as: 'item',
        steps: [...each, ...startZone],
        collect: [...collect, ...(folder === 9 ? ['zoneId'] : [])],
      },
    ],
    returns: [...collect, ...(folder === 9 ? ['zoneId'] : [])],
  });
  if (outcome.kind !== 'done') throw new Error(`Outlook could not be read: ${JSON.stringify(outcome)}`);
  const columns = outcome.values as Readonly<Record<string, readonly OutlookValue[]>>;
  return (columns['EntryID'] ?? []).map((_, at) =>
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at] ?? null])),
  );
}

function byToken<F>(all: readonly Row[], factsOf: (row: Row) => F): Map<string, F> {
  const found = new Map<string, F>();
  for (const row of all) {
    const key = text(row['BlueMindToken']) || text(row['EntryID']);
    if (found.has(key)) throw new Error(`two items of Outlook carry the token ${key}`);
    found.set(key, factsOf(row));
  }
  return found;
}

/** The connector's own lines at the end: links, and what Outlook cannot hold. */
function withoutNote(body: string): string {
  return body.replace(/----- BlueMind -----[\s\S]*?-{20}\s*$/, '');
}

function eventFacts(row: Row): EventFacts {
  const allDay = row['AllDayEvent'] === true;
  return {
    title: squeezed(text(row['Subject'])),
    location: squeezed(text(row['Location'])),
    body: squeezed(withoutNote(text(row['Body']))),
    allDay,
    occurrences: row['IsRecurring'] === true ? seriesOccurrences(row, allDay) : [singleOccurrence(row, allDay)],
    busy: (['free', 'tentative', 'busy', 'outOfOffice', 'elsewhere'] as const)[Number(row['BusyStatus'])] ?? 'busy',
    secret: Number(row['Sensitivity']) >= 2,
    reminder: row['ReminderSet'] === true ? Number(row['ReminderMinutesBeforeStart']) : undefined,
    categories: categories(row),
    simplified: text(row['BlueMindSimplified']) !== '',
  };
}

function singleOccurrence(row: Row, allDay: boolean): Occurrence {
  return allDay
    ? [day(row['StartInStartTimeZone']), day(row['EndInEndTimeZone'])]
    : [minute(row['StartUTC']), minute(row['EndUTC'])];
}

function seriesOccurrences(row: Row, allDay: boolean): Occurrence[] {
  const blob = row[`${APPOINTMENT}82160102`];
  if (!(blob instanceof Uint8Array)) throw new Error('a series without its recurrence');
  const pattern = patternOfBlob(readRecurrenceBlob(blob));
  const zone = ianaZoneOf(text(row['zoneId'])) ?? 'UTC';
  const changed = new Map(pattern.exceptions.map((exception) => [exception.originalStart, exception]));
  const gone = new Set(pattern.deleted);
  const starts = occurrencesOf(pattern, { ...WINDOW, to: '2031-12-31' }).filter(
    (start) => !gone.has(start.slice(0, 10)) && !changed.has(start),
  );
  const plain = starts.map((start) => occurrence(start, plus(start, pattern), zone, allDay));
  const moved = pattern.exceptions.map(({ start, end, allDay: own }) => occurrence(start, end, zone, own ?? allDay));
  return [...plain, ...moved];
}

function plus(start: string, { durationMinutes }: RecurrencePattern): string {
  return Temporal.PlainDateTime.from(start).add({ minutes: durationMinutes }).toString();
}

function occurrence(start: string, end: string, zone: string, allDay: boolean): Occurrence {
  if (allDay) return [start.slice(0, 10), end.slice(0, 10)];
  const utc = (wall: string) =>
    `${Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant().toString().slice(0, 16)}Z`;
  return [utc(start), utc(end)];
}

function cardFacts(row: Row): CardFacts {
  const emails = ['Email1Address', 'Email2Address', 'Email3Address']
    .map((member) => text(row[member]).toLowerCase())
    .filter(Boolean);
  const birthday = day(row['Birthday']);
  return {
    shown: words(NAMES.map((member) => text(row[member])).find(Boolean) ?? ''),
    given: squeezed(text(row['FirstName'])),
    family: squeezed(text(row['LastName'])),
    company: squeezed(text(row['CompanyName'])),
    title: squeezed(text(row['JobTitle'])),
    emails,
    phones: PHONES.map((member) => digits(text(row[member]))).filter(Boolean),
    birthday: birthday.startsWith('4501') ? '' : birthday,
    note: squeezed(text(row['Body'])),
    categories: categories(row),
  };
}

function categories(row: Row): string[] {
  return text(row['Categories'])
    .split(/[,;]/)
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)
    .sort();
}

function text(value: OutlookValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function dateOf(value: OutlookValue | undefined): string {
  return typeof value === 'object' && value !== null && 'date' in value ? value.date : '';
}

function day(value: OutlookValue | undefined): string {
  return dateOf(value).slice(0, 10);
}

function minute(value: OutlookValue | undefined): string {
  return `${dateOf(value).slice(0, 16)}Z`;
}
