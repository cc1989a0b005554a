import { randomBytes, randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { openAgent } from '../../src/agent/agent.ts';
import { openCredentialStore } from '../../src/agent/credentials.ts';
import { totalsOf } from '../../src/agent/summary.ts';
import { openSession } from '../../src/bluemind/session.ts';
import { writePng } from '../../src/node/pictures/png.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { openEmulator } from '../../src/outlook/emulator/open-emulator.ts';
import { createDomain, createUser } from '../../src/server/admin/accounts.ts';
import { openServer } from '../../src/server/open-server.ts';

/** What a run cost. */
export type Cost = {
  readonly changes: number;
  readonly failed: number;
  readonly requests: number;
  readonly calls: number;
};

export type ContactsWorld = {
  run(): Promise<Cost>;
  /** Other titles for the first contacts. */
  changeOnServer(count: number): Promise<void>;
  close(): Promise<void>;
};

const DOMAIN = 'demo.test';
const LOGIN = `jane@${DOMAIN}`;
const BOOK = '/addressbooks/book%3AContacts_uid-jane';
/** @units cards per call */
const AT_ONCE = 50;

/** Requests of this process, as its HTTP client tells them. */
let requests = 0;
channel('undici:request:create').subscribe(() => {
  requests += 1;
});

/** A directory of `count` people, and Jane, who has it and `count` contacts with a photo each. */
export async function contactsWorld(options: {
  readonly home: string;
  readonly count: number;
  readonly progress?: (words: string) => void;
}): Promise<ContactsWorld> {
  const { home, count, progress = () => {} } = options;
  const server = await openServer({ dataFile: join(home, 'server.sqlite') });
  createDomain(server.kernel, { uid: DOMAIN });
  await createUser(server.kernel, {
    login: 'jane',
    domain: DOMAIN,
    password: 'a secret',
    displayName: 'Jane',
    uid: 'uid-jane',
  });
  for (let at = 0; at < count; at++)
    await createUser(server.kernel, {
      login: `p${at}`,
      domain: DOMAIN,
      password: undefined,
      displayName: `Person ${at}`,
      uid: `uid-${at}`,
    });
  progress(`a directory of ${count}`);
  const credentials = async () => ({ login: LOGIN, password: 'a secret' });
  const line = openSession({
    server: server.url,
    version: 'bench',
    clock: systemClock,
    random: Math.random,
    credentials,
  });
  const update = (changes: object) =>
    line.call({ method: 'PUT', path: `${BOOK}/_mupdates`, body: { add: [], modify: [], delete: [], ...changes } });
  for (let from = 0; from < count; from += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - from);
    await update({
      add: Array.from({ length: size }, (_, at) => ({ uid: `c${from + at}`, value: card(from + at), photo: photo() })),
    });
  }
  await line.call({
    method: 'POST',
    path: `/users/${DOMAIN}/subscriptions/uid-jane/_subscribe`,
    body: [{ containerUid: `addressbook_${DOMAIN}`, offlineSync: true, automount: true }],
  });
  progress(`${count} contacts`);
  const emulator = openEmulator({
    file: join(home, 'outlook.sqlite'),
    clock: systemClock,
    random: Math.random,
    profile: { user: { name: 'Jane', address: LOGIN } },
  });
  const agent = openAgent({
    file: join(home, 'agent.sqlite'),
    lockFile: join(home, 'run.lock'),
    credentials: await openCredentialStore(home),
    executor: emulator.executor,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    version: 'bench',
  });
  await agent.addAccount({ server: server.url, login: LOGIN, password: 'a secret' });
  return {
    run: async () => {
      const [asked, called] = [requests, emulator.executor.calls()];
      const { changes, failed } = totalsOf((await agent.run()).folders);
      return { changes, failed, requests: requests - asked, calls: emulator.executor.calls() - called };
    },
    changeOnServer: async (many) => {
      for (let from = 0; from < many; from += AT_ONCE) {
        const size = Math.min(AT_ONCE, many - from);
        const modify = Array.from({ length: size }, (_, at) => ({
          uid: `c${from + at}`,
          value: card(from + at, 'Baker'),
          photo: null,
        }));
        await update({ modify });
      }
    },
    close: async () => {
      await agent.close();
      emulator.close();
      await line.close();
      await server.close();
    },
  };
}

function card(at: number, title: string | null = null): object {
  return {
    kind: 'individual',
    identification: {
      formatedName: { value: `Given${at} Family${at}` },
      name: { givenNames: `Given${at}`, familyNames: `Family${at}` },
    },
    organizational: { title, org: { company: `Company ${at % 40}` }, member: [] },
    communications: {
      emails: [{ value: `given${at}@example.com`, parameters: [{ label: 'TYPE', value: 'work' }] }],
      tels: [{ value: `+33 6 ${at}`, parameters: [{ label: 'TYPE', value: 'cell' }] }],
      impps: [],
      langs: [],
    },
  };
}

/** About 16 KB that cannot be packed. */
function photo(): string {
  const side = 64;
  return Buffer.from(writePng({ width: side, height: side, rgba: randomBytes(side * side * 4) })).toString('base64');
}
