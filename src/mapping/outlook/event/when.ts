/**
 * When an event is. Outlook has Windows zones and no floating times: the IANA zones, and that an event floats, stand in tags of ours that
 * count only while the Windows zones are the ones written with them. Whoever changes the zone in Outlook has the last word.
 * @source outlook-calendar.md 1.3, 1.4, section 2; hard cases H10 to H14
 */

import { wallIn } from '../../../domain/expand-series.ts';
import type { LocalDate, Moment, WallTime, When, ZoneId } from '../../../domain/time.ts';
import { addDays, addSeconds, dateOf, dayOf, secondsOf } from '../../../domain/time-civil.ts';
import { instantOf, wallAt, zoneOf } from '../../../domain/zones.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { type Field, patching } from '../../field.ts';
import type { OutlookEventContext } from './context.ts';
import { shownZone, zoneShownAs } from './shown-zone.ts';

/**
 * Start, end and all-day.
 * @loss seconds; a zone that Windows does not have is shown in UTC; an end in another zone than a floating start
 */
export function when(context: OutlookEventContext): Field<Appointment, When> {
  return patching({
    read: (item) => readWhen(item, context),
    write: (item, value) => writeWhen(item, survives(value), context),
    survives,
  });
}

function survives(value: When): When {
  if (value.kind === 'date') return value.end > value.start ? value : { ...value, end: addDays(value.start, 1) };
  const start = { wall: wholeMinute(value.start.wall), zone: value.start.zone };
  const zone = start.zone && (value.end.zone ?? start.zone);
  const end = { wall: wholeMinute(value.end.wall), zone };
  return { kind: 'time', start, end: isBefore(end, start) ? start : end };
}

function wholeMinute(wall: WallTime): WallTime {
  return `${wall.slice(0, 17)}00`;
}

function isBefore(a: Moment, b: Moment): boolean {
  if (a.zone === undefined || b.zone === undefined || a.zone === b.zone) return a.wall < b.wall;
  return instantOf(a.wall, a.zone) < instantOf(b.wall, b.zone);
}

function readWhen(item: Appointment, context: OutlookEventContext): When {
  if (item.allDay) return survives({ kind: 'date', start: roundDown(item.start), end: roundUp(item.end) });
  if (isFloating(item)) {
    return survives({
      kind: 'time',
      start: { wall: item.start, zone: undefined },
      end: { wall: item.end, zone: undefined },
    });
  }
  const [startZone, endZone] = zonesOf(item, context);
  return survives({ kind: 'time', start: inZone(item.start, startZone), end: inZone(item.end, endZone) });
}

/** An all-day item that another zone shows at another hour still means its day. */
function roundDown(wall: WallTime): LocalDate {
  return wall.slice(0, 10);
}

function roundUp(wall: WallTime): LocalDate {
  return dateOf(dayOf(addSeconds(wall, 86_399)));
}

/** The tag names the Windows zone that a floating event was shown in. */
function isFloating(item: Appointment): boolean {
  const tag = item.tags[TAG.floating];
  return tag !== undefined && tag === item.startZone && tag === item.endZone;
}

/** IANA zones of start and end: those of the tag while it fits, else what the Windows zones mean. */
function zonesOf(item: Appointment, context: OutlookEventContext): readonly [ZoneId, ZoneId] {
  const [start, end] = (item.tags[TAG.zones] ?? '').split('|').map(zoneOf);
  const isKnown = start !== undefined && end !== undefined;
  const fits = isKnown && windowsFor(start) === item.startZone && windowsFor(end) === item.endZone;
  return fits ? [start, end] : [zoneShownAs(item.startZone, context), zoneShownAs(item.endZone, context)];
}

/** Zones that Windows lacks are shown in UTC. */
function windowsFor(zone: ZoneId): string {
  return shownZone(zone) ?? 'UTC';
}

/** The Windows zone of the user. */
export function homeZone(context: OutlookEventContext): string {
  return windowsFor(context.zone);
}

/** A shown wall time as a moment of its zone. */
function inZone(wall: WallTime, zone: ZoneId): Moment {
  if (shownZone(zone) !== undefined) return { wall, zone };
  return { wall: wallAt(instantOf(wall, 'UTC'), zone), zone };
}

/** A moment as a shown wall time. */
export function shownWall({ wall, zone }: Moment): WallTime {
  if (zone === undefined || shownZone(zone) !== undefined) return wall;
  return wallAt(instantOf(wall, zone), 'UTC');
}

function writeWhen(item: Appointment, value: When, context: OutlookEventContext): Appointment {
  const { [TAG.floating]: _, [TAG.zones]: __, ...tags } = item.tags;
  const home = homeZone(context);
  if (value.kind === 'date') {
    // Days are the same everywhere; an item that already is all-day keeps the zone it has.
    const zones = item.allDay ? {} : { startZone: home, endZone: home };
    return { ...item, ...zones, tags, allDay: true, start: `${value.start}T00:00:00`, end: `${value.end}T00:00:00` };
  }
  const { start, end } = value;
  const times = { allDay: false, start: shownWall(start), end: shownWall(end) };
  if (start.zone === undefined || end.zone === undefined) {
    return { ...item, ...times, startZone: home, endZone: home, tags: { ...tags, [TAG.floating]: home } };
  }
  const startZone = windowsFor(start.zone);
  const endZone = windowsFor(end.zone);
  // Written even where the Windows zone alone would say it: the user's own zone and territory may change.
  return { ...item, ...times, startZone, endZone, tags: { ...tags, [TAG.zones]: `${start.zone}|${end.zone}` } };
}

/** The zone whose wall clock the item's start shows, as the domain names it; undefined = floating or all-day. */
export function seriesZone(item: Appointment, context: OutlookEventContext): ZoneId | undefined {
  if (item.allDay || isFloating(item)) return undefined;
  return zonesOf(item, context)[0];
}

/** Length of an item on the wall clock of its start, as series have it: a change of clocks within adds nothing. @units minutes */
export function shownMinutes(item: Appointment, context: OutlookEventContext): number {
  if (item.allDay || item.startZone === item.endZone) return (secondsOf(item.end) - secondsOf(item.start)) / 60;
  const [startZone, endZone] = zonesOf(item, context);
  const [start, end] = [inZone(item.start, startZone), inZone(item.end, endZone)];
  return Math.round((secondsOf(wallIn(end, start.zone)) - secondsOf(start.wall)) / 60);
}
