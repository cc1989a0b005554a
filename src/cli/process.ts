/** The command line of this process: its terminal, its signals, its exit code. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CANCELLED, Failure } from '../base/failure.ts';
import { EXIT_OF_FAILURE } from './exit-codes.ts';
import { runCli } from './run-cli.ts';
import { stopLimit } from './stop-limit.ts';
import { showFailure, type Terminal } from './terminal.ts';

/** Runs the command that `args` say, and sets the exit code. Called once. */
export async function runProcess(version: string, args: readonly string[]): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  // A reader that has seen enough (`connector user list | head`) is no failure.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      stop.abort();
    });
  try {
    process.exitCode = await runCli(args, { terminal, version, signal: stop.signal });
  } catch (error) {
    process.exitCode = showFailure(terminal, false, error);
  }
}

const stop = new AbortController();

/** Asks on the terminal and shows nothing of what is typed. */
async function askSecret(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: silent, terminal: true });
  line.once('SIGINT', () => stop.abort());
  process.stderr.write(question);
  try {
    return await line.question('', { signal: stop.signal });
  } catch (cause) {
    throw new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now', cause });
  } finally {
    line.close();
    process.stderr.write('\n');
  }
}

/** Anything but a clear yes is a no. */
async function confirm(question: string): Promise<boolean> {
  const line = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
  line.once('SIGINT', () => stop.abort());
  try {
    return /^(y|yes|o|oui)$/i.test((await line.question(`${question} [y/N] `, { signal: stop.signal })).trim());
  } catch (cause) {
    throw new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now', cause });
  } finally {
    line.close();
  }
}

const terminal: Terminal = {
  limitStop: stopLimit(stop.signal, () => process.exit(EXIT_OF_FAILURE['AGENT_STOP_FORCED'])),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: async () => {
    let text = '';
    for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
    return text;
  },
  secret: process.stdin.isTTY === true ? askSecret : undefined,
  confirm: process.stdin.isTTY === true ? confirm : undefined,
  interactive: process.stderr.isTTY === true,
};
