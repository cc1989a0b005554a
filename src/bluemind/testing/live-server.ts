import type { Clock } from '../../base/clock.ts';
import { systemClock } from '../../node/system-clock.ts';
import { createDomain, createUser } from '../../server/admin/accounts.ts';
import { openServer, type RunningServer } from '../../server/open-server.ts';
import { QUICK_PASSWORDS } from '../../server/testing/quick-passwords.ts';
import { openSession, type Session } from '../session.ts';

/** A real server on a free port, in memory, with the accounts jane, who can log in, and john of demo.test. */
export async function liveServer(clock: Clock = systemClock): Promise<RunningServer> {
  const server = await openServer({ dataFile: ':memory:', clock, policy: QUICK_PASSWORDS });
  createDomain(server.kernel, { uid: 'demo.test' });
  const domain = 'demo.test';
  const password = "jane's secret";
  await createUser(server.kernel, { login: 'jane', domain, password, displayName: 'jane', uid: 'uid-jane' });
  await createUser(server.kernel, { login: 'john', domain, password: undefined, displayName: 'john', uid: 'uid-john' });
  return server;
}

/** Jane's line to a server; fails fast. */
export function janesSession(server: string, password = "jane's secret"): Session {
  return openSession({
    server,
    version: '0.0.0',
    clock: systemClock,
    random: Math.random,
    timeout: 5000,
    backoff: { attempts: 2, first: 10, longest: 10, patience: 10 },
    credentials: async () => ({ login: 'jane@demo.test', password }),
  });
}
