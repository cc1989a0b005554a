import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from './kernel/operation.ts';
import { allOperations } from './operations.ts';
import { makeCall } from './testing/calls.ts';
import { LEFT_OUT } from './testing/left-out.ts';
import { openWorld, type Person, person as personOf, type World } from './testing/world.ts';

/** The facts about BlueMind that the table was made from; they lie beside the repository. */
const CONTRACT = process.env['REFERENCE'] ?? new URL('../../../shared/reference', import.meta.url).pathname;
const DOCS = new URL('../../docs/server.md', import.meta.url);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Named = Pick<Operation, 'service' | 'name' | 'method' | 'path'>;

/** Without the names of parameters, which the contract does not always spell in one way. */
const idOf = ({ service, name, method, path }: Omit<Named, 'method'> & { readonly method: string }) =>
  `${service}.${name} ${method} ${path.replace(/\{\w+\}/g, '{}')}`;

/** These are declared by BlueMind and refused by it, or are about what this server does not have. */
const REFUSED: Readonly<Record<string, string>> = {
  'ICalendar.allIds': '- 500',
  'IAddressBook.allIds': '- 500',
  'IDirectory.getRolesForOrgUnit': 'NOT_FOUND 404',
};

/** Run last, in this order: they end sessions or change what the server does. */
const LAST = [
  'IInstallation.demoteLeader',
  'IInstallation.promoteLeader',
  'IAuthentication.logout',
  'IInstallation.maintenanceMode',
  'IInstallation.runningMode',
];

/** Calls every operation once, so that it goes well. @returns how each was answered, by its id */
async function callAll(): Promise<ReadonlyMap<string, string>> {
  const boss = await world.add('boss', { manager: true });
  const rank = ({ service, name }: Operation) => LAST.indexOf(`${service}.${name}`);
  const answers = new Map<string, string>();
  for (const [number, operation] of allOperations()
    .toSorted((a, b) => rank(a) - rank(b))
    .entries()) {
    const answer = await callOne(operation, rank(operation) < 0 ? boss : again(boss), number);
    answers.set(idOf(operation), answer);
  }
  return answers;
}

/** The same person with a session of its own: the one before may have ended. */
function again(boss: Person): Person {
  const { kernel, url } = world.server;
  const entry = kernel.store.people.entry('acme.test', boss.uid);
  if (entry === undefined) throw new Error('the caller is gone');
  const { id } = kernel.sessions.open(entry, { origin: 'test', interactive: false, expired: false });
  return personOf(url, boss.uid, id);
}

async function callOne(operation: Operation, boss: Person, number: number): Promise<string> {
  const { path, body } = await makeCall(operation, { world, boss, number });
  const answer = await boss.raw(operation.method, path, {
    headers: { accept: 'application/json', 'content-type': contentTypeOf(operation) },
    body,
  });
  if (answer.status < 300) return 'done';
  const { errorCode = '-', message } = JSON.parse(answer.text) as { errorCode?: string; message: string };
  const refused = `${errorCode} ${answer.status}`;
  return REFUSED[`${operation.service}.${operation.name}`] === refused ? 'done' : `${refused}: ${message}`;
}

function contentTypeOf({ body }: Operation): string {
  return body.kind === 'stream' || body.kind === 'bytes' ? 'application/octet-stream' : 'application/json';
}

/** The section of the document, as this server answers now. */
function section(answers: ReadonlyMap<string, string>): string {
  const rows = [
    ...allOperations().map((operation) => ({ ...operation, state: answers.get(idOf(operation)) ?? 'not called' })),
    ...LEFT_OUT.map((operation) => ({ ...operation, state: `left out, because ${operation.because}` })),
  ].sort((a, b) => a.service.localeCompare(b.service));
  const done = rows.filter(({ state }) => state === 'done').length;
  return [
    `${done} of ${rows.length} operations of the contract are done. A test calls each and writes this table (\`UPDATE_DOCS=1\`).`,
    '',
    '| Service | Operation | Verb | Path below `/api` | State |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      ({ service, name, method, path, state }) => `| ${service} | ${name} | ${method} | \`${path}\` | ${state} |`,
    ),
    '',
  ].join('\n');
}

test('[docs] every operation answers a call that makes sense for it, and the table says so', async () => {
  const answers = await callAll();
  expect([...answers].filter(([, state]) => state !== 'done')).toEqual([]);
  expect(answers.size).toBe(allOperations().length);
  expect(answers.size).toBeGreaterThanOrEqual(200);
  const [before = '', table = ''] = readFileSync(DOCS, 'utf8').split(/(?<=^## Operations\n\n)/m);
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(DOCS, `${before}${section(answers)}`);
  else expect(table).toBe(section(answers));
});

test.runIf(existsSync(`${CONTRACT}/bluemind-contract.json`))(
  '[docs] every operation of the contract is answered, or left out with its reason',
  () => {
    const contract = JSON.parse(readFileSync(`${CONTRACT}/bluemind-contract.json`, 'utf8')) as {
      service: string;
      operation: string;
      method: string;
      path: string;
    }[];
    expect([...allOperations(), ...LEFT_OUT].map(idOf).toSorted()).toEqual(
      contract
        .map(({ service, operation, method, path }) => idOf({ service, name: operation, method, path: path.slice(4) }))
        .toSorted(),
    );
  },
);
