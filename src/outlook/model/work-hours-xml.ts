/**
 * The working hours in the hidden item of the default calendar (PidTagRoamingXmlStream of `IPM.Configuration.WorkHours`): which days,
 * from when to when, and in which zone. Only what changes is replaced in the text.
 * @source MS-OXOCFG 2.2.5.2.1
 */
import type { SystemTime, ZoneRule } from './time-zone-blob.ts';
import { contentAt, escapedText, plainText, withContentAt } from './xml-text.ts';

const TOP = ['Root', 'WorkHoursVersion1'] as const;
const ZONE = [...TOP, 'TimeZone'] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
/** Names for several days at once, as other programs write them. */
const SEVERAL: Readonly<Record<string, readonly number[]>> = {
  AllDays: [0, 1, 2, 3, 4, 5, 6],
  Weekdays: [1, 2, 3, 4, 5],
  WeekendDays: [0, 6],
};

/** Working days, ascending, 0 = Sunday; undefined when the text does not say them. */
export function workDaysIn(xml: string): readonly number[] | undefined {
  const content = contentAt(xml, [...TOP, 'WorkDays']);
  if (content === undefined) return undefined;
  const names = plainText(content).split(/\s+/);
  const found = names.flatMap((name) => SEVERAL[name] ?? DAYS.flatMap((day, number) => (day === name ? [number] : [])));
  return [...new Set(found)].sort((a, b) => a - b);
}

export function withWorkDays(xml: string, daysFromSunday: readonly number[]): string {
  const names = DAYS.filter((_, number) => daysFromSunday.includes(number));
  return withContentAt(xml, [...TOP, 'WorkDays'], names.join(' '));
}

/** Start and end of the working day; an end at midnight is 1440. @units minutes since midnight */
export function workTimeIn(xml: string): { readonly start: number; readonly end: number } | undefined {
  const minutes = (name: string) => minutesOf(contentAt(xml, [...TOP, 'TimeSlot', name]));
  const [start, end] = [minutes('Start'), minutes('End')];
  if (start === undefined || end === undefined) return undefined;
  return { start, end: end === 0 ? 24 * 60 : end };
}

/** Midnight, as an end, is written as the first of the next day: the type knows no 24 o'clock everywhere. */
export function withWorkTime(xml: string, { start, end }: { readonly start: number; readonly end: number }): string {
  const withStart = withContentAt(xml, [...TOP, 'TimeSlot', 'Start'], timeOf(start));
  return withContentAt(withStart, [...TOP, 'TimeSlot', 'End'], timeOf(end % (24 * 60)));
}

/** The zone of the hours: its Windows id, '' where only rules stand, and the rules. */
export function workZoneIn(xml: string): { readonly windowsId: string; readonly rule: ZoneRule } | undefined {
  const bias = Number(plainText(contentAt(xml, [...ZONE, 'Bias']) ?? '-'));
  if (!Number.isInteger(bias)) return undefined;
  const [standard, daylight] = [changeIn(xml, 'Standard'), changeIn(xml, 'DaylightSavings')];
  const rule = {
    bias,
    standardBias: standard.bias,
    daylightBias: daylight.bias,
    standardDate: standard.date,
    daylightDate: daylight.date,
  };
  return { windowsId: plainText(contentAt(xml, [...ZONE, 'Name']) ?? ''), rule };
}

/** The whole element anew: its parts only mean something together. */
export function withWorkZone(
  xml: string,
  { windowsId, rule }: { readonly windowsId: string; readonly rule: ZoneRule },
): string {
  const parts = [
    `<Bias>${rule.bias}</Bias>`,
    `<Standard>${changeText(rule.standardBias, rule.standardDate)}</Standard>`,
    `<DaylightSavings>${changeText(rule.daylightBias, rule.daylightDate)}</DaylightSavings>`,
    `<Name>${escapedText(windowsId)}</Name>`,
  ];
  return withContentAt(xml, ZONE, parts.join(''));
}

function minutesOf(content: string | undefined): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d):\d\d/.exec(plainText(content ?? '')) ?? [];
  const found = Number(hours) * 60 + Number(minutes);
  return Number.isInteger(found) && found < 24 * 60 ? found : undefined;
}

function timeOf(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
}

function changeIn(xml: string, name: string): { readonly bias: number; readonly date: SystemTime } {
  const at = [...ZONE, name];
  const text = (...path: readonly string[]) => plainText(contentAt(xml, [...at, ...path]) ?? '');
  const [, year, month, day] = /^(\d{4})\/(\d\d)\/(\d\d)$/.exec(text('ChangeDate', 'Date')) ?? [];
  const [, hour, minute, second] = /^(\d\d):(\d\d):(\d\d)/.exec(text('ChangeDate', 'Time')) ?? [];
  return {
    bias: Number(text('Bias')) || 0,
    date: {
      year: Number(year ?? 0),
      month: Number(month ?? 0),
      dayOfWeek: Number(text('ChangeDate', 'DayOfWeek')) || 0,
      day: Number(day ?? 0),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      millisecond: 0,
    },
  };
}

function changeText(bias: number, date: SystemTime): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const time = `<Time>${two(date.hour)}:${two(date.minute)}:${two(date.second)}</Time>`;
  const day = `<Date>${String(date.year).padStart(4, '0')}/${two(date.month)}/${two(date.day)}</Date>`;
  const change = `<ChangeDate>${time}${day}<DayOfWeek>${date.dayOfWeek}</DayOfWeek></ChangeDate>`;
  return `<Bias>${bias}</Bias>${change}`;
}
