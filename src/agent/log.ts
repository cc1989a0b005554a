/**
 * The agent's log: one line of JSON for each run and each failure, so that what happened can be told later and elsewhere. It holds
 * counts, ids, codes and places in the program; never titles, names, contents, addresses, passwords or keys.
 */
import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { isFailure } from '../base/failure.ts';
import { makeFolder } from '../node/make-folder.ts';
import { type RunReport, totalsOf } from './summary.ts';

export type Log = {
  /** A run that came to its end, whatever became of single items. */
  run(report: RunReport): void;
  /** Something that ended a command or a run; `what` is the command's or the deed's name. */
  failure(what: string, error: unknown): void;
};

/** @units bytes: a full file is put aside, and a new one begun */
const FULL = 1_000_000;
/** `agent.log` and the four before it, `agent.1.log` the newest of them. */
const FILES = 5;

/** The log in `folder`, which is made with the first line. A log that cannot be written stops nobody. */
export function openLog(folder: string): Log {
  const write = (level: 'info' | 'warn' | 'error', line: Readonly<Record<string, unknown>>, message: string) => {
    try {
      makeFolder(folder);
      makeRoom(folder);
      // Opened for each line: several processes write here, and each must see that another one put the file aside.
      const destination = pino.destination({ dest: fileOf(folder, 0), sync: true, mode: 0o600 });
      pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)[level](line, message);
      destination.end();
    } catch {
      // The log is for later; the work goes on, and what it meets it tells by itself.
    }
  };
  return {
    run: (report) => {
      const { failed } = totalsOf(report.folders);
      write(failed === 0 ? 'info' : 'warn', runLine(report), 'run');
    },
    failure: (what, error) => write(isFailure(error) ? 'warn' : 'error', { what, ...failureLine(error) }, 'failure'),
  };
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

function makeRoom(folder: string): void {
  const size = statSync(fileOf(folder, 0), { throwIfNoEntry: false })?.size ?? 0;
  if (size < FULL) return;
  rmSync(fileOf(folder, FILES - 1), { force: true });
  for (let n = FILES - 2; n >= 0; n--) {
    if (statSync(fileOf(folder, n), { throwIfNoEntry: false }) !== undefined)
      renameSync(fileOf(folder, n), fileOf(folder, n + 1));
  }
}

function fileOf(folder: string, n: number): string {
  return join(folder, n === 0 ? 'agent.log' : `agent.${n}.log`);
}
