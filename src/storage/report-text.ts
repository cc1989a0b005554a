/**
 * How a report lies in the file: what its lines say alike is written once, since a first run has as many lines as a folder has
 * items. Reports of before, with their lines as they are, are read as well.
 */
import type { FolderReport, Line } from '../sync/report.ts';

/** A line without what only it says. */
type Alike = Omit<Line, 'key' | 'title'>;
type Stored = Omit<FolderReport, 'lines'> & {
  readonly alike: readonly Alike[];
  /** For each line three entries: the place of what it says in `alike`, its key, its title. */
  readonly lines: readonly (number | string)[];
};

/** A report as JSON. */
export function reportText({ lines, ...report }: FolderReport): string {
  const places = new Map<string, number>();
  const alike: Alike[] = [];
  const stored: (number | string)[] = [];
  let last: { readonly line: Line; readonly place: number } | undefined;
  for (const line of lines) {
    const place = last !== undefined && isAlike(last.line, line) ? last.place : placeOf(line, places, alike);
    stored.push(place, line.key, line.title);
    last = { line, place };
  }
  return JSON.stringify({ ...report, alike, lines: stored } satisfies Stored);
}

/** The report of a text that {@link reportText} made, now or in an older version. */
export function reportOf(text: string): FolderReport {
  const stored = JSON.parse(text) as Stored | FolderReport;
  if (!('alike' in stored)) return stored;
  const { alike, lines, ...report } = stored;
  const told = Array.from({ length: lines.length / 3 }, (_, at): Line => {
    const [place, key, title] = lines.slice(3 * at, 3 * at + 3);
    return { ...(alike[Number(place)] as Alike), key: String(key), title: String(title) };
  });
  return { ...report, lines: told };
}

/** Whether two lines surely say the same; most of a run's neighbours do. */
function isAlike(a: Line, b: Line): boolean {
  const listed = a.fields.length + b.fields.length + a.conflicts.length + b.conflicts.length;
  const named = a.do === b.do && a.on === b.on && a.rule === b.rule;
  return listed === 0 && named && a.outcome === b.outcome && a.detail === b.detail;
}

function placeOf({ key: _key, title: _title, ...said }: Line, places: Map<string, number>, alike: Alike[]): number {
  const text = JSON.stringify(said);
  const known = places.get(text);
  if (known !== undefined) return known;
  places.set(text, alike.length);
  return alike.push(said) - 1;
}
