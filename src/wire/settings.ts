/** Settings: of a user (IUserSettings, a plain string map) and of a calendar (ICalendarSettings). */
import { type Static, Type } from 'typebox';
import { maybe, maybeList, record } from './lenient.ts';

/** User settings; the known keys are `lang`, `timezone`, `work_hours_start`, `default_event_alert` and so on. */
export const UserSettings = Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]));
export type UserSettings = Static<typeof UserSettings>;

export const WORKING_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export const WorkingDay = Type.Union([
  Type.Literal('MO'),
  Type.Literal('TU'),
  Type.Literal('WE'),
  Type.Literal('TH'),
  Type.Literal('FR'),
  Type.Literal('SA'),
  Type.Literal('SU'),
]);
export type WorkingDay = Static<typeof WorkingDay>;

/**
 * Working time of a calendar; a user's calendar normally has none of it (every member null) and the user's settings count.
 * `dayStart`, `dayEnd` @units milliseconds since midnight; `minDuration` @units minutes; `timezoneId` an IANA zone
 */
export const CalendarSettingsData = record({
  workingDays: maybeList(WorkingDay),
  dayStart: maybe(Type.Integer()),
  dayEnd: maybe(Type.Integer()),
  minDuration: maybe(Type.Integer()),
  timezoneId: maybe(Type.String()),
});
export type CalendarSettingsData = Static<typeof CalendarSettingsData>;
