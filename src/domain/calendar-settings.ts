/** How a person's calendar is set up: product promise C3. */
import { type Merged, mergeBy, type Sides } from './merge.ts';
import type { Weekday } from './recurrence.ts';
import { atom, optional, record, type Shape } from './shape.ts';
import { sameValue } from './shape-text.ts';
import type { ZoneId } from './time.ts';

/**
 * The hours of a working day. `end` is later than `start`; a whole day is 0 and 1440.
 * @units minutes since midnight, wall time
 */
export type WorkingHours = { readonly start: number; readonly end: number };

/** How long before an event a new one rings. @units whole minutes, 0 or more */
export type DefaultReminder = number | 'none';

/** Every member may be undefined: the side does not say it, or cannot. What a side does not say is never taken for a change to nothing. */
export type CalendarSettings = {
  /** Monday first. */
  readonly workingDays: readonly Weekday[] | undefined;
  readonly hours: WorkingHours | undefined;
  /** The shortest time that can be chosen or booked. @units minutes */
  readonly shortestSlot: number | undefined;
  /** The zone that the working hours are in. */
  readonly zone: ZoneId | undefined;
  readonly weekStart: Weekday | undefined;
  readonly reminder: DefaultReminder | undefined;
  readonly allDayReminder: DefaultReminder | undefined;
};
export type CalendarSetting = keyof CalendarSettings;

export const WEEK: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A side that says nothing, as at the first meeting. */
export const NO_SETTINGS: CalendarSettings = {
  workingDays: undefined,
  hours: undefined,
  shortestSlot: undefined,
  zone: undefined,
  weekStart: undefined,
  reminder: undefined,
  allDayReminder: undefined,
};

/** How settings are compared and merged; see {@link Shape}. */
export const CALENDAR_SETTINGS_SHAPE: Shape<CalendarSettings> = record<CalendarSettings>({
  workingDays: atom(),
  hours: optional(record<WorkingHours>({ start: atom(), end: atom() })),
  shortestSlot: atom(),
  zone: atom(),
  weekStart: atom(),
  reminder: atom(),
  allDayReminder: atom(),
});

/**
 * The three-way merge of {@link mergeBy}. The start that one side and the end that the other changed may make no day together:
 * then the hours of the preferred side stay, as in any conflict.
 */
export function mergeSettings(sides: Sides<CalendarSettings>): Merged<CalendarSettings> {
  const merged = mergeBy(CALENDAR_SETTINGS_SHAPE, sides);
  if (isDay(merged.server.hours) && isDay(merged.outlook.hours)) return merged;
  const { hours } = sides[sides.prefer].now;
  return {
    server: { ...merged.server, hours },
    outlook: { ...merged.outlook, hours },
    conflicts: [
      ...merged.conflicts.filter(({ field }) => !field.startsWith('hours')),
      { field: 'hours', winner: sides.prefer },
    ],
  };
}

function isDay(hours: WorkingHours | undefined): boolean {
  return hours === undefined || hours.start < hours.end;
}

/** Whether a setting is the same in both. */
export function sameSetting(setting: CalendarSetting, a: CalendarSettings, b: CalendarSettings): boolean {
  return sameValue({ of: 'atom' }, a[setting], b[setting]);
}
