/** The whole agent over a real server, a line that can be cut, and the emulated Outlook. */
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import { systemClock } from '../../../node/system-clock.ts';
import { type Emulator, openEmulator } from '../../../outlook/emulator/open-emulator.ts';
import { createDomain, createUser } from '../../../server/admin/accounts.ts';
import { openServer, type RunningServer } from '../../../server/open-server.ts';
import { QUICK_PASSWORDS } from '../../../server/testing/quick-passwords.ts';
import { type Agent, openAgent } from '../../agent.ts';
import { type Client, openClient } from '../../api/client.ts';
import type { AgentEvent } from '../../api/shapes.ts';
import { openCredentialStore } from '../../credentials.ts';
import { type Log, openLog } from '../../log.ts';
import { optionOf } from '../../options.ts';
import type { RunReport } from '../../summary.ts';
import { tracedExecutor } from '../../traced-executor.ts';
import { ADDRESS_FILE, type ApiAddress } from '../api-part.ts';
import { type Host, type HostOptions, startHost } from '../host.ts';
import { emulatorEvents } from '../outlook-events.ts';
import { type CutLine, cutLine } from './cut-line.ts';

export const LOGIN = 'jane@demo.test';
export const PASSWORD = 'correct horse 17';

export type HostWorld = {
  readonly folder: string;
  readonly server: RunningServer;
  readonly line: CutLine;
  readonly outlook: Emulator;
  readonly agent: Agent;
  readonly log: Log;
  readonly reports: RunReport[];
  readonly failures: unknown[];
  readonly events: AgentEvent[];
  readonly client: Client;
  readonly account: { readonly server: string; readonly login: string; readonly password: string };
  /** Starts the host; a second one is started by the same. */
  start(options?: Partial<HostOptions>): Promise<Host>;
  /** Waits until it is so. */
  until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
};

export type WorldOptions = { readonly clock?: Clock; readonly dataFile?: string };

export async function hostWorld({ clock = systemClock, dataFile = ':memory:' }: WorldOptions = {}): Promise<HostWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  const server = await openServer({ dataFile, policy: QUICK_PASSWORDS });
  createDomain(server.kernel, { uid: 'demo.test' });
  await createUser(server.kernel, {
    ...{ login: 'jane', domain: 'demo.test', password: PASSWORD, displayName: 'Jane Doe', uid: 'uid-jane' },
  });
  const line = await cutLine(server.url);
  const user = { name: 'Jane Doe', address: LOGIN };
  const outlook = openEmulator({ file: join(folder, 'outlook.sqlite'), clock, random: Math.random, profile: { user } });
  let agent: Agent | undefined;
  const advanced = () => agent !== undefined && optionOf(agent.storage.settings, 'log.advanced') === 'on';
  const log = openLog(join(folder, 'logs'), { advanced });
  const opened = openAgent({
    ...{ clock, random: Math.random, newId: () => crypto.randomUUID(), version: '0.0.0', log, trace: log.call },
    file: join(folder, 'agent.sqlite'),
    lockFile: join(folder, 'run.lock'),
    credentials: await openCredentialStore(folder),
    executor: tracedExecutor(outlook.executor, log),
  });
  agent = opened;
  const [reports, failures, events]: [RunReport[], unknown[], AgentEvent[]] = [[], [], []];
  let stop = new AbortController();
  let host: Host | undefined;
  let client: Client | undefined;
  let following: { stop(): void } | undefined;
  const ended = async () => {
    following?.stop();
    stop.abort();
    await host?.ended;
  };
  return {
    ...{ folder, server, line, outlook, log, reports, failures, events, agent: opened },
    account: { server: line.url, login: LOGIN, password: PASSWORD },
    get client() {
      if (client === undefined) throw new Error('the host was not started');
      return client;
    },
    start: async (options) => {
      const abort = new AbortController();
      const started = await startHost({
        ...{
          agent: opened,
          outlook: emulatorEvents(outlook),
          clock,
          random: Math.random,
          version: '0.0.0',
          folder,
          log,
        },
        ...{ logs: join(folder, 'logs'), port: 0, portOption: '--port', pages: { find: () => undefined } },
        signal: abort.signal,
        onRunFailed: (error) => failures.push(error),
        ...options,
        onRun: (report, why) => {
          reports.push(report);
          options?.onRun?.(report, why);
        },
      });
      [host, stop] = [started, abort];
      const { url, token } = await addressIn(folder);
      client = openClient({ base: url, token });
      following = client.follow({ event: (event) => events.push(event) });
      return started;
    },
    until,
    stop: ended,
    close: async () => {
      await ended();
      await opened.close();
      outlook.close();
      await line.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function addressIn(folder: string): Promise<ApiAddress> {
  return JSON.parse(await readFile(join(folder, ADDRESS_FILE), 'utf8')) as ApiAddress;
}

/** @units milliseconds before something that does not happen is given up */
const PATIENCE = 40_000;

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const began = performance.now(); !(await isSo()); ) {
    if (performance.now() - began > PATIENCE) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
