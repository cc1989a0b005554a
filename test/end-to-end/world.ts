import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, openAgent } from '../../src/agent/agent.ts';
import { openCredentialStore } from '../../src/agent/credentials.ts';
import type { Clock } from '../../src/base/clock.ts';
import { openSession, type Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { type Emulator, type EmulatorOptions, openEmulator } from '../../src/outlook/emulator/open-emulator.ts';
import { createDomain, createUser } from '../../src/server/admin/accounts.ts';
import { openServer, type RunningServer } from '../../src/server/open-server.ts';
import { QUICK_PASSWORDS } from '../../src/server/testing/quick-passwords.ts';

export const LOGIN = 'jane@demo.test';
export const PASSWORD = 'a secret';
export const USER = 'uid-jane';
export const CALENDAR = `calendar:Default:${USER}`;
export const BOOK = `book:Contacts_${USER}`;

/** Where the recorded files of other products are; undefined where they are not (see CONTRIBUTING.md). */
export function corpora(): string | undefined {
  const folder = process.env['CORPORA'] ?? '../shared/corpora';
  return existsSync(folder) ? folder : undefined;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'connector-world-'));
}

/** A server with one account, on a real port. Closing it proves that nothing in the test notified anybody. */
export async function startServer(folder: string, port = 0): Promise<RunningServer> {
  const server = await openServer({
    dataFile: join(folder, 'server.sqlite'),
    listen: { port },
    policy: QUICK_PASSWORDS,
  });
  if (server.kernel.store.people.domain('demo.test') === undefined) {
    createDomain(server.kernel, { uid: 'demo.test' });
    await createUser(server.kernel, {
      login: 'jane',
      domain: 'demo.test',
      password: PASSWORD,
      displayName: 'Jane Doe',
      uid: USER,
    });
  }
  return withoutMails(server);
}

/**
 * The server, which fails when it is closed with a mail in its outbox: nothing that the connector does notifies anybody, whatever a test
 * is about (product rule N5).
 */
function withoutMails(server: RunningServer): RunningServer {
  let isClosed = false;
  return {
    ...server,
    close: async () => {
      const mails = isClosed ? [] : server.kernel.store.outbox.all();
      isClosed = true;
      await server.close();
      if (mails.length > 0) throw new Error(`the connector notified: ${JSON.stringify(mails)}`);
    },
  };
}

/** A line of the test's own to the account, beside the agent's. */
export function lineTo(server: string): Session {
  const credentials = async () => ({ login: LOGIN, password: PASSWORD });
  return openSession({ server, version: 'test', clock: systemClock, random: Math.random, credentials });
}

export type Desk = {
  readonly emulator: Emulator;
  readonly agent: Agent;
  /** Lets so much of Outlook's and the agent's time pass. @units milliseconds */
  later(milliseconds: number): void;
  close(): Promise<void>;
};

/** Outlook and the agent over the files of a folder, connected to the server. */
export async function openDesk(
  folder: string,
  server: string,
  { switches = {}, profile = {} }: Pick<EmulatorOptions, 'switches' | 'profile'> = {},
): Promise<Desk> {
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const emulator = openEmulator({
    file: join(folder, 'outlook.sqlite'),
    clock,
    random: Math.random,
    switches,
    profile: { user: { name: 'Jane Doe', address: LOGIN }, ...profile },
  });
  const agent = openAgent({
    file: join(folder, 'agent.sqlite'),
    lockFile: join(folder, 'run.lock'),
    credentials: await openCredentialStore(folder),
    executor: emulator.executor,
    registry: emulator.registry,
    clock,
    random: Math.random,
    newId: randomUUID,
    version: 'test',
  });
  const [account] = agent.accounts();
  if (account === undefined) await agent.addAccount({ server, login: LOGIN, password: PASSWORD });
  else agent.moveAccount(account.id, server);
  return {
    emulator,
    agent,
    later: (milliseconds) => {
      ahead += milliseconds;
    },
    close: async () => {
      await agent.close();
      emulator.close();
    },
  };
}
