import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { EXIT, EXIT_OF_FAILURE } from '../../src/cli/exit-codes.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { buildConnector } from '../../tools/build-connector.ts';

/** The program as `npm start` and `npm run connector` run it. */
export const SOURCES = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** How a command ended and what it said. */
export type Ended = { readonly exit: number | null; readonly out: string; readonly err: string };

/**
 * The real program, in a process of its own: built once, because it starts in a third of the time then. A command that does not end
 * by itself is ended, and has no exit code.
 */
export async function connector(args: readonly string[], input = '', program?: string): Promise<Ended> {
  const main = program ?? (await buildConnector());
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { timeout: 45_000 });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.on('error', reject).on('close', (exit) => resolve({ exit, out, err }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** The same program within this process: quicker, for what leads up to a case and what follows. */
export async function inside(args: readonly string[], input = ''): Promise<Ended> {
  let [out, err] = ['', ''];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    input: async () => input,
    interactive: false,
  };
  const exit = await runCli(args, { terminal, version: 'test', signal: new AbortController().signal });
  return { exit, out, err };
}

/** The command went through; gives what it printed as JSON. */
export function json<T>({ exit, out, err }: Ended): T {
  expect({ exit, err: withoutProgress(err) }).toEqual({ exit: EXIT.DONE, err: '' });
  return JSON.parse(out) as T;
}

/**
 * Runs a command that must fail, for people in a process of its own and once more with `--json`: one sentence with its code on
 * standard error, nothing like a stack trace, the documented exit code; and the same as JSON.
 */
export async function expectFailure(code: string, args: readonly string[], input = ''): Promise<void> {
  expectFailed(code, await connector(args, input));
  expectFailedAsJson(code, await inside([...args, '--json'], input));
}

export function expectFailed(code: string, { exit, err }: Ended): void {
  expect(EXIT_OF_FAILURE[code]).toBeDefined();
  const expected = { exit: EXIT_OF_FAILURE[code], err: expect.stringMatching(one(code)) };
  expect({ exit, err: withoutProgress(err) }).toEqual(expected);
}

export function expectFailedAsJson(code: string, { exit, out, err }: Ended): void {
  expect({ exit, err }).toEqual({ exit: EXIT_OF_FAILURE[code], err: '' });
  const { error } = JSON.parse(lastDocument(out)) as { error: { code: string; message: string; retry: string } };
  expect(error).toEqual({
    code,
    message: expect.stringMatching(/^[^\n]+\.( \(.*\))?$/),
    retry: expect.stringMatching(/^(now|later|never)$/),
  });
}

/** One line: a sentence, perhaps its subject, and the code. */
function one(code: string): RegExp {
  return new RegExp(`^[A-Z0-9"“a-z][^\\n]+[.)] \\[${code}\\]\\n$`);
}

/** `Calendar …`: told on the way, where nobody watches. */
function withoutProgress(err: string): string {
  return err.replace(/^.* …\n/gm, '');
}

/** `serve` and `trial` print lines before they fail. */
function lastDocument(out: string): string {
  return out.slice(out.lastIndexOf('{\n  "error"'));
}
