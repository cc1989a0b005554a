/** Dates, times and words as Outlook writes them into its exports, in the form of the computer that wrote them. */
import { isLocalDate, isWallTime } from '../../domain/time-civil.ts';

/** Whether days come before months. */
export type DateOrder = 'dayFirst' | 'monthFirst';

const DATE = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\b/;

/** What a date says about the order; undefined when it could be read both ways. */
export function orderTold(text: string): DateOrder | undefined {
  const [, first = '', second = ''] = DATE.exec(text.trim()) ?? [];
  if (first.length > 2 || first === '') return undefined;
  if (Number(first) > 12) return 'dayFirst';
  return Number(second) > 12 ? 'monthFirst' : undefined;
}

/**
 * `YYYY-MM-DD`; undefined for no date (`0/0/00`).
 * @param latest two digits of a year above this belong to the century before
 */
export function readDate(text: string, order: DateOrder, latest: number): string | undefined {
  const [, a = '', b = '', c = ''] = DATE.exec(text.trim()) ?? [];
  if (a === '') return undefined;
  const [year, month, day] = a.length > 2 ? [a, b, c] : order === 'dayFirst' ? [c, b, a] : [c, a, b];
  const full = year.length > 2 ? year : `${Number(year) > latest ? 19 : 20}${year.padStart(2, '0')}`;
  const date = `${full.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : undefined;
}

/** `HH:MM:SS`; midnight for none. */
export function readTime(text: string): string | undefined {
  if (text.trim() === '') return '00:00:00';
  const [, hour = '', minute = '', second = '00', half = ''] =
    /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([ap])?/i.exec(text.trim()) ?? [];
  if (hour === '') return undefined;
  const twelve = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const time = `${String(twelve).padStart(2, '0')}:${minute}:${second}`;
  return isWallTime(`2000-01-01T${time}`) ? time : undefined;
}

const YES = new Set(['true', 'yes', 'on', '1', 'vrai', 'oui', 'actif', 'wahr', 'ja', 'ein']);

export function readFlag(text: string): boolean {
  return YES.has(text.trim().toLowerCase());
}

/** The place of a word among lists of words that mean the same. */
export function wordAmong(text: string, meanings: readonly (readonly string[])[]): number | undefined {
  const word = text.trim().toLowerCase();
  const found = meanings.findIndex((words, at) => words.includes(word) || word === String(at));
  return found < 0 ? undefined : found;
}

/** Names in one field, separated as Outlook separates them. */
export function readList(text: string): readonly string[] {
  const found = text.split(/[;,]/).map((part) => part.trim());
  return [...new Set(found)].filter((part) => part !== '');
}
