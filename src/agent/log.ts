/**
 * The agent's log: one line of JSON for each run and each failure, and with advanced logging for each trigger, each call to the server
 * and each program of Outlook, so that what happened can be told later and elsewhere. It holds counts, codes and places in the program;
 * never titles, names, contents, addresses, passwords or keys. What names something of the server's is hidden behind a tag that is the
 * same as long as the program runs.
 */
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { digestText } from '../base/digest.ts';
import { isFailure } from '../base/failure.ts';
import type { TracedCall } from '../bluemind/transport.ts';
import { makeFolder } from '../node/make-folder.ts';
import type { Line } from '../sync/report.ts';
import { logFile, makeRoom } from './log-file.ts';
import { hiddenPath } from './log-path.ts';
import { type RunReport, totalsOf } from './summary.ts';

export type Log = {
  /** A run that came to its end, whatever became of single items. */
  run(report: RunReport): void;
  /** Something that ended a command or a run; `what` is the command's or the deed's name. */
  failure(what: string, error: unknown): void;
  /** Something that happened, with values that hold nothing of the user's. Only with advanced logging, as the two below. */
  event(what: string, values: Readonly<Record<string, string | number | boolean>>): void;
  call(call: TracedCall): void;
  /** A program that Outlook carried out. @param took milliseconds */
  program(label: string, outcome: string, took: number): void;
};

/** The log in `folder`, which is made with the first line. A log that cannot be written stops nobody. */
export function openLog(
  folder: string,
  {
    advanced = () => false,
  }: { /** Asked for each line: it is switched while the agent runs. */ readonly advanced?: () => boolean } = {},
): Log {
  const hide = hiding();
  const write = (
    level: 'debug' | 'info' | 'warn' | 'error',
    line: Readonly<Record<string, unknown>>,
    message: string,
  ) => {
    try {
      makeFolder(folder);
      makeRoom(folder, Date.now());
      // Opened for each line: several processes write here, and each must see that another one put the file aside.
      const destination = pino.destination({ dest: logFile(folder), sync: true, mode: 0o600 });
      pino({ level: 'debug', base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)[level](line, message);
      destination.end();
    } catch {
      // The log is for later; the work goes on, and what it meets it tells by itself.
    }
  };
  const detail = (line: () => Readonly<Record<string, unknown>>, message: string) => {
    if (advanced()) write('debug', line(), message);
  };
  return {
    run: (report) => {
      const { failed } = totalsOf(report.folders);
      write(failed === 0 ? 'info' : 'warn', runLine(report), 'run');
      for (const { report: folder } of report.folders)
        for (const line of folder.lines) detail(() => ({ pair: folder.pair, ...actionLine(line, hide) }), 'action');
    },
    failure: (what, error) => write(isFailure(error) ? 'warn' : 'error', { what, ...failureLine(error) }, 'failure'),
    event: (what, values) => detail(() => values, what),
    call: ({ path, ...call }) => detail(() => ({ ...call, path: hiddenPath(path, hide) }), 'call'),
    program: (label, outcome, took) => detail(() => ({ label, outcome, took }), 'outlook'),
  };
}

/** The same tag for the same text, of which it tells nothing: the salt is thrown away with the process. */
function hiding(): (text: string) => string {
  const salt = randomBytes(16).toString('hex');
  return (text) => `#${digestText(salt + text).slice(0, 8)}`;
}

/** A detail code of a side; whatever does not look like one may be words of the item. */
const CODE = /^[\w.:-]{0,40}$/;

/** An action of a run, without its title, and without the occurrence that a field is of. */
function actionLine(
  { do: deed, on, key, rule, fields, conflicts, outcome, detail }: Line,
  hide: (text: string) => string,
) {
  const names = (of: readonly string[]) => of.map((field) => field.replace(/\[[^\]]*\]/g, '[]'));
  const lost = names(conflicts.map(({ field }) => field));
  const code = CODE.test(detail) ? detail : '';
  return { do: deed, on, key: hide(key), rule, fields: names(fields), lost, outcome, detail: code };
}

function runLine({ startedAt, endedAt, folders }: RunReport): Readonly<Record<string, unknown>> {
  return {
    seconds: (endedAt - startedAt) / 1000,
    ...totalsOf(folders),
    folders: folders.map((folder) => ({
      pair: folder.report.pair,
      kind: folder.kind,
      outcome: folder.report.outcome,
      ...totalsOf([folder]),
      linked: folder.report.linked,
      recovered: folder.report.recovered,
      code: folder.report.failure?.code,
    })),
  };
}

/** A failure's code; of a fault of our own the places in the program, without its message, which may quote what it met. */
function failureLine(error: unknown): Readonly<Record<string, unknown>> {
  if (isFailure(error)) return { code: error.code, retry: error.retry, cause: causeOf(error.cause) };
  if (!(error instanceof Error)) return { code: 'BUG' };
  const frames = (error.stack ?? '').replace(error.message, '').split('\n').slice(1);
  return { code: 'BUG', name: error.name, at: frames.map((line) => line.trim()), cause: causeOf(error) };
}

/** The code that the system or the server gave, where there is one: `ECONNREFUSED`, an HTTP status, a result of SQLite. */
function causeOf(cause: unknown): string | number | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined;
  const { code, errorCode, status, errcode } = cause as Readonly<Record<string, unknown>>;
  return [errcode, code, errorCode, status].find((one) => typeof one === 'string' || typeof one === 'number') as
    | string
    | number
    | undefined;
}
