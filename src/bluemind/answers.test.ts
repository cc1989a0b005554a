/** An answer without a body is unknown, never empty: over real HTTP, by a server that says nothing at all. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listSubscriptions, listVisible } from './containers.ts';
import { itemService } from './item-service.ts';
import type { Session } from './session.ts';
import { readUserSettings } from './settings.ts';
import { listTags } from './tags.ts';
import { openTransport, type Transport } from './transport.ts';

let body: string;
const mute = createServer((_asked, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end(body));
let transport: Transport;
beforeAll(async () => {
  await new Promise<void>((listening) => mute.listen(0, '127.0.0.1', listening));
  transport = openTransport({ server: `http://127.0.0.1:${(mute.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await transport.close();
  await new Promise((closed) => mute.close(closed));
});

const session = {
  user: async () => ({ uid: 'jane', domainUid: 'demo.test' }),
  call: (call) => transport.send(call, 'key'),
} as Session;
const items = itemService(session, 'calendars');
const nothing = { add: [], modify: [], delete: [{ uid: 'a' }] };

it.each([
  ['the items', () => items.list('calendar')],
  ['their values', () => items.get('calendar', ['a'])],
  ['their number', () => items.count('calendar')],
  ['the version', () => items.version('calendar')],
  ['the change log', () => items.changeset('calendar', 3)],
  ['what became of a write', () => items.change('calendar', nothing)],
  ['the subscriptions', () => listSubscriptions(session)],
  ['the calendars', () => listVisible(session, 'calendar')],
  ['the tags', () => listTags(session)],
  ['the settings', () => readUserSettings(session)],
])('[G3] an answer that holds nothing says nothing about %s', async (_, ask) => {
  for (body of ['', 'null']) await expect(ask()).rejects.toMatchObject({ code: 'SERVER_BAD_ANSWER', retry: 'later' });
});

it('[G3] a list that is sent as one and is empty is empty', async () => {
  body = '[]';
  expect([await items.list('calendar'), await items.get('calendar', ['a'])]).toEqual([[], []]);
});
