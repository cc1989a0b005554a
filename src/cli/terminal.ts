import { CANCELLED, isFailure } from '../base/failure.ts';
import { EXIT, EXIT_OF_FAILURE } from './exit-codes.ts';

/** Where a command writes and reads; tests hand in their own. */
export type Terminal = {
  out(text: string): void;
  err(text: string): void;
  /** All of standard input as text. */
  input(): Promise<string>;
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

/** A line that is redrawn while work goes on, or printed once per step where nobody watches. */
export function progressLine(terminal: Terminal, quiet: boolean): { step(text: string): void; end(): void } {
  let drawn = '';
  const clear = () => terminal.err(`\r${' '.repeat(drawn.length)}\r`);
  return {
    step: (text) => {
      if (quiet || text === drawn) return;
      if (terminal.interactive) {
        clear();
        terminal.err(text);
      } else if (text.replace(/[\d ,.]+/g, '') !== drawn.replace(/[\d ,.]+/g, '')) {
        terminal.err(`${text}\n`);
      }
      drawn = text;
    },
    end: () => {
      if (!quiet && terminal.interactive && drawn !== '') clear();
      drawn = '';
    },
  };
}
