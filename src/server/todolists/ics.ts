import ICAL from 'ical.js';
import { digestText } from '../../base/digest.ts';
import type { LocalDate, Moment, When, ZoneId } from '../../domain/time.ts';
import { type IcalComponent, properties, property, readComponents, textOf } from '../../mapping/ical/calendar-tree.ts';
import { readEvent } from '../../mapping/ical/read-event.ts';
import { readRecurrence } from '../../mapping/ical/read-recurrence.ts';
import { readWhen } from '../../mapping/ical/read-when.ts';
import { timeOf } from '../../mapping/ical/time-value.ts';
import { type JCalProperty, writeEvent } from '../../mapping/ical/write-event.ts';
import { writeZone, yearOf } from '../../mapping/ical/write-zone.ts';
import { zoneOfName } from '../../mapping/ical/zone-names.ts';
import { type ZoneBook, zoneBook } from '../../mapping/ical/zone-rules.ts';
import type { VEvent } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';
import type { VTodo } from '../../wire/todolist.ts';
import { type Point, readPoint, writePoint } from '../calendars/point.ts';
import { fault } from '../kernel/fault.ts';

/**
 * Tasks as iCalendar. A task shares most of its members with an event, so both ways go through the mapping of events; what only
 * tasks have is read and written here.
 */
export type IcsTodo = { readonly uid: string; readonly value: VTodo };

export type ParsedTodos = { readonly todos: readonly IcsTodo[]; readonly refused: readonly string[] };

/** The tasks of an iCalendar text, and why others are left out. @throws INVALID_PARAMETER when it is no calendar */
export function parseTodos(text: string): ParsedTodos {
  const calendars = readComponents(text).filter((component) => component.name === 'VCALENDAR');
  if (calendars.length === 0) throw fault('INVALID_PARAMETER', 'The text is not an iCalendar file.');
  const todos: IcsTodo[] = [];
  const refused: string[] = [];
  for (const calendar of calendars) {
    const definitions = calendar.children.filter((child) => child.name === 'VTIMEZONE');
    const zones = zoneBook(definitions, zoneOfName(textOf(calendar, 'X-WR-TIMEZONE') ?? ''));
    for (const component of calendar.children.filter((child) => child.name === 'VTODO')) {
      const uid = textOf(component, 'UID')?.trim() || digestText(component.lines.join('\n'));
      const value = readTodo(component, zones);
      if (typeof value === 'string') refused.push(`The task ${value}.`);
      else todos.push({ uid, value: { ...value, uid } });
    }
  }
  return { todos, refused };
}

/** Stands in for the date of a task that has none; never told. */
const NO_DATE: When = { kind: 'date', start: '1970-01-01', end: '1970-01-02' };

function readTodo(component: IcalComponent, zones: ZoneBook): VTodo | string {
  if (!component.closed) return 'is cut off: the file ends inside it';
  if (property(component, 'RECURRENCE-ID') !== undefined)
    return 'is an exception of a repeating task, which cannot be held';
  const dated = asEvent(component);
  const when = dated === undefined ? NO_DATE : readWhen(dated, zones);
  if (typeof when === 'string') return when;
  const recurrence = dated === undefined ? undefined : readRecurrence(dated, when, zones);
  if (typeof recurrence === 'string') return recurrence;
  const { dtend, transparency, ...shared } = readEvent(dated ?? component, when, zones);
  const hasStart = property(component, 'DTSTART') !== undefined;
  const lasts = hasStart && property(component, 'DURATION') !== undefined;
  return {
    ...shared,
    dtstart: hasStart ? (shared.dtstart ?? null) : null,
    due: readDate(component, 'DUE', zones) ?? (lasts ? (dtend ?? null) : null),
    summary: textOf(component, 'SUMMARY')?.trim() ?? '',
    alarm: dated === undefined ? null : (shared.alarm ?? null),
    status: STATUSES.get(textOf(component, 'STATUS')?.trim().toUpperCase() ?? '') ?? null,
    percent: readPercent(component),
    completed: readDate(component, 'COMPLETED', zones),
    rrule: recurrence?.rrule ?? null,
    exdate: recurrence?.exdate ?? null,
    rdate: recurrence?.rdate ?? null,
  };
}

const STATUSES: ReadonlyMap<string, NonNullable<VTodo['status']>> = new Map([
  ['NEEDS-ACTION', 'NeedsAction'],
  ['COMPLETED', 'Completed'],
  ['IN-PROCESS', 'InProcess'],
  ['CANCELLED', 'Cancelled'],
]);

/** A task that has only a due date repeats and reminds from there: for the event mapping that is its start. */
function asEvent(component: IcalComponent): IcalComponent | undefined {
  if (property(component, 'DTSTART') !== undefined) return component;
  if (property(component, 'DUE') === undefined) return undefined;
  return { ...component, lines: component.lines.map((line) => line.replace(/^DUE(?=[;:])/i, 'DTSTART')) };
}

function readDate(component: IcalComponent, name: string, zones: ZoneBook): BmDateTime | null {
  const line = property(component, name);
  const time = line === undefined ? undefined : timeOf(line);
  if (time === undefined) return null;
  return writePoint(pointOf(time.kind === 'date' ? time.date : zones.place(time.wall, time.zone)));
}

function pointOf(value: LocalDate | Moment): Point {
  if (typeof value === 'string') return { kind: 'date', day: value };
  return { kind: 'time', wall: value.wall, millis: 0, zone: value.zone, offset: undefined };
}

function readPercent(component: IcalComponent): number | null {
  const [line] = properties(component, 'PERCENT-COMPLETE');
  const percent = Number(line?.value.trim() || Number.NaN);
  return Number.isInteger(percent) ? percent : null;
}

/** Tasks as one iCalendar text. @loss as that of events: containers and colours of tags, free properties */
export function writeTodos(todos: readonly IcsTodo[], prodId: string): string {
  const zones = [...zonesOf(todos)].map(([zone, year]) => writeZone(zone, year));
  const head: JCalProperty[] = [
    ['version', {}, 'text', '2.0'],
    ['prodid', {}, 'text', prodId],
  ];
  const calendar = [
    'vcalendar',
    head,
    [...zones, ...todos.map(({ uid, value }) => writeTodo(value.uid ?? uid, value))],
  ];
  return `${ICAL.stringify(calendar)}\r\n`;
}

/** What an event says and a task must not. */
const EVENT_ONLY = new Set(['transp', 'x-microsoft-cdo-busystatus', 'dtend']);

function writeTodo(uid: string, todo: VTodo): unknown[] {
  const { due, percent, completed, uid: _uid, ...shared } = todo;
  const [, written, alarms] = writeEvent(uid, shared as VEvent);
  return [
    'vtodo',
    [
      ...written.filter(([name]) => !EVENT_ONLY.has(name)),
      ...dateProperty('due', due),
      ...dateProperty('completed', completed),
      ...(typeof percent === 'number' ? [['percent-complete', {}, 'integer', percent] as const] : []),
    ],
    alarms,
  ];
}

function dateProperty(name: string, date: BmDateTime | null | undefined): readonly JCalProperty[] {
  if (!date) return [];
  const point = readPoint(date);
  if (point.kind === 'date') return [[name, {}, 'date', point.day]];
  const isUtc = point.zone === 'UTC' || (point.zone === undefined && point.offset === 0);
  const zone = point.zone === undefined || isUtc ? {} : { tzid: point.zone };
  return [[name, zone, 'date-time', isUtc ? `${point.wall}Z` : point.wall]];
}

/** Every zone named, with the first year in which it is. */
function zonesOf(todos: readonly IcsTodo[]): ReadonlyMap<ZoneId, number> {
  const years = new Map<ZoneId, number>();
  for (const { value } of todos)
    for (const date of [
      value.dtstart,
      value.due,
      value.completed,
      value.rrule?.until,
      ...(value.exdate ?? []),
      ...(value.rdate ?? []),
    ]) {
      const point = date ? readPoint(date) : undefined;
      if (point?.kind !== 'time' || point.zone === undefined || point.zone === 'UTC') continue;
      years.set(point.zone, Math.min(yearOf(point.wall), years.get(point.zone) ?? 9999));
    }
  return years;
}
