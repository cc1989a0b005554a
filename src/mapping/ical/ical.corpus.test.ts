import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/digest.ts';
import { isFailure } from '../../base/failure.ts';
import { corpusFiles, hasCorpora } from '../testing/corpus-files.ts';
import { type ParsedCalendar, parseCalendar } from './parse-calendar.ts';
import { writeCalendar } from './write-calendar.ts';

/** The outcomes of the texts, read once for all tests. */
const outcomes = new Map<string, ParsedCalendar | 'no calendar'>();

/** The outcome of a file: what was read, or that it is no calendar. */
function read(text: string): ParsedCalendar | 'no calendar' {
  const outcome = outcomes.get(text) ?? parse(text);
  outcomes.set(text, outcome);
  return outcome;
}

function parse(text: string): ParsedCalendar | 'no calendar' {
  try {
    return parseCalendar(text);
  } catch (error) {
    if (isFailure(error, 'ICAL_UNPARSABLE')) return 'no calendar';
    throw error;
  }
}

/**
 * What printing cannot carry: the words of an alarm without any, and its repetition when it never repeats. When a text was last changed
 * belongs to that text, not to the events in it.
 */
function printable(value: ParsedCalendar['series']): string {
  const series = value.map(({ uid, value: event }) => ({ uid, event }));
  const text = JSON.stringify(series, (key, part) => {
    if (part === null || (key === 'description' && part === 'Reminder')) return undefined;
    if (part && typeof part === 'object' && 'trigger' in part && !part.repeat) return { ...part, duration: 0 };
    return part;
  });
  return canonicalJson(JSON.parse(text));
}

describe.skipIf(!hasCorpora)('calendars of others', () => {
  const files = corpusFiles('ics', /\.(ics|txt)$/);

  it('every calendar parses, or is refused with a reason', () => {
    const reasons = new Map<string, number>();
    let series = 0;
    let none = 0;
    for (const { text } of files) {
      const parsed = read(text);
      if (parsed === 'no calendar') none++;
      else {
        series += parsed.series.length;
        for (const { reason } of parsed.refused) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    const refused = [...reasons].map(([reason, count]) => `${count} × ${reason}`);
    console.info(
      `${files.length} files, ${series} series, ${none} files are no calendars; refused:\n  ${refused.join('\n  ')}`,
    );
    expect(series).toBeGreaterThan(files.length);
    expect([...reasons.keys()].every((reason) => /^[a-z]/.test(reason))).toBe(true);
  });

  it('what was read is printed and read again as it was', () => {
    const changed = files.filter(({ text }) => {
      const parsed = read(text);
      if (parsed === 'no calendar') return false;
      const again = parseCalendar(writeCalendar(parsed.series, { prodId: '-//test//test//EN' }));
      return again.refused.length > 0 || printable(again.series) !== printable(parsed.series);
    });
    expect(changed.map(({ name }) => name)).toEqual([]);
  });

  it('hostile files end in a calendar or a reason', () => {
    for (const { text } of corpusFiles('hostile', /ics/)) {
      const parsed = read(text);
      if (parsed !== 'no calendar') expect(parsed.refused.every(({ reason }) => reason.length > 5)).toBe(true);
    }
  });
});
