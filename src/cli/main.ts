import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { CANCELLED, Failure } from '../base/failure.ts';
import { keepHeapLean } from '../node/lean-heap.ts';
import { showFailure, type Terminal } from './terminal.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

keepHeapLean();
// Halves the start of every command. Not in the system's folder for temporary files, where others could lay code ready for us.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/connector', import.meta.url)));
const { runCli } = await import('./run-cli.ts');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

// A reader that has seen enough (`connector user list | head`) is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stop.abort();
  });

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

try {
  process.exitCode = await runCli(process.argv.slice(2), { terminal, version, signal: stop.signal });
} catch (error) {
  process.exitCode = showFailure(terminal, false, error);
}
