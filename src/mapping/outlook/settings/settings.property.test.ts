import { expect, test } from 'vitest';
import { type CalendarSettings, NO_SETTINGS } from '../../../domain/calendar-settings.ts';
import type { CalendarOptions } from '../../../outlook/model/calendar-options.ts';
import { anyOptions, anySettings, DICTIONARY, workHoursXml } from '../../testing/arbitrary-settings.ts';
import { fieldLaws } from '../../testing/field-laws.ts';
import { outlookSettings } from './settings.ts';

const field = outlookSettings(2026);
const { read, write } = field;
/** What Outlook says in the registry alone; the others need a place that is not always there. */
const plain = ({ workingDays, hours, weekStart, reminder }: CalendarSettings) => ({
  workingDays,
  hours,
  weekStart,
  reminder,
});

fieldLaws({
  name: 'calendar settings of Outlook',
  field,
  shapes: anyOptions,
  values: anySettings,
  seen: plain,
  // What is not said is not written [ST5], what a policy fixes stays [ST7], and a damaged item says nothing.
  except: ({ policy, workHours, dictionary }, value) =>
    Object.keys(policy).length > 0 ||
    Object.values(plain(field.survives(value))).includes(undefined) ||
    workHours === '<Root>cut' ||
    dictionary === '<broken',
});

const NOTHING: CalendarOptions = {
  registry: {},
  policy: {},
  workHours: undefined,
  dictionary: undefined,
  timeScale: undefined,
};
const WANTED: CalendarSettings = {
  workingDays: ['MO', 'TU', 'WE', 'SA'],
  hours: { start: 510, end: 1440 },
  shortestSlot: 60,
  zone: 'America/New_York',
  weekStart: 'SU',
  reminder: 30,
  allDayReminder: 'none',
};

test('[ST7] Outlook without any option of its own says nothing, and is told everything in the registry', () => {
  expect(read(NOTHING)).toEqual(NO_SETTINGS);
  const registry = { WorkDay: 0x72, CalDefStart: 510, CalDefEnd: 1440, FirstDOW: 0, RemindDefault: 30 };
  expect(write({ ...NOTHING, registry: { Other: 7 } }, WANTED)).toEqual({
    ...NOTHING,
    registry: { Other: 7, ...registry },
  });
  expect(read({ ...NOTHING, registry })).toEqual({
    ...WANTED,
    shortestSlot: undefined,
    zone: undefined,
    allDayReminder: undefined,
  });
});

test('[ST7] hidden items hold over the registry, are written beside it, and keep what is not ours', () => {
  const roaming: CalendarOptions = {
    registry: { WorkDay: 0x7f, CalDefStart: 0, CalDefEnd: 60, RemindDefault: 99 },
    policy: {},
    workHours: workHoursXml(),
    dictionary: DICTIONARY,
    timeScale: 30,
  };
  expect(read(roaming)).toMatchObject({
    workingDays: ['MO', 'TU', 'WE', 'TH', 'FR'],
    hours: { start: 480, end: 1020 },
    zone: 'Europe/Paris',
    reminder: 15,
    shortestSlot: 30,
  });
  const written = write(roaming, WANTED);
  expect(read(written)).toEqual({ ...WANTED, allDayReminder: undefined });
  expect(written.registry).toMatchObject({ WorkDay: 0x72, CalDefStart: 510, CalDefEnd: 1440, RemindDefault: 30 });
  expect(written.workHours).toMatch(/^<\?xml version="1\.0"\?>\r\n<Root xmlns="WorkingHours\.xsd"><!-- kept -->/);
  expect(written.workHours).toContain('<Start>08:30:00</Start><End>00:00:00</End>');
  expect(written.workHours).toContain('<WorkDays>Monday Tuesday Wednesday Saturday</WorkDays>');
  expect(written.workHours).toContain('<Bias>300</Bias>');
  expect(written.workHours).toContain('<Name>Eastern Standard Time</Name></TimeZone>');
  expect(written.workHours).toMatch(/<\/WorkHoursVersion1><Later kind="unknown"\/><\/Root>$/);
  expect(written.dictionary).toContain('<e k="18-piAutoProcess" v="3-True"/><e k="18-piRemindDefault" v="9-30"/>');
  expect(written.dictionary).toContain('<e k="18-OLPrefsVersion" v="9-1"/>');
});

test('[ST7] what a policy says holds over everything, and is not ours to change', () => {
  const fixed = { WorkDay: 0x7c, CalDefEnd: 1000, FirstDOW: 1, RemindDefault: 5 };
  const options = { ...NOTHING, registry: { CalDefStart: 400 }, policy: fixed, workHours: workHoursXml() };
  expect(read(options)).toMatchObject({ workingDays: ['MO', 'TU', 'WE', 'TH', 'FR'], weekStart: 'MO' });
  expect(read(options)).toMatchObject({ hours: { start: 400, end: 1000 }, reminder: 5 });
  const { registry, policy, workHours } = write(options, WANTED);
  expect({ registry, policy }).toEqual({ registry: { CalDefStart: 400 }, policy: fixed });
  expect(workHours).toContain('<WorkDays>Monday Tuesday Wednesday Thursday Friday</WorkDays>');
});

test('[ST8] the zone stands with the working hours only; zones that Windows takes for one change nothing', () => {
  expect(write(NOTHING, { ...NO_SETTINGS, zone: 'Asia/Tokyo' })).toEqual(NOTHING);
  const options = { ...NOTHING, workHours: workHoursXml() };
  expect(write(options, { ...NO_SETTINGS, zone: 'Europe/Brussels' })).toEqual(options);
  expect(read({ ...NOTHING, workHours: workHoursXml('') }).zone).toBe('Europe/Paris');
  expect(read({ ...NOTHING, workHours: workHoursXml('Customized Time Zone') }).zone).toBe('Europe/Paris');
});

test('[SL4] [SL5] [SL6] no reminder, reminders of whole days and long slots stay with the server', () => {
  const options = { ...NOTHING, registry: { RemindDefault: 15 }, timeScale: 30 };
  expect(write(options, { ...NO_SETTINGS, reminder: 'none', allDayReminder: 60, shortestSlot: 720 })).toEqual(options);
});
