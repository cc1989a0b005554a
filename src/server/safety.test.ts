import { request } from 'node:https';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { selfSigned } from '../../test/end-to-end/self-signed.ts';
import { createDomain, createUser } from './admin/accounts.ts';
import { openKernel, openServer } from './open-server.ts';
import { newThrottle, THROTTLE } from './sessions/throttle.ts';
import { ask } from './testing/http.ts';
import { fakeClock, openWorld } from './testing/world.ts';

test('[SC1] a password is stored as scrypt with a salt of its own, a key has 256 bits', async () => {
  const { kernel, close } = openKernel({ dataFile: ':memory:' });
  createDomain(kernel, { uid: 'acme.test' });
  for (const login of ['john', 'ann'])
    await createUser(kernel, { login, uid: login, domain: 'acme.test', password: 'secret', displayName: login });
  const stored = (uid: string) => kernel.store.people.credential('acme.test', uid)?.hash.split('$') ?? [];
  expect(stored('john')).toEqual(['scrypt', '16384', '8', '1', expect.stringMatching(/^.{24}$/), expect.any(String)]);
  expect(stored('john')[4]).not.toBe(stored('ann')[4]);
  await close();
  const world = await openWorld();
  try {
    const { sid } = await world.john.call('PUT', '/auth/keys?displayName=x');
    for (const key of [world.john.key, sid]) expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(sid).not.toBe(world.john.key);
  } finally {
    await world.close();
  }
});

test('[SC2] attempts made at once wait for each other, a success forgets those of the account', async () => {
  const waited: number[] = [];
  const throttle = newThrottle({ ...fakeClock(), sleep: async (ms) => void waited.push(ms) });
  const attempts = (account: string, address: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => throttle.attempt(account, address)));
  await attempts('jane', 'a', THROTTLE.free + 1);
  expect(waited).toEqual([]);
  await attempts('jane', 'b', 3);
  expect(waited).toEqual([THROTTLE.first, 2 * THROTTLE.first, 4 * THROTTLE.first]);
  throttle.succeeded('jane', 'b');
  await attempts('jane', 'c', 1);
  expect(waited.length).toBe(3);
  // The address has guessed at others before.
  await attempts('bob', 'a', 1);
  expect(waited.length).toBe(4);
  await attempts('bob', 'b', 1);
  expect(waited.length).toBe(4);
});

test('[SC3] with a certificate there is TLS and nothing else; without one, only this machine is listened to', async () => {
  const tls = selfSigned();
  const server = await openServer({ dataFile: ':memory:', tls });
  try {
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
    const state = await new Promise<string>((resolve, reject) => {
      request(
        `${server.url}/api/system/installation/state`,
        { ca: tls.cert, checkServerIdentity: () => undefined },
        (answer) => answer.setEncoding('utf8').on('data', resolve),
      )
        .on('error', reject)
        .end();
    });
    expect(state).toBe('CORE_STATE_RUNNING');
    const clear = server.url.replace('https:', 'http:');
    await expect(ask({ method: 'GET', url: `${clear}/api/system/installation/state` })).rejects.toThrow();
  } finally {
    await server.close();
  }
});

test.each([
  ['headers that never end', 'GET /api/auth/ping HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['a body that never comes', 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"'],
])('[SC4] %s: cut, and others are served meanwhile', async (_, start) => {
  const server = await openServer({ dataFile: ':memory:', patience: 400 });
  try {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname, () => socket.write(start));
    socket.on('error', () => undefined).resume();
    const cut = new Promise((resolve) => socket.on('close', resolve));
    const answer = await ask({ method: 'GET', url: `${server.url}/api/system/installation/state` });
    expect([answer.status, socket.closed]).toEqual([200, false]);
    await cut;
  } finally {
    await server.close();
  }
});
