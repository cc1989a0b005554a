import type { RunNote } from '../storage/run-records.ts';
import { explain, type Locale } from '../sync/explain.ts';
import type { FolderReport, Line } from '../sync/report.ts';
import type { SettingsReport } from './calendar-settings.ts';
import { fieldInWords, fieldsInWords } from './field-words.ts';
import { noteInWords } from './folders/say.ts';
import { settingsInWords } from './setting-words.ts';
import { isForUser } from './waiting.ts';

/** What became of one folder in a run, with its name for people. */
export type FolderRun = {
  readonly name: string;
  readonly kind: 'calendar' | 'addressbook';
  readonly report: FolderReport;
};

/** One whole run over the account. */
export type RunReport = {
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly startedAt: number;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly endedAt: number;
  readonly folders: readonly FolderRun[];
  /** About whole folders: made, renamed, held, not looked at. */
  readonly notes: readonly RunNote[];
  /** What became of the calendar settings; undefined where the run left them alone. */
  readonly settings?: SettingsReport | undefined;
};

/** How a run went, counted over its folders. */
export type Totals = { readonly changes: number; readonly failed: number; readonly held: number };

const FAILED: ReadonlySet<Line['outcome']> = new Set(['refused', 'failed']);

export function totalsOf(folders: readonly FolderRun[]): Totals {
  const lines = folders.flatMap(({ report }) => report.lines);
  return {
    changes: lines.filter(isChange).length,
    failed:
      lines.filter(({ outcome }) => FAILED.has(outcome)).length +
      folders.filter(({ report }) => report.outcome === 'failed').length,
    held: lines.filter(waits).length,
  };
}

function waits({ outcome, rule }: Line): boolean {
  return outcome === 'held' && isForUser(rule);
}

function isChange(line: Line): boolean {
  return line.outcome === 'done' && line.do !== 'link' && line.do !== 'forget';
}

/** A run in lines for people: one for each folder in which something happened, and one that sums up. */
export function summarize(run: RunReport): readonly string[] {
  const lines = run.folders.flatMap(folderLines);
  const { changes, failed, held } = totalsOf(run.folders);
  const parts = [`${changes} ${plural('change', changes)}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (held > 0) parts.push(`${held} waiting for you (see \`connector status\`)`);
  const seconds = ((run.endedAt - run.startedAt) / 1000).toFixed(1);
  return [
    ...lines,
    ...settingsInWords(run.settings),
    ...run.notes.map((note) => noteInWords(note, 'en')),
    `${parts.join(', ')} in ${run.folders.length} ${plural('folder', run.folders.length)}, ${seconds} s.`,
  ];
}

function folderLines({ name, report }: FolderRun): string[] {
  if (report.outcome === 'failed')
    return [`${name}: ${report.failure?.message ?? 'failed'} [${report.failure?.code ?? 'FAILED'}]`];
  const done = counted(report.lines.filter(isChange));
  const troubles = report.lines
    .filter(({ outcome }) => FAILED.has(outcome))
    .map((line) => `${name}: ${inWords(line, 'en')}`);
  return [...(done.length === 0 ? [] : [`${name}: ${done.join(', ')}`]), ...undone(name, report.lines), ...troubles];
}

/** Sentences about what became of the user's own edits other than they meant: put back, or lost to the other side. */
function undone(name: string, lines: readonly Line[]): string[] {
  const done = lines.filter(({ outcome }) => outcome === 'done');
  const back = done.filter(({ rule }) => rule === 'P1');
  const revived = done.filter(({ rule }) => rule === 'P3');
  const unsendable = lines.filter(({ rule, on }) => rule === 'P5' && on === 'server');
  const lost = done.filter(({ conflicts }) => conflicts.length > 0);
  return [
    ...back.map(
      ({ title }) =>
        `${name}: “${title}” was put back: you may only read it there. Your version is kept in the history.`,
    ),
    ...revived.map(({ title }) => `${name}: “${title}” was brought back: it may not be deleted there.`),
    ...unsendable.map(({ title }) => `${name}: “${title}” stays in Outlook only: you may only read there.`),
    ...lost.map(({ title, conflicts }) => {
      const fields = conflicts
        .map(({ field, winner }) => `${fieldInWords(field, 'en')} (${PLACES[winner]})`)
        .join(', ');
      return `${name}: “${title}” was changed on both sides; the value stays of ${fields}. The other is kept in the history.`;
    }),
  ];
}

const VERBS = {
  create: 'created',
  update: 'updated',
  merge: 'merged',
  delete: 'deleted',
  link: 'linked',
  forget: 'forgotten',
} as const;
const PLACES = { outlook: 'in Outlook', server: 'in BlueMind' } as const;

/** `210 created in Outlook`, one for each kind of change. */
function counted(lines: readonly Line[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const key = `${VERBS[line.do]}${line.on === undefined ? ' on both sides' : ` ${PLACES[line.on]}`}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} ${key}`);
}

/** One line of a plan or report with its reason: `Create in Outlook: “Lunch” – new in BlueMind [T7]`. */
export function inWords(line: Line, locale: Locale): string {
  const { what, why, outcome } = explain(line, locale);
  const fields = line.fields.length === 0 ? '' : ` (${fieldsInWords(line.fields, locale).join(', ')})`;
  return `${what}${fields} – ${why} [${line.rule}]${outcome === '' ? '' : ` – ${outcome}`}`;
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}
