/**
 * The note at the end of an item's text: what the event links to, and what of it Outlook does not show, in the user's language. It is for
 * reading only. All of the mapping works on items without it: {@link withoutNote} takes it off before anything is read, {@link withNote}
 * puts it back behind everything that was written, so no line of it ever comes to the server.
 *
 * Which lines are ours stands in a tag (`links.ts`): only they are taken off, whatever the user wrote before, after or among them.
 */
import type { Recurrence } from '../../../domain/recurrence.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import type { RecurrencePattern } from '../../../outlook/model/recurrence-pattern.ts';
import { isSame } from '../../field.ts';
import { linksOf, withLinks } from './links.ts';
import { type NoteLanguage, noteDate, noteLine } from './note-words.ts';
import { truthOf, type Unshown } from './simplified-tag.ts';

const HEAD = '----- BlueMind -----';
const FOOT = '--------------------';

/** The item as the user wrote it. */
export function withoutNote(item: Appointment): Appointment {
  const { lines } = linksOf(item);
  if (lines.length === 0) return item;
  const ours = new Set(lines.map(compared));
  return mapBodies(item, (body) => wordsOf(body, ours));
}

/**
 * The item with its note. `current` is the item until now, `bare` the same without its note: a text whose words stay and whose note stays
 * is left as it is, in whatever form Outlook has it.
 */
export function withNote(
  written: Appointment,
  { current, bare }: { readonly current: Appointment | undefined; readonly bare: Appointment | undefined },
  language: NoteLanguage,
): Appointment {
  const lines = noteLines(written, language);
  const noted = withLinks(written, { lines });
  const stays = current !== undefined && isSame(linksOf(current).lines, lines);
  const known = stays ? knownBodies(current, bare) : new Map<string, string>();
  return mapBodies(noted, (body) => known.get(body) ?? withLines(body, lines));
}

/** The texts of an item as they are, by their words. */
function knownBodies(current: Appointment, bare: Appointment | undefined): ReadonlyMap<string, string> {
  const bodies = (item: Appointment) => [
    ...(item.recurrence?.exceptions ?? []).flatMap(({ body }) => body ?? []),
    item.body,
  ];
  const texts = bodies(current);
  return new Map(bodies(bare ?? current).map((words, i) => [words, texts[i] ?? words]));
}

function mapBodies(item: Appointment, map: (body: string) => string): Appointment {
  const { recurrence } = item;
  return { ...item, body: map(item.body), recurrence: recurrence && mapExceptions(recurrence, map) };
}

function mapExceptions(recurrence: RecurrencePattern, map: (body: string) => string): RecurrencePattern {
  if (recurrence.exceptions.every(({ body }) => body === undefined)) return recurrence;
  const exceptions = recurrence.exceptions.map((exception) =>
    exception.body === undefined ? exception : { ...exception, body: map(exception.body) },
  );
  return { ...recurrence, exceptions };
}

/** Our lines are taken off from the last head on; lines of the user's own among them stay. */
function wordsOf(body: string, ours: ReadonlySet<string>): string {
  const lines = body.split(/\r\n|\r|\n/);
  const head = lines.findLastIndex((line) => compared(line) === HEAD);
  if (head < 0) return body;
  const foot = lines.findIndex((line, i) => i > head && compared(line) === FOOT);
  const end = foot < 0 ? lines.length : foot;
  const kept = lines.slice(head + 1, end).filter((line) => !ours.has(compared(line)));
  return [...trimmedEnd(lines.slice(0, head)), ...kept, ...lines.slice(end + 1)].join('\r\n');
}

/** Outlook may put blanks behind a line, and an address in angle brackets behind one that it made a link. */
function compared(line: string): string {
  return line
    .replace(/ ?<[^<>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function trimmedEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, last + 1);
}

function withLines(words: string, lines: readonly string[]): string {
  if (lines.length === 0) return words;
  const note = [HEAD, ...lines, FOOT].join('\r\n');
  return words.trim() === '' ? note : `${words.trimEnd()}\r\n\r\n${note}`;
}

function noteLines(item: Appointment, language: NoteLanguage): readonly string[] {
  const { url, conference, files } = linksOf(item);
  return [
    ...(url === '' ? [] : [noteLine('page', language, { url })]),
    ...(conference === undefined ? [] : [noteLine('conference', language, { url: conference })]),
    ...files.map((file) =>
      noteLine('file', language, { name: file.name === file.url ? '' : file.name, url: file.url }),
    ),
    ...simplifiedLines(item, language),
  ];
}

/** What Outlook does not show, said. */
function simplifiedLines(item: Appointment, language: NoteLanguage): readonly string[] {
  const truth = truthOf(item);
  if (truth === undefined) return [];
  const { recurrence } = item;
  const lines: string[] = [];
  if (truth.partial !== undefined && recurrence?.end.kind === 'date') {
    const dates = { from: recurrence.firstDate, to: recurrence.end.date };
    const words = isSeveralADay(truth.partial.rule) ? 'partialDays' : 'partial';
    lines.push(noteLine(words, language, { from: noteDate(dates.from, language), to: noteDate(dates.to, language) }));
  }
  if (truth.isFirstOnly === true) lines.push(noteLine('first', language));
  if (truth.orphans !== undefined) lines.push(noteLine('single', language));
  // The exceptions of a series that was made for single occurrences are named by its days, not by theirs.
  const exceptions = truth.orphans === undefined ? (recurrence?.exceptions ?? []) : [];
  const known = new Set(exceptions.map(({ originalStart }) => originalStart));
  const aside = (truth.aside ?? []).map(({ exception }) => exception).filter((one) => !known.has(one.originalStart));
  const hidden = [...truth.hidden, ...aside].map(
    ({ start, subject, allDay }): Unshown => ({
      start: (allDay ?? item.allDay) ? start.slice(0, 10) : start,
      title: subject ?? item.subject,
    }),
  );
  const missing = [...hidden, ...(truth.unshown ?? [])].sort((a, b) => (a.start < b.start ? -1 : 1));
  for (const { start, title } of missing.slice(0, MOST_TOLD)) {
    lines.push(noteLine('missing', language, { at: noteDate(start, language), title }));
  }
  for (const { date } of (truth.lingering ?? []).slice(0, MOST_TOLD)) {
    lines.push(noteLine('lingering', language, { at: noteDate(date, language), title: item.subject }));
  }
  if (missing.length > MOST_TOLD) lines.push(noteLine('more', language, { count: String(missing.length - MOST_TOLD) }));
  return lines;
}

/** Whether a rule may make several occurrences on one day, of which Outlook shows the first. */
function isSeveralADay(rule: Recurrence | undefined): boolean {
  if (rule === undefined) return false;
  const { frequency, byHour, byMinute, bySecond } = rule;
  if (frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY') return true;
  return Math.max(byHour.length, byMinute.length, bySecond.length) > 1;
}

const MOST_TOLD = 5;
