import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { portFailure } from '../../agent/host/port-failure.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { openServer, type RunningServer } from '../../server/open-server.ts';
import { type Context, runs } from '../context.ts';
import { makeDataFolder } from './open-agent.ts';

export const SERVER_PORT = 8171;
export const PAGE_PORT = 8172;

/** `serve`: the embedded server alone. */
export function serveCommand(context: Context): Command {
  const command = new Command('serve')
    .description('run the embedded BlueMind-compatible server until Ctrl-C')
    .option('--port <n>', 'port to listen on; 0 = any free one', String(SERVER_PORT))
    .option('--host <address>', 'address to listen on; loopback unless told otherwise', '127.0.0.1')
    .option('--cert <file>', 'TLS certificate (PEM), with --key')
    .option('--key <file>', 'TLS key (PEM)');
  return runs<[], { port: string; host: string; cert?: string; key?: string }>(
    command,
    context,
    async ({ data, port, host, cert, key, json }) => {
      const tls = tlsOf(cert, key);
      makeDataFolder(data);
      const server = await startServer(data.server, portOf(port), host, tls);
      context.terminal.out(
        json ? `${JSON.stringify({ url: server.url })}\n` : `Listening on ${server.url}. Ctrl-C ends it.\n`,
      );
      await aborted(context.signal);
      await server.close();
      return undefined;
    },
  );
}

export async function startServer(
  dataFile: string,
  port: number,
  host = '127.0.0.1',
  tls?: { cert: string; key: string },
): Promise<RunningServer> {
  try {
    return await openServer({ dataFile, listen: { host, port }, ...(tls === undefined ? {} : { tls }) });
  } catch (error) {
    throw isFailure(error, 'SERVER_LISTEN') ? portFailure(port, error.cause, '--port') : error;
  }
}

/** @throws VALUE_INVALID */
export function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Failure('VALUE_INVALID', `"${text}" is no port; ports are numbers from 0 to 65535.`);
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Never in clear by mistake: one of the two alone is refused. @throws VALUE_INVALID, FILE_UNREADABLE */
function tlsOf(cert: string | undefined, key: string | undefined): { cert: string; key: string } | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new Failure('VALUE_INVALID', 'For TLS give both --cert and --key.');
  return { cert: readPem(cert), key: readPem(key) };
}

/** @throws FILE_UNREADABLE */
export function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', `The file ${file} cannot be read.`, { cause });
  }
}
