import type { Locale } from './locale.ts';

const TIME = /^(\d{1,2}):(\d{2})(:\d{2})?\s*(am|pm)?$/i;

/**
 * A date as filters write it: the regional short date, with a time of hours and minutes. ISO dates are understood everywhere.
 * A time with seconds makes a filter misbehave: `seconds` tells so.
 * @returns the wall time `YYYY-MM-DDTHH:MM:SS`, undefined when the text is no date
 * @source VBA how-to, filtering items using a date-time comparison
 */
export function parseDateText(text: string, locale: Locale): { wall: string; seconds: boolean } | undefined {
  const [datePart = '', ...rest] = text.trim().split(/[ T]+/);
  const day = parseDay(datePart, locale);
  const time = rest.length === 0 ? { hours: 0, minutes: 0, seconds: false } : parseTime(rest.join(' '));
  if (day === undefined || time === undefined) return undefined;
  return { wall: `${day}T${two(time.hours)}:${two(time.minutes)}:00`, seconds: time.seconds };
}

function parseDay(text: string, locale: Locale): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})$/.exec(text);
  if (parts === null) return undefined;
  const [a, b, year] = [Number(parts[1]), Number(parts[2]), fullYear(Number(parts[3]))];
  // Windows swaps day and month when the regional order makes no date.
  const inOrder = locale.dateOrder === 'mdy' ? dayOf(year, a, b) : dayOf(year, b, a);
  return inOrder ?? (locale.dateOrder === 'mdy' ? dayOf(year, b, a) : dayOf(year, a, b));
}

function parseTime(text: string): { hours: number; minutes: number; seconds: boolean } | undefined {
  const match = TIME.exec(text.trim());
  if (match === null) return undefined;
  const half = match[4]?.toLowerCase();
  const written = Number(match[1]);
  const hours = half === undefined ? written : (written % 12) + (half === 'pm' ? 12 : 0);
  const minutes = Number(match[2]);
  return hours > 23 || minutes > 59 ? undefined : { hours, minutes, seconds: match[3] !== undefined };
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const real = new Date(Date.UTC(year, month - 1, day));
  real.setUTCFullYear(year);
  if (month < 1 || month > 12 || day < 1 || real.getUTCDate() !== day || real.getUTCMonth() !== month - 1)
    return undefined;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
