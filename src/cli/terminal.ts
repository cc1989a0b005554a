import { CANCELLED, isFailure } from '../base/failure.ts';
import { EXIT, EXIT_OF_FAILURE } from './exit-codes.ts';

/** Where a command writes and reads; tests hand in their own. */
export type Terminal = {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input as text. */
  input(): Promise<string>;
  /** Asks a person for something that must not be shown; undefined where nobody sits. */
  readonly secret?: ((question: string) => Promise<string>) | undefined;
  /** Asks a person a question to be answered by yes or no; undefined where nobody sits. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
  /** Ends the process soon after it was told to stop, whatever hangs; what is given is called before. Only for what runs for months. */
  readonly limitStop?: ((overdue: () => void) => void) | undefined;
  /** Whether a person watches: progress lines are redrawn only then. */
  readonly interactive: boolean;
};

/** What a command shows: lines for people, or one JSON document with `--json`. */
export type Shown = { readonly lines: readonly string[]; readonly json: unknown };

export function show(terminal: Terminal, asJson: boolean, { lines, json }: Shown): void {
  if (asJson) terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  else if (lines.length > 0) terminal.out(`${lines.join('\n')}\n`);
}

/** Says what went wrong in one sentence with its code, and gives the exit code. A bug shows its stack: it is to be reported. */
export function showFailure(terminal: Terminal, asJson: boolean, error: unknown): number {
  const { code, message, exit, retry } = explain(error);
  if (asJson) terminal.out(`${JSON.stringify({ error: { code, message, retry } }, null, 2)}\n`);
  else if (code === CANCELLED) terminal.err('Cancelled. Everything done so far is kept.\n');
  else terminal.err(`${message} [${code}]\n`);
  return exit;
}

type Explained = { readonly code: string; readonly message: string; readonly exit: number; readonly retry: string };

function explain(error: unknown): Explained {
  if (isFailure(error)) {
    return {
      code: error.code,
      message: withSubject(error.message, error.subject?.folder),
      exit: EXIT_OF_FAILURE[error.code] ?? EXIT.BUG,
      retry: error.retry,
    };
  }
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'BUG',
    message: `The connector met a fault of its own and stopped: ${what}. Nothing half-done was left; please report it, with the log.`,
    exit: EXIT.BUG,
    retry: 'never',
  };
}

function withSubject(message: string, folder: string | undefined): string {
  return folder === undefined ? message : `${message} (${folder})`;
}

/** Columns under each other; the last one is not filled up. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  '),
  );
}

/**
 * Where work stands: one line that is redrawn with every step where a person watches; elsewhere one line for each part of the
 * work, so that a log of it stays short.
 */
export function progressLine(
  terminal: Terminal,
  quiet: boolean,
): { step(part: string, at: string): void; end(): void } {
  let drawn = '';
  let told = '';
  const clear = () => terminal.err(`\r${' '.repeat(drawn.length)}\r`);
  return {
    step: (part, at) => {
      if (quiet) return;
      if (terminal.interactive) {
        if (drawn !== '') clear();
        drawn = `${part}: ${at}`;
        terminal.err(drawn);
      } else if (part !== told) {
        told = part;
        terminal.err(`${part} …\n`);
      }
    },
    end: () => {
      if (drawn !== '') clear();
      drawn = '';
    },
  };
}
