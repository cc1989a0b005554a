/** `connector calendars` and `connector books` through the program: what they print, ask, refuse and end with. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXIT, EXIT_OF_FAILURE } from '../../src/cli/exit-codes.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { inside, json } from './connector.ts';
import { FRIENDS, type Office, openOffice, TEAM } from './folder-world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.run();
});
afterEach(() => office.close());

const connector = (...args: string[]) => inside([...args, '--data', office.home]);

/** A person sits there and answers. */
async function asked(answer: boolean, ...args: string[]) {
  const questions: string[] = [];
  let out = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
    input: async () => '',
    interactive: false,
    confirm: async (question: string) => {
      questions.push(question);
      return answer;
    },
  };
  const options = { terminal, version: 'test', signal: new AbortController().signal };
  const exit = await runCli([...args, '--data', office.home], options);
  return { exit, out, questions };
}

it('[F14] a book is added, seen, filled in Outlook, renamed and deleted when the person says yes', async () => {
  const made = json<{ uid: string; name: string }>(await connector('books', 'add', 'Clients', '--json'));
  expect(await office.folders()).toContain('Clients');
  await office.write('Clients', 'Zoe');
  await office.run();
  expect((await connector('books', 'rename', 'clients', 'Customers')).exit).toBe(EXIT.DONE);
  expect(await office.inOutlook('Customers')).toEqual(['Zoe']);
  const refused = await connector('books', 'delete', 'Customers');
  expect([refused.exit, refused.err]).toEqual([
    EXIT_OF_FAILURE['CONTAINER_NOT_EMPTY'],
    '“Customers” holds 1 contact, which would be deleted with it. Nothing was done; say that you want this (--yes). [CONTAINER_NOT_EMPTY]\n',
  ]);
  expect(await asked(false, 'books', 'delete', 'Customers')).toEqual({
    ...{ exit: EXIT.DONE, out: 'Nothing was deleted.\n' },
    questions: ['“Customers” holds 1 contact, which would be deleted with it. Delete it?'],
  });
  expect(office.onServer(made.uid)).toEqual(['Zoe']);
  const deleted = await asked(true, 'books', 'delete', 'Customers', '--json');
  expect([deleted.exit, JSON.parse(deleted.out), office.onServer(made.uid)]).toEqual([
    ...[EXIT.DONE, { deleted: made.uid }],
    undefined,
  ]);
  expect(await office.folders()).toContain('-Customers');
});

it('[F14] a calendar is found, subscribed and unsubscribed; one’s own refuses', async () => {
  office.shared(TEAM, 'Team', 'Read');
  office.unsubscribe(TEAM);
  await office.book(FRIENDS, 'Friends', 3);
  const { out } = await connector('calendars', '--search', 'team');
  expect(out).toBe(`[ ]  Team  John Roe  R  ${TEAM}\n`);
  const said = await connector('calendars', 'subscribe', 'Team');
  expect([said.exit, said.out.split('\n')[0]]).toEqual([EXIT.DONE, 'Subscribed to Team (John Roe).']);
  // Only what was asked for is synchronized; the rest waits for its run.
  expect([await office.folders(), await office.inOutlook('Friends')]).toEqual([
    expect.arrayContaining(['Team (John Roe)']),
    [],
  ]);
  const rows = json<{ name: string; subscribed: boolean }[]>(await connector('calendars', 'list', '--json'));
  expect(rows.map(({ name, subscribed }) => [name, subscribed])).toEqual([
    ['Jane Doe', true],
    ['Team', true],
  ]);
  expect((await connector('calendars', 'unsubscribe', TEAM)).out).toContain('Unsubscribed from Team (John Roe).');
  expect(await office.folders()).toContain('-Team (John Roe)');
  const refused = await connector('calendars', 'unsubscribe', 'Jane Doe');
  expect([refused.exit, refused.err]).toEqual([
    EXIT_OF_FAILURE['CONTAINER_DEFAULT'],
    '“Jane Doe” is your own calendar: you cannot unsubscribe from it. [CONTAINER_DEFAULT]\n',
  ]);
});

it('[F11] [G5] the question about a whole folder is answered with `held`', async () => {
  await office.book(FRIENDS, 'Friends', 3);
  await office.run();
  const folder = (...args: string[]) => connector('outlook', 'folder', ...args);
  expect((await folder('delete', 'Friends')).exit).toBe(EXIT.DONE);
  expect((await connector('sync')).exit).toBe(EXIT.INCOMPLETE);
  const [held] = json<{ key: string; title: string; rule: string }[]>(await connector('held', 'list', '--json'));
  expect(held).toMatchObject({ title: 'Friends', rule: 'G5' });
  await connector('held', 'restore', held?.key ?? '');
  expect((await connector('sync')).exit).toBe(EXIT.DONE);
  expect(await office.inOutlook('Friends')).toHaveLength(3);
  expect((await connector('held', 'list')).out).toBe('Nothing waits for you.\n');
});

it('folders of Outlook are made, renamed and moved from the command line', async () => {
  const folder = (...args: string[]) => connector('outlook', 'folder', ...args);
  for (const args of [
    ['make', 'Trips', '--kind', 'calendar'],
    ['rename', 'Trips', 'Travel'],
    ['move', 'Travel', 'Inbox'],
  ])
    expect((await folder(...args)).exit).toBe(EXIT.DONE);
  expect((await connector('outlook', 'folders')).out).toContain('calendar   Travel');
  expect((await folder('delete', 'Nothing')).exit).toBe(EXIT_OF_FAILURE['FOLDER_NOT_FOUND']);
});

it('an item of Outlook is moved from the command line into a folder of its kind, and into no other', async () => {
  await office.write('Calendar', 'Wanders');
  await connector('outlook', 'folder', 'make', 'Trips', '--kind', 'calendar');
  const [first] = json<{ id: string }[]>(await connector('outlook', 'list', 'Calendar', '--json'));
  const id = first?.id ?? '';
  const refused = await connector('outlook', 'move', id, 'Contacts');
  expect([refused.exit, refused.err]).toEqual([
    EXIT_OF_FAILURE['VALUE_INVALID'],
    'Contacts takes no events. [VALUE_INVALID]\n',
  ]);
  expect((await connector('outlook', 'move', id, 'Trips')).out).toBe('Moved “Wanders” from Calendar to Trips.\n');
  expect([await office.inOutlook('Calendar'), await office.inOutlook('Trips')]).toEqual([[], ['Wanders']]);
});
