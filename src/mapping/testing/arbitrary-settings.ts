import fc from 'fast-check';
import { type CalendarSettings, WEEK } from '../../domain/calendar-settings.ts';
import type { Weekday } from '../../domain/recurrence.ts';
import type { CalendarOptions } from '../../outlook/model/calendar-options.ts';
import type { StoredSettings } from '../bluemind/settings/stored.ts';

const DAY = 24 * 60;
const days = fc.subarray([...WEEK]) as fc.Arbitrary<Weekday[]>;
const zones = fc.constantFrom(
  'Europe/Paris',
  'Europe/Brussels',
  'America/New_York',
  'Asia/Tokyo',
  'UTC',
  'Asia/Kolkata',
);
const hours = fc
  .tuple(fc.nat(DAY - 1), fc.integer({ min: 1, max: DAY }))
  .map(([start, length]) => ({ start, end: Math.min(DAY, start + length) }));
const reminder = fc.oneof(fc.constant('none' as const), fc.nat(30_000));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 5 });

export const anySettings: fc.Arbitrary<CalendarSettings> = fc.record({
  workingDays: maybe(days),
  hours: maybe(hours),
  shortestSlot: maybe(fc.constantFrom(5, 15, 30, 60, 120, 720, 1440)),
  zone: maybe(zones),
  weekStart: maybe(fc.constantFrom(...WEEK)),
  reminder: maybe(reminder),
  allDayReminder: maybe(reminder),
});

/** Settings as the server may hold them, odd texts among them. */
export const anyStored: fc.Arbitrary<StoredSettings> = fc.record({
  user: fc.dictionary(
    fc.constantFrom(
      ...['working_days', 'work_hours_start', 'work_hours_end', 'timezone', 'day_weekstart', 'lang', 'defaultview'],
      ...['default_event_alert', 'default_allday_event_alert'],
    ),
    fc.constantFrom('mon,tue', 'Mon, FRI', '', '8', '18.5', '0', 'Europe/Paris', 'Nowhere', 'sunday', '900', '59', 'x'),
  ),
  calendar: fc.option(
    fc.record({
      workingDays: days,
      dayStart: fc.nat(DAY / 2).map((minutes) => minutes * 60_000),
      dayEnd: fc.integer({ min: DAY / 2 + 1, max: DAY }).map((minutes) => minutes * 60_000),
      minDuration: fc.constantFrom(15, 60, 120),
      timezoneId: zones,
    }),
    { nil: undefined },
  ),
});

/** A work-hours item as Outlook writes it, with something in it that we know nothing of. */
export function workHoursXml(
  name = 'Romance Standard Time',
  days = 'Monday Tuesday Wednesday Thursday Friday',
): string {
  const change = (bias: number, month: string) =>
    `<Bias>${bias}</Bias><ChangeDate><Time>0${bias === 0 ? 3 : 2}:00:00</Time><Date>0000/${month}/05</Date><DayOfWeek>0</DayOfWeek></ChangeDate>`;
  return [
    '<?xml version="1.0"?>\r\n<Root xmlns="WorkingHours.xsd"><!-- kept --><WorkHoursVersion1><TimeZone>',
    `<Bias>-60</Bias><Standard>${change(0, '10')}</Standard><DaylightSavings>${change(-60, '03')}</DaylightSavings>`,
    `<Name>${name}</Name></TimeZone><TimeSlot><Start>08:00:00</Start><End>17:00:00</End></TimeSlot>`,
    `<WorkDays>${days}</WorkDays></WorkHoursVersion1><Later kind="unknown"/></Root>`,
  ].join('');
}

/** A dictionary of options as Outlook writes it. */
export const DICTIONARY =
  '<?xml version="1.0"?><UserConfiguration><Info version="Outlook.16"/><Data><e k="18-piAutoProcess" v="3-True"/>' +
  '<e k="18-piRemindDefault" v="9-15"/><e k="18-OLPrefsVersion" v="9-1"/></Data></UserConfiguration>';

const NAMES = ['WorkDay', 'CalDefStart', 'CalDefEnd', 'FirstDOW', 'RemindDefault', 'AlterCalendarType'];
const numbers = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(0, 1, 15, 0x7c, 480, 1020, 99_999));

/** Options as Outlook may hold them. */
export const anyOptions: fc.Arbitrary<CalendarOptions> = fc.record({
  registry: numbers,
  policy: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: numbers }),
  workHours: fc.constantFrom(undefined, workHoursXml(), workHoursXml('', 'Weekdays'), '<Root>cut', ''),
  dictionary: fc.constantFrom(undefined, DICTIONARY, DICTIONARY.replace('9-15', '3-True'), '<broken'),
  timeScale: fc.constantFrom(undefined, 15, 30, 60),
});
