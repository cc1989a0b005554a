import { isFailure } from '../../base/failure.ts';
import { type ParsedSeries, parseCalendar } from '../../mapping/ical/parse-calendar.ts';
import { writeCalendar } from '../../mapping/ical/write-calendar.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import { fault, isBusiness } from '../kernel/fault.ts';
import { type Operation, operation, result, streamBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { sessionFor } from '../sessions/session-life.ts';
import type { StoredItem } from '../store/store.ts';
import { tagsByLabel } from '../tags/tags.ts';
import type { Progress } from '../tasks/tasks.ts';
import { type Calendar, createSeries, presentSeries, updateSeries } from './calendar-items.ts';
import { openCalendar } from './routes.ts';

const service = 'IVEvent';
const PATH = '/calendars/vevent/{containerUid}';
/** @units bytes of an ICS file that is imported */
const MOST = 200_000_000;

export const PROD_ID = '-//Embedded server//Calendar//EN';

/** IVEvent: a calendar as ICS text, out and in. */
export function icsOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'exportIcs',
      method: 'GET',
      path: `${PATH}/{uid}`,
      result: { kind: 'text', produces: 'text/calendar' },
      run: (call) => {
        const calendar = openCalendar(call, 'Read');
        const { items } = call.kernel.store;
        const found = items.byUids(calendar.container.id, [param(call, 'uid')]);
        if (found.length === 0) throw fault('NOT_FOUND', 'There is no such event.');
        return icsOf(presentSeries(calendar, found), undefined);
      },
    }),
    operation({
      service,
      name: 'importIcs',
      method: 'PUT',
      path: PATH,
      body: streamBody(MOST),
      result: result(),
      run: (call) => {
        const calendar = openCalendar(call, 'Write');
        const text = Buffer.from(call.body).toString('utf8');
        return call.kernel.tasks.start((progress) => importIcs(calendar, text, progress));
      },
    }),
    operation({
      service,
      name: 'exportAll',
      method: 'GET',
      path: PATH,
      result: { kind: 'stream', produces: 'text/calendar' },
      run: (call) => {
        const calendar = openCalendar(call, 'Read');
        const all = call.kernel.store.items.all(calendar.container.id);
        return icsOf(presentSeries(calendar, all), calendar.container.name);
      },
    }),
  ];
}

type Told = { readonly uid: string; readonly value: VEventSeries };

/** ICS text of items, each under its ICS uid. */
export function icsOf(items: readonly Told[], name: string | undefined): string {
  const series = items.map(({ uid, value }) => ({ uid: value.icsUid ?? uid, value }));
  return writeCalendar(series, { prodId: PROD_ID, ...(name === undefined ? {} : { name }) });
}

/** How many events are stored before other calls get their turn. */
const SLICE = 25;

/**
 * Stores the events of an ICS text. Rules [I1] to [I4]: merged on the ICS uid; one whose LAST-MODIFIED is not after what is stored is
 * ignored; an event that is refused is told in the log of the task and costs nothing else.
 */
export async function importIcs(
  calendar: Calendar,
  text: string,
  progress: Progress,
): Promise<{ uids: string[]; total: number }> {
  const parsed = parse(text);
  progress.begin(parsed.series.length, `${parsed.series.length} events to import`);
  for (const refusal of parsed.refused) progress.step(`The event ${refusal.index + 1} ${refusal.reason}.`);
  const uids: string[] = [];
  for (const [index, { uid, value, lastModified }] of parsed.series.entries()) {
    if (index % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    try {
      const stored = store(calendar, { uid, value: resolveLabels(calendar, value), lastModified });
      if (stored !== undefined) uids.push(stored);
      progress.step(`${index + 1} of ${parsed.series.length}`);
    } catch (error) {
      if (!isBusiness(error) && !isFailure(error)) throw error;
      progress.step(`The event ${index + 1} was refused: ${error.message}`);
    }
  }
  return { uids, total: parsed.series.length };
}

function parse(text: string): ReturnType<typeof parseCalendar> {
  try {
    return parseCalendar(text);
  } catch (error) {
    throw isFailure(error) ? fault('INVALID_PARAMETER', error.message) : error;
  }
}

/** @returns the uid of the item, undefined when what is stored is as new or newer */
function store(calendar: Calendar, { uid: icsUid, value, lastModified }: ParsedSeries): string | undefined {
  const { items } = calendar.kernel.store;
  const known = items.byLookup(calendar.container.id, icsUid.toLowerCase())[0];
  if (known === undefined) {
    const free = items.byUid(calendar.container.id, icsUid) === undefined;
    const uid = free ? icsUid : calendar.kernel.newId();
    remember(calendar, createSeries(calendar, uid, { ...value, icsUid }, { send: false }), lastModified);
    return uid;
  }
  if (lastModified !== undefined && lastModified <= changedAt(calendar, known)) return undefined;
  const stored = JSON.parse(known.value) as VEventSeries;
  remember(calendar, updateSeries(calendar, known.uid, merged(stored, value), { send: false }), lastModified);
  return known.uid;
}

/** Beside an item that was imported: which version that made, and how new the text was. */
const IMPORTED = 'imported';
type Imported = { readonly version: number; readonly lastModified: number };

function remember({ kernel }: Calendar, item: StoredItem, lastModified: number | undefined): void {
  const note: Imported | undefined = lastModified === undefined ? undefined : { version: item.version, lastModified };
  kernel.store.items.setBlob(item.id, IMPORTED, note && Buffer.from(JSON.stringify(note)));
}

/** How new what is stored is: as its text when it still is what was imported, else as its last change. @units epoch milliseconds */
function changedAt({ kernel }: Calendar, item: StoredItem): number {
  const bytes = kernel.store.items.blob(item.id, IMPORTED);
  const note = bytes && (JSON.parse(Buffer.from(bytes).toString()) as Imported);
  return note?.version === item.version ? note.lastModified : item.updated;
}

/** A text with single occurrences only adds them to the series that is stored. */
function merged(stored: VEventSeries, value: VEventSeries): VEventSeries {
  const icsUid = stored.icsUid;
  if (value.main) return { ...value, icsUid };
  const added = value.occurrences ?? [];
  const replaced = new Set(added.map((occurrence) => occurrence.recurid?.iso8601));
  const kept = (stored.occurrences ?? []).filter((occurrence) => !replaced.has(occurrence.recurid?.iso8601));
  return { ...stored, icsUid, occurrences: [...kept, ...added] };
}

/** Categories of an ICS text are only labels: they become tags of the calendar's owner, the missing ones being made. */
function resolveLabels(calendar: Calendar, series: VEventSeries): VEventSeries {
  const { kernel, container } = calendar;
  const labels = (series.main?.categories ?? []).flatMap((ref) => ref.label ?? []);
  const owner = kernel.store.people.entry(container.domain, container.owner);
  if (!series.main || labels.length === 0) return series;
  const categories = owner === undefined ? [] : tagsByLabel({ kernel, session: sessionFor(kernel, owner) }, labels);
  return { ...series, main: { ...series.main, categories } };
}
