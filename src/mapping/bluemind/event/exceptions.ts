/**
 * What differs from the rule: removed (EXDATE), added (RDATE) and changed occurrences. All are named by their start under the rule,
 * in the form and zone of the series' own start (H4): whatever form the server has them in, they are brought to it.
 */
import type { Event, Exception, OriginalStart } from '../../../domain/event.ts';
import type { LocalDate, Moment, WallTime, When, ZoneId } from '../../../domain/time.ts';
import { secondsOf } from '../../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../../domain/zones.ts';
import type { VEvent, VEventOccurrence } from '../../../wire/calendar.ts';
import type { BmDateTime } from '../../../wire/common.ts';
import { type Field, isSame, patching } from '../../field.ts';
import { bmDate, bmDateTime, bmMoment, readBmDateTime, settledMoment } from './date-time.ts';

/** Whether occurrences are dates, or times in which zone. */
export type SeriesForm =
  | { readonly kind: 'date' }
  | { readonly kind: 'time'; readonly zone: ZoneId | undefined; readonly clock: string };

/** The form of a series that starts at `when`. `clock` is the `THH:MM:SS` of its start. */
export function formOf(when: When): SeriesForm {
  return when.kind === 'date'
    ? { kind: 'date' }
    : { kind: 'time', zone: when.start.zone, clock: when.start.wall.slice(10) };
}

/** The name of an occurrence, from a server date in any form; undefined when it cannot be read. */
export function nameOf(bm: BmDateTime | null | undefined, form: SeriesForm): LocalDate | WallTime | undefined {
  const value = readBmDateTime(bm);
  if (value === undefined) return undefined;
  if (form.kind === 'date') return typeof value === 'string' ? value : nearestDay(value);
  if (typeof value === 'string') return value + form.clock;
  return settledMoment(inZone(value, form.zone)).wall;
}

/** All-day occurrences that other programs left as the UTC instant of a midnight. */
function nearestDay(moment: Moment): LocalDate {
  if (moment.zone !== 'UTC') return moment.wall.slice(0, 10);
  return wallAt((secondsOf(moment.wall) + 43_200) * 1000, 'UTC').slice(0, 10);
}

function inZone(moment: Moment, zone: ZoneId | undefined): Moment {
  if (moment.zone === undefined || zone === undefined || moment.zone === zone) return { wall: moment.wall, zone };
  return { wall: wallAt(instantOf(moment.wall, moment.zone), zone), zone };
}

/** The server's form of a name. */
export function bmName(at: LocalDate | WallTime, form: SeriesForm): BmDateTime {
  if (form.kind === 'date') return bmDate(at.slice(0, 10));
  return bmMoment({ wall: at.length > 10 ? at : at + form.clock, zone: form.zone });
}

/** A name as it comes back: of the form, out of the gaps of the zone. */
export function settledName(at: LocalDate | WallTime, form: SeriesForm): LocalDate | WallTime {
  if (form.kind === 'date') return at.slice(0, 10);
  return settledMoment({ wall: at.length > 10 ? at : at + form.clock, zone: form.zone }).wall;
}

/** Removed occurrences. An EXDATE that stays keeps its form. @loss doubles; all of them where nothing repeats (10.2 rule 5) */
export function excluded(form: SeriesForm): Field<VEvent, readonly string[]> {
  return patching({
    read: (event) => [...new Set((event.exdate ?? []).flatMap((date) => nameOf(date, form) ?? []))],
    write: (event, value) => {
      const names = [...new Set(value.map((at) => settledName(at, form)))];
      const written = names.map(
        (at) => (event.exdate ?? []).find((date) => nameOf(date, form) === at) ?? bmName(at, form),
      );
      return { ...event, exdate: written.length > 0 ? written : null };
    },
    survives: (value) => [...new Set(value.map((at) => settledName(at, form)))],
  });
}

/** Added occurrences. @loss doubles; another zone than the series' (all of them have the form of the first, 4.5) */
export function added(form: SeriesForm): Field<VEvent, readonly (LocalDate | Moment)[]> {
  const settle = (values: readonly (LocalDate | Moment)[]) => {
    const settled = values.map((value) => {
      const name = nameOf(bmDateTime(value), form) ?? '';
      return form.kind === 'date' ? name : { wall: settledName(name, form), zone: form.zone };
    });
    return settled.filter((value, i) => settled.findIndex((other) => isSame(other, value)) === i);
  };
  return patching({
    read: (event) => settle((event.rdate ?? []).flatMap((date) => readBmDateTime(date) ?? [])),
    write: (event, value) => {
      const written = settle(value).map((date) => bmDateTime(date));
      return { ...event, rdate: written.length > 0 ? written : null };
    },
    survives: settle,
  });
}

/** How the exceptions of a series are read and written, given how one event is. */
export type EventMapping = { read(event: VEvent): Event; write(current: VEvent, event: Event): VEvent };

/** The changed occurrences; `form` undefined = there is no series, each names its own zone. The first of a name counts. */
export function readExceptions(
  occurrences: readonly VEventOccurrence[],
  form: SeriesForm | undefined,
  mapping: EventMapping,
): readonly Exception[] {
  const found = new Map<string, Exception>();
  for (const occurrence of occurrences) {
    const original = originalOf(occurrence, form);
    const key = original && keyOf(original);
    if (original === undefined || key === undefined || found.has(key)) continue;
    found.set(key, { original, event: mapping.read(occurrence) });
  }
  return [...found.values()];
}

function originalOf(occurrence: VEventOccurrence, form: SeriesForm | undefined): OriginalStart | undefined {
  if (form !== undefined) {
    const at = nameOf(occurrence.recurid, form);
    return at === undefined ? undefined : { at, zone: undefined };
  }
  const value = readBmDateTime(occurrence.recurid ?? occurrence.dtstart);
  if (value === undefined) return undefined;
  return typeof value === 'string' ? { at: value, zone: undefined } : { at: value.wall, zone: value.zone };
}

function keyOf(original: OriginalStart): string {
  return `${original.at}@${original.zone ?? ''}`;
}

/**
 * The changed occurrences to store. One that stays is patched and keeps its RECURRENCE-ID as it is; a new one starts as a copy of
 * the main event, so that what the other side cannot say (formatting, contents of files, further alarms) is not lost with it.
 */
export function writeExceptions(
  current: readonly VEventOccurrence[],
  exceptions: readonly Exception[],
  series: {
    readonly form: SeriesForm | undefined;
    readonly main: VEvent | undefined;
    readonly oldForm: SeriesForm | undefined;
  },
  mapping: EventMapping,
): readonly VEventOccurrence[] {
  const known = new Map<string, VEventOccurrence>();
  for (const occurrence of current) {
    const original = originalOf(occurrence, series.oldForm);
    if (original !== undefined && !known.has(keyOf(original))) known.set(keyOf(original), occurrence);
  }
  return exceptions.map(({ original, event }) => {
    const existing = known.get(keyOf(original));
    if (existing !== undefined && isSame(series.form, series.oldForm)) return mapping.write(existing, event);
    const recurid = series.form === undefined ? orphanName(original) : bmName(original.at, series.form);
    const start = existing ?? copyOf(series.main);
    return { ...mapping.write(start, event), recurid };
  });
}

function orphanName({ at, zone }: OriginalStart): BmDateTime {
  return at.length > 10 ? bmMoment({ wall: at, zone }) : bmDate(at);
}

function copyOf(main: VEvent | undefined): VEvent {
  return main === undefined ? {} : { ...main, rrule: null, exdate: null, rdate: null };
}
