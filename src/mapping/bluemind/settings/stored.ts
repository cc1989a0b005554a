import type { CalendarSettingsData } from '../../../wire/calendar.ts';

/**
 * Where BlueMind keeps how a person's calendar is set up. Most have user settings only; where the calendar itself has settings, those
 * hold.
 * @source BlueMind API 6.1, 6.2
 */
export type StoredSettings = {
  /** The user's settings over the domain's, as they are: text by name, most of them nothing to us. */
  readonly user: Readonly<Record<string, string>>;
  /** Settings of the calendar itself; undefined where it has none, which is the rule. Never made by us. */
  readonly calendar: FullCalendarSettings | undefined;
};

/** What the server asks for when calendar settings are written: all or nothing. */
export type FullCalendarSettings = {
  readonly [K in keyof Required<CalendarSettingsData>]: NonNullable<CalendarSettingsData[K]>;
};

/** The shape with another user setting. */
export function withUserSetting(stored: StoredSettings, name: string, value: string): StoredSettings {
  return { ...stored, user: { ...stored.user, [name]: value } };
}

/** The shape with other calendar settings; the user's where the calendar has none. */
export function withSetting(
  stored: StoredSettings,
  calendar: Partial<FullCalendarSettings>,
  user: Readonly<Record<string, string>>,
): StoredSettings {
  return stored.calendar === undefined
    ? { ...stored, user: { ...stored.user, ...user } }
    : { ...stored, calendar: { ...stored.calendar, ...calendar } };
}
