/** The files of the log: `agent.log`, and those that were put aside when they were full or old, `agent.1.log` the newest of them. */
import { closeSync, openSync, readFileSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @units bytes: a full file is put aside, and a new one begun */
const FULL = 1_000_000;
/** `agent.log` and the four before it. */
const FILES = 5;
const DAY = 24 * 60 * 60_000;
/** A file that began so long ago is put aside; what was put aside and not written for so long goes. @units milliseconds */
const OLD = 7 * DAY;
const KEPT = 30 * DAY;

export function logFile(folder: string, n = 0): string {
  return join(folder, n === 0 ? 'agent.log' : `agent.${n}.log`);
}

/** Puts a full or old file aside. @param now milliseconds since 1970-01-01T00:00:00Z */
export function makeRoom(folder: string, now: number): void {
  const size = sizeOf(folder, 0);
  if (size === 0 || (size < FULL && now - beginOf(logFile(folder)) < OLD)) return;
  rmSync(logFile(folder, FILES - 1), { force: true });
  for (let n = FILES - 2; n >= 0; n--)
    if (sizeOf(folder, n) > 0) renameSync(logFile(folder, n), logFile(folder, n + 1));
  for (let n = 1; n < FILES; n++) {
    const written = statSync(logFile(folder, n), { throwIfNoEntry: false })?.mtimeMs;
    if (written !== undefined && now - written > KEPT) rmSync(logFile(folder, n), { force: true });
  }
}

/** The last lines over all files, oldest first. */
export function lastLines(folder: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (let n = 0; n < FILES && lines.length < most; n++) {
    if (sizeOf(folder, n) === 0) continue;
    const of = readFileSync(logFile(folder, n), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    lines.unshift(...of.slice(-(most - lines.length)));
  }
  return lines;
}

function sizeOf(folder: string, n: number): number {
  return statSync(logFile(folder, n), { throwIfNoEntry: false })?.size ?? 0;
}

/** When its first line was written; the beginning of time where that cannot be told, so that the file is put aside. */
function beginOf(file: string): number {
  const head = Buffer.alloc(100);
  const open = openSync(file, 'r');
  try {
    readSync(open, head, 0, head.length, 0);
  } finally {
    closeSync(open);
  }
  const [, time = ''] = /"time":"([^"]+)"/.exec(head.toString('latin1')) ?? [];
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? 0 : ms;
}
