/** What runs left behind: a report for each folder pair, and one row for each run over the account. */
import { canonicalJson } from '../base/digest.ts';
import type { Database, Row } from '../node/database.ts';
import type { FolderReport, ReportedFailure } from '../sync/report.ts';
import type { PairId } from '../sync/state.ts';
import { maybe, text } from './columns.ts';
import { reportOf, reportText } from './report-text.ts';

/** A report with what the folder was called for people. */
export type KeptReport = { readonly folder: string; readonly report: FolderReport };

export type Reports = {
  /** Newest first; of those that started from `since` to `until` (milliseconds, both inclusive) when given. */
  list(query: ReportQuery): readonly FolderReport[];
  /** The same in the order they were made, with their folders. */
  kept(query: ReportQuery): readonly KeptReport[];
};
export type ReportQuery = {
  readonly pair?: PairId;
  readonly since?: number;
  readonly until?: number;
  readonly most: number;
};

export function reportsIn(database: Database): Reports {
  const read = ({ pair, since, until, most }: ReportQuery) =>
    database
      .all(
        `SELECT folder, report FROM reports WHERE (?1 IS NULL OR pair = ?1) AND (?2 IS NULL OR started_at >= ?2)
          AND (?3 IS NULL OR started_at <= ?3) ORDER BY id DESC LIMIT ?4`,
        ...[pair ?? null, since ?? null, until ?? null, most],
      )
      .map((row) => ({ folder: text(row['folder']), report: reportOf(text(row['report'])) }));
  return {
    list: (query) => read(query).map(({ report }) => report),
    kept: (query) => read(query).reverse(),
  };
}

/**
 * Keeps a report. One that says the same as the pair's last, and did nothing either, takes its place: a run every few seconds
 * must not fill the file.
 */
export function addReport(database: Database, pair: PairId, report: FolderReport): void {
  const last = database.get('SELECT id, report FROM reports WHERE pair = ? ORDER BY id DESC LIMIT 1', pair);
  if (last !== undefined && idleText(report) === idleText(reportOf(text(last['report']))))
    database.run('DELETE FROM reports WHERE id = ?', Number(last['id']));
  database.run(
    `INSERT INTO reports (account, pair, folder, started_at, outcome, report)
      SELECT account, id, name, ?, ?, ? FROM pairs WHERE id = ?`,
    ...[report.startedAt, report.outcome, reportText(report), pair],
  );
}

/** What a report that did nothing says, its times left out; of one that did something, a text that no other has. */
function idleText({ outcome, failure, lines, recovered, linked, startedAt }: FolderReport): string {
  const active = recovered + linked > 0 || lines.some((line) => line.outcome !== 'held');
  return active ? String(startedAt) : canonicalJson({ outcome, failure: failure ?? null, lines });
}

/** What made a run begin: the user, the end of Send/Receive, a change in Outlook, one on the server, the time, and so on. */
export type RunReason =
  | 'asked'
  | 'send-receive'
  | 'outlook'
  | 'push'
  | 'timer'
  | 'start'
  | 'wake'
  | 'online'
  | 'changed';

/** A run over all folders of the account, counted. */
export type RunRow = {
  readonly id: number;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly startedAt: number;
  /** Undefined: it goes on, or the process ended in the middle of it. */
  readonly endedAt: number | undefined;
  /** How many runs this row stands for: several in a row that found nothing to do are one. */
  readonly times: number;
  readonly why: RunReason;
  readonly changes: number;
  readonly failed: number;
  readonly held: number;
  readonly folders: number;
  readonly notes: readonly (RunNote | string)[];
  /** What kept the whole run from its end. */
  readonly failure: ReportedFailure | undefined;
};

/**
 * What a run has to say of a whole folder, as data: which sentence, whether it is only planned, and what fills its gaps. Files of
 * earlier versions hold English sentences.
 */
export type RunNote = {
  readonly say: string;
  readonly planned: boolean;
  readonly gaps: Readonly<Record<string, string>>;
};

export type EndedRun = Omit<RunRow, 'id' | 'startedAt' | 'times' | 'why' | 'endedAt'> & { readonly endedAt: number };

export type Runs = {
  /** Newest first. */
  list(most: number): readonly RunRow[];
  get(id: number): RunRow | undefined;
  /** A run begins; returns its id. */
  begin(run: { readonly account: string; readonly startedAt: number; readonly why: RunReason }): number;
  /** It ended. One with nothing to say after another one like it is counted there; returns the id of the row it stands in. */
  end(id: number, run: EndedRun): number;
};

export function runsIn(database: Database): Runs {
  const get = (id: number) => {
    const row = database.get('SELECT * FROM runs WHERE id = ?', id);
    return row && runRow(row);
  };
  return {
    list: (most) => database.all('SELECT * FROM runs ORDER BY id DESC LIMIT ?', most).map(runRow),
    get,
    begin: ({ account, startedAt, why }) =>
      database.run(
        `INSERT INTO runs (account, started_at, times, why, changes, failed, held, folders, notes)
          VALUES (?, ?, 1, ?, 0, 0, 0, 0, '[]')`,
        ...[account, startedAt, why],
      ).id,
    end: (id, run) =>
      database.transaction(() => {
        const before = database.get('SELECT * FROM runs WHERE id < ? ORDER BY id DESC LIMIT 1', id);
        const last = before && runRow(before);
        if (last !== undefined && saysTheSame(last, run)) {
          database.run('DELETE FROM runs WHERE id = ?', id);
          database.run('UPDATE runs SET ended_at = ?, times = times + 1 WHERE id = ?', run.endedAt, last.id);
          return last.id;
        }
        const { endedAt, changes, failed, held, folders, notes, failure } = run;
        database.run(
          `UPDATE runs SET ended_at = ?, changes = ?, failed = ?, held = ?, folders = ?, notes = ?, failure = ? WHERE id = ?`,
          ...[endedAt, changes, failed, held, folders, canonicalJson(notes)],
          ...[failure === undefined ? null : canonicalJson(failure), id],
        );
        return id;
      }),
  };
}

function saysTheSame(last: RunRow, run: EndedRun): boolean {
  const told = ({ changes, failed, held, folders, notes, failure }: EndedRun | RunRow) =>
    canonicalJson({ changes, failed, held, folders, notes, failure: failure ?? null });
  return last.endedAt !== undefined && run.changes === 0 && told(last) === told(run);
}

function runRow(row: Row): RunRow {
  const [endedAt, failure] = [row['ended_at'], maybe(row['failure'])];
  return {
    id: Number(row['id']),
    startedAt: Number(row['started_at']),
    endedAt: endedAt === null ? undefined : Number(endedAt),
    times: Number(row['times']),
    why: text(row['why']) as RunReason,
    changes: Number(row['changes']),
    failed: Number(row['failed']),
    held: Number(row['held']),
    folders: Number(row['folders']),
    notes: JSON.parse(text(row['notes'])) as (RunNote | string)[],
    failure: failure === undefined ? undefined : (JSON.parse(failure) as ReportedFailure),
  };
}
