/** Start, End and what hangs on them, as members. @source outlook-calendar.md sections 1.2 to 1.4 */
import { bool, date, long } from '../arguments.ts';
import type { DispatchValue, Member, MemberTable } from '../dispatch.ts';
import type { LiveItem } from '../live-item.ts';
import { PROP } from '../property.ts';
import { toUtcTime } from '../zone-time.ts';
import { APPT, STATE } from './appointment-props.ts';
import { endZoneOf, hasTimes, startZoneOf, storeTimes, timesOf } from './item-times.ts';
import { followTimes, memoryOf } from './series.ts';
import { timeZoneObject, zoneOf } from './time-zones.ts';
import {
  durationOf,
  endWall,
  startWall,
  type Times,
  withAllDay,
  withDuration,
  withEnd,
  withEndZone,
  withStart,
  withStartZone,
} from './times.ts';

/** Reminder that an all-day item gets. @units minutes @source outlook-calendar.md section 6 */
const ALL_DAY_REMINDER = 1080;

/** Own items and meetings one organizes keep their clock time when the zone changes. */
function isOwn(item: LiveItem): boolean {
  return (item.bag.long(APPT.stateFlags) & STATE.received) === 0;
}

function change(item: LiveItem, by: (times: Times) => Times): void {
  const times = by(timesOf(item));
  storeTimes(item, times);
  followTimes(item, times);
  memoryOf(item).reminderMoved = true;
}

/** A date that a damaged item has not. EC55 */
function time(
  show: (times: Times, item: LiveItem) => string,
  put: (times: Times, item: LiveItem, wall: string) => Times,
): Member<LiveItem> {
  return {
    get: (item) => (hasTimes(item) ? { date: show(timesOf(item), item) } : null),
    put: (item, value) => change(item, (times) => put(times, item, date(value))),
  };
}

function putAllDay(item: LiveItem, allDay: boolean): void {
  const was = item.bag.bool(APPT.allDay);
  change(item, (times) => withAllDay(times, allDay, item.session.switches.allDayOff));
  if (!allDay || was || !item.session.switches.allDayDefaults) return;
  item.bag.setLong(APPT.busyStatus, 0);
  item.bag.setLong(PROP.reminderDelta, ALL_DAY_REMINDER);
}

/** A zone, as TimeZone object; `Nothing` is not one. */
function zone(
  show: (item: LiveItem) => ReturnType<typeof startZoneOf>,
  put: (times: Times, zone: ReturnType<typeof startZoneOf>, own: boolean) => Times,
): Member<LiveItem> {
  return {
    get: (item) => {
      timesOf(item);
      return timeZoneObject(item.session, show(item));
    },
    put: (item, value: DispatchValue) => change(item, (times) => put(times, zoneOf(value), isOwn(item))),
  };
}

export const WHEN_MEMBERS: MemberTable<LiveItem> = {
  Start: time(
    (times, item) => item.session.toLocal(times.start),
    (times, item, wall) => withStart(times, item.session.toUtc(wall)),
  ),
  End: time(
    (times, item) => item.session.toLocal(times.end),
    (times, item, wall) => withEnd(times, item.session.toUtc(wall)),
  ),
  StartUTC: time(
    (times) => times.start,
    (times, _, wall) => withStart(times, wall),
  ),
  EndUTC: time(
    (times) => times.end,
    (times, _, wall) => withEnd(times, wall),
  ),
  StartInStartTimeZone: time(startWall, (times, _, wall) => withStart(times, toUtcTime(wall, times.startZone.iana))),
  EndInEndTimeZone: time(endWall, (times, _, wall) => withEnd(times, toUtcTime(wall, times.endZone.iana))),
  Duration: {
    get: (item) => (hasTimes(item) ? durationOf(timesOf(item)) : 0),
    put: (item, value) => change(item, (times) => withDuration(times, long(value))),
  },
  AllDayEvent: { get: (item) => item.bag.bool(APPT.allDay), put: (item, value) => putAllDay(item, bool(value)) },
  StartTimeZone: zone(startZoneOf, withStartZone),
  EndTimeZone: zone(endZoneOf, withEndZone),
};
