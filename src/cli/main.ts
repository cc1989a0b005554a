import { readFileSync } from 'node:fs';
import { runCli } from './run-cli.ts';
import { showFailure, type Terminal } from './terminal.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: async () => {
    let text = '';
    for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
    return text;
  },
  interactive: process.stderr.isTTY === true,
};

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

try {
  process.exitCode = await runCli(process.argv.slice(2), { terminal, version, signal: stop.signal });
} catch (error) {
  process.exitCode = showFailure(terminal, false, error);
}
