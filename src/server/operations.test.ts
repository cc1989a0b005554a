import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from './kernel/operation.ts';
import { allOperations } from './operations.ts';
import { series } from './testing/events.ts';
import { sample } from './testing/sample.ts';
import { openWorld, type World } from './testing/world.ts';

/** The facts about BlueMind that the table was made from; they lie beside the repository. */
const CONTRACT = process.env['REFERENCE'] ?? new URL('../../../shared/reference', import.meta.url).pathname;
const DOCS = new URL('../../docs/server.md', import.meta.url);

type Row = { readonly service: string; readonly name: string; readonly call: string; readonly done: boolean };

const rows: readonly Row[] = [
  ...readFileSync(DOCS, 'utf8').matchAll(/^\| (I\w+) \| (\w+) \| ([A-Z]+) \| `([^`]+)` \| (done|left out: .+) \|$/gm),
].map(([, service = '', name = '', method = '', path = '', state = '']) => ({
  service,
  name,
  call: `${method} ${path}`,
  done: state === 'done',
}));

const callOf = (operation: Operation) => `${operation.method} ${operation.path}`;
/** Without the names of parameters, which the contract does not always spell in one way. */
const bare = (call: string) => call.replace(/\{\w+\}/g, '{}');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('[docs] the table of operations says exactly what the server answers, at least 200 operations', () => {
  const told = rows.filter((row) => row.done).map((row) => `${row.service}.${row.name} ${bare(row.call)}`);
  const answered = allOperations().map((found) => `${found.service}.${found.name} ${bare(callOf(found))}`);
  expect(told.toSorted()).toEqual(answered.toSorted());
  expect(told.length).toBeGreaterThanOrEqual(200);
});

test.runIf(existsSync(`${CONTRACT}/bluemind-contract.json`))(
  '[docs] the table names every operation of the contract',
  () => {
    const contract = JSON.parse(readFileSync(`${CONTRACT}/bluemind-contract.json`, 'utf8')) as {
      service: string;
      operation: string;
      method: string;
      path: string;
    }[];
    expect(rows.map((row) => `${row.service}.${row.name} ${bare(row.call)}`).toSorted()).toEqual(
      contract
        .map(({ service, operation, method, path }) => `${service}.${operation} ${method} ${bare(path.slice(4))}`)
        .toSorted(),
    );
  },
);

/** Calls that would end what the test stands on; each has a test of its own. */
const ENDING = /auth\/logout|_maintenance|_demote|^DELETE \/(users|directory)/;

test('[docs] every operation answers a call that makes sense for it: no bug, no made-up refusal of what it knows', async () => {
  const boss = await world.add('boss', { manager: true });
  await world.john.call('PUT', '/calendars/calendar:Default:U1/known', series());
  const unexpected: string[] = [];
  for (const operation of allOperations()) {
    if (ENDING.test(callOf(operation))) continue;
    const answer = await boss.raw(operation.method, filled(operation), {
      headers: { accept: 'application/json', 'content-type': contentTypeOf(operation) },
      body: bodyOf(operation),
    });
    const error = answer.status < 300 ? undefined : (JSON.parse(answer.text) as { errorType: string; message: string });
    const unknown = error?.message === 'There is no such operation.';
    if (unknown || error?.errorType === 'java.lang.RuntimeException' || answer.status === 401)
      unexpected.push(`${callOf(operation)}: ${answer.status} ${answer.text}`);
  }
  expect(unexpected).toEqual([]);
});

/** Values for path parameters that exist, by where they stand. */
function filled({ path }: Operation): string {
  const container = CONTAINERS.find(([start]) => path.startsWith(start))?.[1] ?? 'calendar:Default:U1';
  const values: Readonly<Record<string, string>> = {
    containerUid: container,
    calendarUid: container,
    destContainerUid: 'book:CollectedContacts_U1',
    uid: path.startsWith('/users/') || path.startsWith('/directory/') ? 'U1' : 'known',
    domainUid: 'acme.test',
    domain: 'acme.test',
    ownerUid: 'U1',
    userUid: 'U1',
    subject: 'U1',
    entryUid: 'U1',
    id: '1',
    mode: 'PUBLIC',
    email: 'john@acme.test',
    login: 'john',
    name: 'timezone',
  };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? `x-${name}`));
}

const CONTAINERS: readonly (readonly [string, string])[] = [
  ['/addressbooks', 'book:Contacts_U1'],
  ['/mgmt/addressbooks', 'book:Contacts_U1'],
  ['/todolist', 'todolist:default_U1'],
  ['/notes', 'notes:default_U1'],
  ['/tags', 'tags_U1'],
  ['/calendars/view', 'calendarview:U1'],
  ['/calendars/vfreebusy', 'freebusy:U1'],
  ['/mgmt/freebusy', 'freebusy:U1'],
  ['/users/{containerUid}', 'acme.test'],
];

function contentTypeOf({ body }: Operation): string {
  return body.kind === 'stream' || body.kind === 'bytes' ? 'application/octet-stream' : 'application/json';
}

function bodyOf({ body }: Operation): string | undefined {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return JSON.stringify(body.schema === undefined ? null : sample(body.schema, () => 0.3));
    default:
      return '"x"';
  }
}
