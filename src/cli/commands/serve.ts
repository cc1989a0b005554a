import { Command } from 'commander';
import { portFailure } from '../../agent/host/port-failure.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { openServer, type RunningServer, type ServerOptions } from '../../server/open-server.ts';
import { type Context, runs } from '../context.ts';
import { portOf, readPem } from './given-values.ts';
import { makeDataFolder } from './open-agent.ts';

export const SERVER_PORT = 8171;
export const PAGE_PORT = 8172;

type Policies = { downloads?: string; publicUrl?: string; rememberDeletions: string };
type Options = Policies & { port: string; host: string; cert?: string; key?: string };

/** `serve`: the embedded server alone. */
export function serveCommand(context: Context): Command {
  const command = new Command('serve')
    .description('run the embedded BlueMind-compatible server until Ctrl-C')
    .option('--port <n>', 'port to listen on; 0 = any free one', String(SERVER_PORT))
    .option('--host <address>', 'address to listen on; loopback unless told otherwise', '127.0.0.1')
    .option('--cert <file>', 'TLS certificate (PEM), with --key')
    .option('--key <file>', 'TLS key (PEM)')
    .option('--downloads <folder>', 'folder whose installers the page /downloads lists, with version, size and SHA-256')
    .option('--public-url <url>', 'address under which clients reach the server, for the links that it gives out')
    .option('--remember-deletions <days>', 'how long the change log tells of deletions', '60');
  return runs<[], Options>(command, context, async ({ data, port, host, cert, key, json, ...more }) => {
    const tls = tlsOf(cert, key);
    const policy = policyOf(more);
    makeDataFolder(data);
    const server = await startServer(data.server, portOf(port), { host, tls, policy });
    context.terminal.out(
      json ? `${JSON.stringify({ url: server.url })}\n` : `Listening on ${server.url}. Ctrl-C ends it.\n`,
    );
    await aborted(context.signal);
    await server.close();
    return undefined;
  });
}

export async function startServer(
  dataFile: string,
  port: number,
  { host = '127.0.0.1', ...more }: Pick<ServerOptions, 'tls' | 'policy'> & { readonly host?: string } = {},
): Promise<RunningServer> {
  try {
    return await openServer({ dataFile, listen: { host, port }, ...more });
  } catch (error) {
    throw isFailure(error, 'SERVER_LISTEN') ? portFailure(port, error.cause, '--port') : error;
  }
}

const DAY = 24 * 60 * 60_000;

/** @throws VALUE_INVALID */
function policyOf({ downloads, publicUrl, rememberDeletions }: Policies): NonNullable<ServerOptions['policy']> {
  const days = Number(rememberDeletions);
  if (!Number.isInteger(days) || days < 1)
    throw new Failure('VALUE_INVALID', `"${rememberDeletions}" is no number of days.`);
  if (publicUrl !== undefined && !/^https?:\/\/[^\s/]+$/.test(publicUrl))
    throw new Failure('VALUE_INVALID', 'A public address looks like https://mail.example.org, without a path.');
  return { tombstoneAge: days * DAY, downloads, ...(publicUrl === undefined ? {} : { publicUrl }) };
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
