import { afterAll, beforeAll, expect, test } from 'vitest';
import { series } from '../testing/events.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { pushDelay: 30 } });
});
afterAll(() => world.close());

type Message = { requestId: string; statusCode: number; body: Record<string, unknown> };
type Bus = { send(frame: object): void; next(): Promise<Message>; waiting(): number; close(): void };

async function connect(path = '/eventbus/websocket'): Promise<Bus> {
  const socket = new WebSocket(world.server.url.replace('http', 'ws') + path);
  const messages: string[] = [];
  let wake = () => {};
  socket.addEventListener('message', ({ data }) => {
    messages.push(String(data));
    wake();
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    async next() {
      while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return JSON.parse(messages.shift() ?? '');
    },
    waiting: () => messages.length,
    close: () => socket.close(),
  };
}

const TOPIC = 'bm.calendar.hook.calendar:Default:U1.changed';

test('[PU1] [PU2] several writes of a moment are told once, by whom, and without a version', async () => {
  const bus = await connect();
  bus.send({ requestId: 'r1', method: 'register', path: TOPIC, headers: { 'X-BM-ApiKey': world.john.key } });
  expect(await bus.next()).toMatchObject({ requestId: 'r1', statusCode: 200 });
  for (const uid of ['a', 'b', 'c']) await world.john.call('PUT', `/calendars/calendar:Default:U1/${uid}`, series());
  expect(await bus.next()).toMatchObject({ requestId: TOPIC, body: { loginAtDomain: 'john@acme.test' } });
  bus.send({ requestId: 'r2', method: 'unregister', path: TOPIC, headers: {} });
  expect((await bus.next()).requestId).toBe('r2');
  expect(bus.waiting()).toBe(0);
  bus.close();
});

test('[PU3] a topic needs a session and the right to read', async () => {
  const bus = await connect();
  bus.send({ requestId: 'r1', method: 'register', path: TOPIC, headers: {} });
  expect((await bus.next()).statusCode).toBe(401);
  bus.send({ requestId: 'r2', method: 'register', path: TOPIC, headers: { 'X-BM-ApiKey': world.ann.key } });
  expect(await bus.next()).toMatchObject({ statusCode: 403, body: { errorCode: 'PERMISSION_DENIED' } });
  bus.close();
});

test('[PU4] any call of the API can be made in a frame', async () => {
  const bus = await connect();
  const headers = { 'X-BM-ApiKey': world.john.key };
  bus.send({ requestId: 'r1', method: 'GET', path: '/calendars/calendar:Default:U1/_all', headers, params: {} });
  expect(await bus.next()).toMatchObject({ requestId: 'r1', statusCode: 200, body: ['a', 'b', 'c'] });
  bus.send({ requestId: 'r2', method: 'POST', path: '/calendars/calendar:Default:U1/_mget', headers, body: ['b'] });
  expect(await bus.next()).toMatchObject({ requestId: 'r2', body: [{ uid: 'b' }] });
  bus.close();
});

test('[PU5] frames that are no JSON, or no frames, are answered and cost nothing else', async () => {
  const bus = await connect();
  for (const frame of [1, null, [], { method: 'TRACE', path: '/' }, { method: 5, path: {} }]) {
    bus.send(frame as object);
    expect((await bus.next()).statusCode).toBe(500);
  }
  bus.close();
});

test('[PU6] the framed form of SockJS opens with o and wraps messages in lists', async () => {
  const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/eventbus/000/abc/websocket`);
  const seen: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', reject);
    socket.addEventListener('message', ({ data }) => {
      seen.push(String(data));
      if (seen.length === 1)
        socket.send(
          JSON.stringify([JSON.stringify({ requestId: 'r', method: 'GET', path: '/system/installation/state' })]),
        );
      else resolve();
    });
  });
  expect(seen[0]).toBe('o');
  expect(JSON.parse(JSON.parse(seen[1]?.slice(1) ?? '')[0])).toMatchObject({ body: 'CORE_STATE_RUNNING' });
  socket.close();
});
