import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { afterEach, expect, it } from 'vitest';
import { type Input, type ReadName, ROUTES, type WriteName } from '../api/routes.ts';
import { event } from '../api/shapes.ts';
import { type HostWorld, hostWorld, LOGIN, PASSWORD } from './testing/host-world.ts';
import { outlookPerson, serverPerson, signedIn } from './testing/users.ts';

let world: HostWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Words that stand nowhere but in what is the user's. */
const [SECRET, PLACE] = ['Zwergenbesprechung', 'Hinterzimmer'];

/** A connected world in which both sides have made, changed and deleted something, with advanced logging. */
async function busy(): Promise<HostWorld> {
  const made = await hostWorld();
  world = made;
  await made.agent.addAccount(made.account);
  await made.start();
  await made.client.post('options/save', { advancedLogging: true });
  // What lies in Outlook before the first run is left alone.
  await made.until(() => made.reports.length > 0, 'the first run');
  const outlook = outlookPerson(made.outlook);
  const server = serverPerson(made.server, await signedIn(made.server, LOGIN, PASSWORD));
  const both = async (title: string) =>
    (await outlook.titles()).includes(title) && (await server.titles()).includes(title);
  await outlook.add(`${SECRET} one`, 3);
  await server.add(`${SECRET} two`, 4);
  await made.until(
    async () => (await both(`${SECRET} one`)) && (await both(`${SECRET} two`)),
    'both items on both sides',
  );
  await server.rename(`${SECRET} one`, `${SECRET} in the ${PLACE}`);
  await outlook.remove(`${SECRET} two`);
  await made.until(async () => both(`${SECRET} in the ${PLACE}`), 'the new name');
  await made.until(async () => !(await server.titles()).includes(`${SECRET} two`), 'the deletion');
  await made.until(async () => (await made.client.get('status')).state === 'idle', 'rest');
  return made;
}

it('every answer and every event fits the schema that the client’s types and the document are made from', async () => {
  const { client, events } = await busy();
  const faults: unknown[] = [];
  const fits = (name: ReadName | WriteName, answer: unknown) => {
    const { answer: schema } = ROUTES[name];
    if (!Value.Check(schema, answer)) faults.push([name, Value.Errors(schema, answer).slice(0, 3)]);
    return answer;
  };
  const get = async <N extends ReadName>(name: N, query?: Input<N>) => fits(name, await client.get(name, query));
  const post = async <N extends WriteName>(name: N, body: Input<N>) => fits(name, await client.post(name, body));
  for (const name of ['status', 'folders', 'runs', 'held', 'conflicts', 'attention', 'options', 'log'] as const)
    await get(name);
  const history = (await get('history', { find: SECRET.toLowerCase() })) as readonly { id: string; did: string }[];
  expect(history.map(({ did }) => did).sort()).toEqual(['delete', 'update']);
  const runs = (await get('runs')) as readonly { id: number }[];
  for (const { id } of runs) await get('runs/one', { id, language: 'fr' });
  await post('plan', { language: 'fr' });
  await post('open', { dialog: 'history' });
  await get('containers', { kind: 'calendar' });
  await post('containers/add', { kind: 'addressbook', name: 'Suppliers' });
  const books = (await get('containers', { kind: 'addressbook', search: 'suppl' })) as readonly { uid: string }[];
  const uid = books[0]?.uid ?? '';
  await post('containers/rename', { kind: 'addressbook', uid, name: 'Partners' });
  await post('containers/save', { kind: 'addressbook', subscribe: [], unsubscribe: [uid] });
  await post('containers/delete', { kind: 'addressbook', uid, confirmed: true });
  await post('history/restore', { id: history.find(({ did }) => did === 'delete')?.id ?? '' });
  await post('verify', {});
  await post('repair', {});
  await post('reset/look', {});
  await post('report', {});
  await post('run', {});
  await post('run/cancel', {});
  await post('reset', { unsent: 'send' });
  await post('account/test', { server: world?.line.url ?? '', login: LOGIN });
  await post('account/password', { password: PASSWORD });
  for (const told of events) if (!Value.Check(event, told)) faults.push([Value.Errors(event, told).slice(0, 3)]);
  expect(faults).toEqual([]);
});

it('disconnecting keeps what Outlook shows, or takes out what the connector put there and nothing else', async () => {
  const made = await busy();
  const outlook = outlookPerson(made.outlook);
  expect(await made.client.post('account/disconnect', { outlook: 'keep' })).toMatchObject({ disconnected: true });
  expect((await made.client.get('status')).state).toBe('unconnected');
  const kept = await outlook.titles();
  expect(kept).toContain(`${SECRET} in the ${PLACE}`);
  await made.client.post('account/connect', made.account);
  await made.until(async () => (await made.client.get('status')).state === 'idle', 'in step again');
  const runs = made.reports.length;
  await made.until(() => made.reports.length >= runs, 'a run');
  await made.client.post('account/disconnect', { outlook: 'remove' });
  expect(made.agent.accounts()).toEqual([]);
  expect(made.agent.pairs()).toEqual([]);
});

it('[A2] the log and the bundle for support tell what went on, and nothing of the user’s, advanced logging or not', async () => {
  const made = await busy();
  await made.client.post('account/password', { password: 'a wrong one 99' }).catch(() => undefined);
  await made.client.post('account/test', { ...made.account, login: 'somebody@else.test' }).catch(() => undefined);
  const folder = join(made.folder, 'logs');
  const log = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  const { text } = await made.client.post('report', {});
  const kinds = new Set(
    log
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { msg: string }).msg),
  );
  for (const kind of ['run', 'call', 'outlook', 'trigger', 'action', 'failure']) expect(kinds).toContain(kind);
  const uids = made.server.kernel.store.containers.ofOwner('uid-jane', 'demo.test').map(({ uid }) => uid);
  const secrets = [
    ...[
      SECRET,
      PLACE,
      PASSWORD,
      'a wrong one 99',
      'somebody',
      'else.test',
      LOGIN,
      'jane',
      'Jane',
      'demo.test',
      'Suppliers',
    ],
    ...[
      made.server.url,
      made.line.url,
      (JSON.parse(readFileSync(join(made.folder, 'api.json'), 'utf8')) as { token: string }).token,
    ],
    ...uids,
  ];
  for (const secret of secrets) {
    expect([secret, log.includes(secret)]).toEqual([secret, false]);
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  }
});
