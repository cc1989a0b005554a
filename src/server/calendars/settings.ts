import { zoneOf } from '../../domain/zones.ts';
import type { CalendarSettingsData } from '../../wire/calendar.ts';
import { WEEK_DAYS } from '../../wire/calendar.ts';
import { bareFault, fault } from '../kernel/fault.ts';

/**
 * Working days and hours of a calendar, as they stand in its container settings. A user's calendar normally has none: every
 * member is then null. Rules [CS1] to [CS3]. @source fact sheet 6.2
 */
const KEYS = {
  workingDays: 'calendar.workingDays',
  minDuration: 'calendar.minDuration',
  dayStart: 'calendar.dayStart',
  dayEnd: 'calendar.dayEnd',
  timezoneId: 'calendar.timezone',
} as const;

type Stored = Readonly<Record<string, string>>;

export function readCalendarSettings(stored: Stored): CalendarSettingsData {
  const days = stored[KEYS.workingDays];
  const minimum = stored[KEYS.minDuration];
  return {
    workingDays: days === undefined ? null : WEEK_DAYS.filter((day) => days.toUpperCase().split(',').includes(day)),
    minDuration: minimum === undefined ? null : Number(minimum),
    dayStart: millisOf(stored[KEYS.dayStart]),
    dayEnd: millisOf(stored[KEYS.dayEnd]),
    timezoneId: stored[KEYS.timezoneId] ?? null,
  };
}

/** The container settings with these in them. @throws INVALID_PARAMETER when a member is missing, a bare fault for minDuration */
export function writeCalendarSettings(stored: Stored, wanted: CalendarSettingsData | null): Stored {
  if (!wanted?.workingDays || !isTime(wanted.dayStart) || !isTime(wanted.dayEnd) || !wanted.timezoneId)
    throw fault('INVALID_PARAMETER', 'Working days, start and end of the day and time zone are all needed.');
  if (zoneOf(wanted.timezoneId) === undefined) throw fault('INVALID_PARAMETER', 'The time zone is unknown.');
  if (typeof wanted.minDuration !== 'number') throw bareFault('The shortest slot is missing.');
  return {
    ...stored,
    [KEYS.workingDays]: wanted.workingDays.join(','),
    [KEYS.minDuration]: String(wanted.minDuration),
    [KEYS.dayStart]: clockOf(wanted.dayStart),
    [KEYS.dayEnd]: clockOf(wanted.dayEnd),
    [KEYS.timezoneId]: wanted.timezoneId,
  };
}

const DAY = 24 * 60 * 60_000;

function isTime(value: number | null | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value <= DAY;
}

/** `HH:mm` of milliseconds since midnight. */
function clockOf(millis: number): string {
  const minutes = Math.floor(millis / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function millisOf(clock: string | undefined): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(clock ?? '');
  return match === null ? null : (Number(match[1]) * 60 + Number(match[2])) * 60_000;
}
