/**
 * Zones, start, end and all-day of an item, in the order Outlook insists on: a zone moves the times, the start moves the end,
 * all-day rounds both. Whatever moved is written again.
 * @source outlook-calendar.md 1.3, 1.4
 */
import type { Appointment } from '../model/appointment.ts';
import { APPLICATION, type Ref, type Script } from './script.ts';

export type When = Pick<Appointment, 'allDay' | 'start' | 'startZone' | 'end' | 'endZone'>;

/** Whether writing {@link writeWhen} would change something; zones of all-day items mean nothing. */
export function sameWhen(a: When, b: When): boolean {
  const sameZones = a.startZone === b.startZone && a.endZone === b.endZone;
  return a.allDay === b.allDay && a.start === b.start && a.end === b.end && (a.allDay || sameZones);
}

/** @param before undefined for a new item, which is timed and in the zone of Windows */
export function writeWhen(run: Script, item: Ref<'AppointmentItem'>, before: When | undefined, after: When): void {
  if (before !== undefined && sameWhen(before, after)) return;
  if (after.allDay) writeDays(run, item, before, after);
  else writeTimes(run, item, before, after);
}

/**
 * All-day items get no zone of their own: days are the same everywhere, and rounding to midnights is safe only in the zone of
 * Windows. A timed item that becomes all-day is moved there first.
 */
function writeDays(run: Script, item: Ref<'AppointmentItem'>, before: When | undefined, after: When): void {
  if (before !== undefined && !before.allDay) {
    const zones = run.object(APPLICATION, 'TimeZones', 'TimeZones');
    const system = run.object(zones, 'CurrentTimeZone', 'TimeZone');
    run.put(item, 'StartTimeZone', system);
    run.put(item, 'EndTimeZone', system);
  }
  putTimes(run, item, after);
  if (before === undefined || !before.allDay) run.put(item, 'AllDayEvent', true);
}

function writeTimes(run: Script, item: Ref<'AppointmentItem'>, before: When | undefined, after: When): void {
  if (before?.allDay) run.put(item, 'AllDayEvent', false);
  const moved = before === undefined || before.allDay;
  const zoned = moved || before.startZone !== after.startZone || before.endZone !== after.endZone;
  if (zoned) putZones(run, item, after);
  if (zoned || before.start !== after.start) putTimes(run, item, after);
  else run.put(item, 'EndInEndTimeZone', { date: after.end });
}

function putZones(run: Script, item: Ref<'AppointmentItem'>, after: When): void {
  const zones = run.object(APPLICATION, 'TimeZones', 'TimeZones');
  const start = run.open(zones, 'Item', 'TimeZone', after.startZone);
  const end = after.endZone === after.startZone ? start : run.open(zones, 'Item', 'TimeZone', after.endZone);
  run.put(item, 'StartTimeZone', start);
  run.put(item, 'EndTimeZone', end);
}

/** The start moves the end along, so the end always follows it. */
function putTimes(run: Script, item: Ref<'AppointmentItem'>, after: When): void {
  run.put(item, 'StartInStartTimeZone', { date: after.start });
  run.put(item, 'EndInEndTimeZone', { date: after.end });
}
