import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import { type CalendarSettings, NO_SETTINGS } from '../../../domain/calendar-settings.ts';
import { anySettings, anyStored } from '../../testing/arbitrary-settings.ts';
import { fieldLaws } from '../../testing/field-laws.ts';
import { bluemindSettings } from './settings.ts';
import type { StoredSettings } from './stored.ts';

const { read, write } = bluemindSettings;
/** What the user's settings can say; the rest only a calendar's own settings can, see below. */
const ofUser = ({ shortestSlot: _, ...rest }: CalendarSettings) => rest;

fieldLaws({
  name: 'calendar settings of BlueMind',
  field: bluemindSettings,
  shapes: anyStored.map(({ user }) => ({ user, calendar: undefined })),
  values: anySettings,
  seen: ofUser,
  // What is not said is not written [ST5], and what the server cannot hold leaves what it has.
  except: (_, value) => Object.values(ofUser(bluemindSettings.survives(value))).includes(undefined),
});

test('[ST6] writing what was read leaves a calendar with settings of its own as it is', () => {
  fc.assert(
    fc.property(anyStored, (stored) => {
      expect(write(stored, read(stored))).toEqual(stored);
    }),
    runs(150),
  );
});

const USER = {
  lang: 'fr',
  working_days: 'mon,tue,wed,thu,fri',
  work_hours_start: '8',
  work_hours_end: '18.5',
  timezone: 'Europe/Paris',
  day_weekstart: 'monday',
  default_event_alert: '900',
  default_allday_event_alert: '',
};
const USERS: StoredSettings = { user: USER, calendar: undefined };
const CALENDAR = { dayStart: 32_700_000, dayEnd: 61_200_000, minDuration: 60, timezoneId: 'Asia/Tokyo' } as const;
const CALENDARS: StoredSettings = { user: USER, calendar: { ...CALENDAR, workingDays: ['SA', 'SU'] } };

test('[ST6] the settings of the user hold, and those of the calendar where it has its own', () => {
  const shared = { weekStart: 'MO', reminder: 15, allDayReminder: 'none' } as const;
  expect(read(USERS)).toEqual({
    workingDays: ['MO', 'TU', 'WE', 'TH', 'FR'],
    hours: { start: 480, end: 1110 },
    shortestSlot: undefined,
    zone: 'Europe/Paris',
    ...shared,
  });
  expect(read(CALENDARS)).toEqual({
    workingDays: ['SA', 'SU'],
    hours: { start: 545, end: 1020 },
    shortestSlot: 60,
    zone: 'Asia/Tokyo',
    ...shared,
  });
});

test('[ST6] is written where it is kept, and nothing else is touched', () => {
  const wanted = { ...NO_SETTINGS, workingDays: ['MO', 'SA'], hours: { start: 0, end: 1440 }, reminder: 30 } as const;
  expect(write(USERS, wanted)).toEqual({
    user: { ...USER, working_days: 'mon,sat', work_hours_start: '0', work_hours_end: '0', default_event_alert: '1800' },
    calendar: undefined,
  });
  expect(write(CALENDARS, wanted)).toEqual({
    user: { ...USER, default_event_alert: '1800' },
    calendar: { ...CALENDAR, workingDays: ['MO', 'SA'], dayStart: 0, dayEnd: 86_400_000 },
  });
  expect(read(write(USERS, wanted)).hours).toEqual({ start: 0, end: 1440 });
});

test('[SL1] [SL2] [SL3] makes a day longer to half hours, and keeps what its pages do not offer', () => {
  const wanted = { ...NO_SETTINGS, hours: { start: 500, end: 1001 }, weekStart: 'SA', shortestSlot: 15 } as const;
  expect(read(write(USERS, wanted))).toMatchObject({ hours: { start: 480, end: 1020 }, weekStart: 'MO' });
  expect(read(write(CALENDARS, wanted))).toMatchObject({ hours: wanted.hours, shortestSlot: 60 });
  expect(read(write(CALENDARS, { ...wanted, shortestSlot: 120, weekStart: 'SU' }))).toMatchObject({
    shortestSlot: 120,
    weekStart: 'SU',
  });
});

test('[ST5] what cannot be read is not said', () => {
  const odd = { timezone: 'Mars/Crater', work_hours_start: '18', work_hours_end: '8', default_event_alert: 'soon' };
  expect(read({ user: { ...odd, day_weekstart: 'someday' }, calendar: undefined })).toEqual(NO_SETTINGS);
});
