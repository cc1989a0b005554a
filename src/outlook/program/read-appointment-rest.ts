/** The second program of a read: what the first one could not hold; see `read-appointment.ts`. */
import type { RecurrencePattern } from '../model/recurrence-pattern.ts';
import { type AppointmentBase, type AppointmentRead, completeRead } from './appointment-read.ts';
import { accessorOf, openItem } from './item-place.ts';
import type { Handle } from './program.ts';
import { type PatternHandles, patternFrom, readPattern } from './read-pattern.ts';
import { readRecipients, recipientsFrom } from './read-recipients.ts';
import type { Part } from './reading.ts';
import { ITEM } from './schema-names.ts';
import type { Ref, Script } from './script.ts';
import { type SeriesZone, seriesZone } from './series-zone.ts';
import { BadValue, date, text, type Values } from './values.ts';

/** What is still missing. */
export type Rest = {
  readonly meeting: boolean;
  readonly zones: boolean;
  readonly pattern: boolean;
  /** Original starts of the exceptions whose own body is still to be read. */
  readonly bodies: readonly string[];
};

/**
 * Reads the rest. When the item was saved in between, both halves together would be a state it never had: the read starts over.
 * @param restart reads the item from the beginning
 */
export function readRest(
  base: AppointmentBase,
  rest: Rest,
  restart: () => Part<AppointmentRead>,
): Part<AppointmentRead> {
  return (run) => {
    const item = openItem(run, base.place, 'AppointmentItem');
    const modified = run.call(accessorOf(run, item), 'GetProperty', ITEM.lastModified);
    const zones = rest.zones ? readZones(run, item) : [];
    const recipients = rest.meeting ? readRecipients(run, item) : undefined;
    const series = rest.pattern || rest.bodies.length > 0 ? openSeries(run, item) : undefined;
    const members = rest.pattern && series !== undefined ? readPattern(run, series.pattern, series.zone) : undefined;
    const bodies = series === undefined ? [] : readBodies(run, series, startsOf(base, rest.bodies));
    return {
      wanted: [modified, ...zones, ...(recipients ?? []), ...Object.values(members ?? {}), ...bodies],
      decode: (values) => {
        if (`${date(values[modified])}Z` !== base.lastModified) return { kind: 'more', next: restart() };
        const value = completeRead(base, {
          startZone: base.startZone ?? text(values[zones[0] ?? '']),
          endZone: base.endZone ?? text(values[zones[1] ?? '']),
          recurrence: recurrenceFrom(values, base, members, new Map(rest.bodies.map((at, n) => [at, bodies[n] ?? '']))),
          recipients: recipients === undefined ? [] : recipientsFrom(values, recipients),
        });
        return { kind: 'value', value };
      },
    };
  };
}

type Series = { readonly pattern: Ref<'RecurrencePattern'>; readonly zone: SeriesZone };

/** Never done for an item that does not recur: asking for its pattern would make it recur. */
function openSeries(run: Script, item: Ref<'AppointmentItem'>): Series {
  return { pattern: run.open(item, 'GetRecurrencePattern', 'RecurrencePattern'), zone: seriesZone(run, item) };
}

function readZones(run: Script, item: Ref<'AppointmentItem'>): readonly Handle[] {
  const start = run.object(item, 'StartTimeZone', 'TimeZone');
  const end = run.object(item, 'EndTimeZone', 'TimeZone');
  return [run.value(start, 'ID'), run.value(end, 'ID')];
}

/** Where the exceptions lie now: an occurrence that was moved is found only there. */
function startsOf(base: AppointmentBase, originals: readonly string[]): readonly string[] {
  const { recurrence } = base;
  const exceptions = recurrence.kind === 'known' ? recurrence.pattern.exceptions : [];
  return originals.map((original) => exceptions.find((one) => one.originalStart === original)?.start ?? original);
}

function readBodies(run: Script, series: Series, starts: readonly string[]): readonly Handle[] {
  return starts.map((start) => {
    const local = series.zone.toSystem(run, start);
    const occurrence = run.open(series.pattern, 'GetOccurrence', 'AppointmentItem', local);
    const body = run.value(occurrence, 'Body');
    run.release(occurrence);
    return body;
  });
}

function recurrenceFrom(
  values: Values,
  base: AppointmentBase,
  members: PatternHandles | undefined,
  bodies: ReadonlyMap<string, Handle>,
): RecurrencePattern | undefined {
  if (members !== undefined) return patternFrom(values, members, base.plain);
  if (base.recurrence.kind === 'single') return undefined;
  if (base.recurrence.kind === 'tooLong') throw new BadValue('The recurrence was not read.');
  const exceptions = base.recurrence.pattern.exceptions.map((exception) => {
    const body = bodies.get(exception.originalStart);
    return body === undefined ? exception : { ...exception, body: text(values[body]) };
  });
  return { ...base.recurrence.pattern, exceptions };
}
