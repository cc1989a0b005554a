import { Command } from 'commander';
import { settingName, valueInWords } from '../../agent/setting-words.ts';
import { Failure } from '../../base/failure.ts';
import { type CalendarSetting, type CalendarSettings, NO_SETTINGS, WEEK } from '../../domain/calendar-settings.ts';
import type { Weekday } from '../../domain/recurrence.ts';
import { outlookSettings } from '../../mapping/outlook/settings/settings.ts';
import { outlookOptions } from '../../outlook/side-options.ts';
import { type Context, runs } from '../context.ts';
import { table } from '../terminal.ts';
import { emulatorOf, mustExist } from './open-agent.ts';

type Typed = {
  readonly workingDays?: string;
  readonly hours?: string;
  readonly slot?: string;
  readonly weekStart?: string;
  readonly reminder?: string;
};

/** `outlook options`: the calendar's options in the emulated Outlook, as its user sees and changes them. */
export function outlookOptionsCommand(context: Context): Command {
  const command = new Command('options')
    .description('show the calendar’s options, and change those that are given')
    .option('--working-days <days>', 'as in mon,tue,wed')
    .option('--hours <from-to>', 'start and end of the working day: 08:00-17:30')
    .option('--slot <minutes>', 'time scale of the calendar: 5, 6, 10, 15, 30 or 60')
    .option('--week-start <day>', 'first day of the week: mon')
    .option('--reminder <minutes>', 'how long before its start a new appointment rings');
  return runs<[], Typed>(command, context, async ({ data, ...typed }) => {
    const wanted = read(typed);
    mustExist(data);
    const emulator = emulatorOf(context, data);
    const port = outlookOptions(emulator.executor, emulator.registry);
    try {
      const mapping = outlookSettings(new Date(context.clock.now()).getUTCFullYear());
      const before = await port.read();
      await port.write(before, mapping.write(before, { ...NO_SETTINGS, ...wanted }));
      const now = mapping.read(await port.read());
      const settings = Object.keys(now) as CalendarSetting[];
      const rows = settings.map((setting) => [settingName(setting, 'en'), valueInWords(setting, now[setting], 'en')]);
      const json = Object.fromEntries(settings.map((setting) => [setting, now[setting] ?? null]));
      return { lines: table(rows), json };
    } finally {
      await port.close();
      emulator.close();
    }
  });
}

/** @throws VALUE_INVALID */
function read({ workingDays, hours, slot, weekStart, reminder }: Typed): Partial<CalendarSettings> {
  return {
    ...(workingDays !== undefined && { workingDays: WEEK.filter((day) => daysOf(workingDays).includes(day)) }),
    ...(hours !== undefined && { hours: hoursOf(hours) }),
    ...(slot !== undefined && { shortestSlot: minutesOf(slot) }),
    ...(weekStart !== undefined && { weekStart: dayOf(weekStart) }),
    ...(reminder !== undefined && { reminder: minutesOf(reminder) }),
  };
}

const NAMES: Readonly<Record<string, Weekday>> = {
  mon: 'MO',
  tue: 'TU',
  wed: 'WE',
  thu: 'TH',
  fri: 'FR',
  sat: 'SA',
  sun: 'SU',
};

function daysOf(text: string): readonly Weekday[] {
  return text.trim() === '' ? [] : text.split(',').map(dayOf);
}

function dayOf(text: string): Weekday {
  const day = NAMES[text.trim().toLowerCase()];
  if (day === undefined)
    throw new Failure('VALUE_INVALID', `"${text}" is no day; days are mon, tue, wed, thu, fri, sat, sun.`);
  return day;
}

function hoursOf(text: string): CalendarSettings['hours'] {
  const [, ...digits] = /^(\d\d?):(\d\d)-(\d\d?):(\d\d)$/.exec(text.trim()) ?? [];
  const [h1 = 0, m1 = 60, h2 = 0, m2 = 60] = digits.map(Number);
  const [start, end] = [h1 * 60 + m1, h2 * 60 + m2];
  if (m1 < 60 && m2 < 60 && start < end && end <= 24 * 60) return { start, end };
  throw new Failure('VALUE_INVALID', `"${text}" are no hours of a day; they look like 08:00-17:30.`);
}

function minutesOf(text: string): number {
  if (/^\d{1,5}$/.test(text.trim())) return Number(text);
  throw new Failure('VALUE_INVALID', `"${text}" is no whole number of minutes.`);
}
