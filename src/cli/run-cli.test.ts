import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS as LAZY } from './commands.ts';
import { newContext } from './context.ts';
import { connectorProgram, everyCommand, runCli } from './run-cli.ts';
import type { Terminal } from './terminal.ts';

type Said = { exit: number; out: string; err: string };

async function run(args: readonly string[], given: { input?: string; secret?: string } = {}): Promise<Said> {
  const said: Said = { exit: -1, out: '', err: '' };
  const { secret } = given;
  const terminal: Terminal = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    input: async () => given.input ?? '',
    secret: secret === undefined ? undefined : async () => secret,
    interactive: false,
  };
  said.exit = await runCli(args, { terminal, version: '1.2.3', signal: new AbortController().signal });
  return said;
}

const folder = () => mkdtempSync(join(tmpdir(), 'connector-cli-'));
const nowhere: Terminal = { out: () => {}, err: () => {}, input: async () => '', interactive: false };
const program = (name?: string) => connectorProgram(newContext(nowhere, '1', new AbortController().signal), name);
type Command = Awaited<ReturnType<typeof program>>;

/** `outlook put` */
function pathOf(command: Command): string {
  return command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

const COMMANDS = everyCommand(await program()).map((command) => [pathOf(command), command] as const);
const LEAVES = COMMANDS.filter(([, { commands }]) => commands.length === 0);

it.each([...LAZY])('%s is found under its own name, alone', async (name, make) => {
  expect((await make(newContext(nowhere, '1', new AbortController().signal))).name()).toBe(name);
  expect((await program(name)).commands.map((command) => command.name())).toEqual([name]);
});

it("an option behind a command is that command's, also where the one above it has the same", async () => {
  const place = join(folder(), 'not-there');
  for (const args of [
    ['import', 'list'],
    ['import', 'undo', 'a'],
    ['history', 'list'],
  ])
    expect((await run([...args, '--data', place])).err).toContain(place);
});

it('a report for a folder that is not there says so and names the file', async () => {
  const data = folder();
  const out = join(data, 'not-there', 'report.json');
  const { exit, err } = await run(['report', '--data', data, '--out', out]);
  expect({ exit, named: err.includes(`${out} cannot be written: name one with --out`) }).toEqual({
    exit: 50,
    named: true,
  });
});

describe('help', () => {
  it.each(COMMANDS.map(([path]) => path))(
    'of %s says what it does, its options, and what the exit codes mean',
    async (path) => {
      const { exit, out, err } = await run([...path.split(' '), '--help']);
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      expect(out).toMatch(/^Usage: connector /);
      expect(out).toContain('docs/errors.md');
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
    },
  );

  it('of a command that does something by itself tells the options of what it does then', async () => {
    const tells = { runs: '--most', history: '--text', report: '--note', conflicts: '--data', update: '--json' };
    for (const [name, option] of Object.entries({ ...tells, books: '--search', share: 'right' })) {
      const { out } = await run([name, '--help']);
      expect({ name, told: out.slice(out.indexOf('Without a command')).includes(`  ${option}`) }).toEqual({
        name,
        told: true,
      });
    }
  });

  it.each(LEAVES)('%s takes --data and --json', (_, command) => {
    expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(['--data', '--json']));
  });

  it.each(LEAVES)('%s stands in docs/cli.md with all its options and arguments', (path, command) => {
    const document = readFileSync('docs/cli.md', 'utf8');
    expect(document).toMatch(new RegExp(`\`${path}\\b`));
    for (const { long } of command.options) expect(document).toContain(long);
  });

  it('the version', async () => {
    expect(await run(['--version'])).toEqual({ exit: 0, out: '1.2.3\n', err: '' });
  });
});

describe('a command line that is not understood', () => {
  it.each([
    [['syn'], 'Did you mean sync?'],
    [['outlook', 'lst'], 'Did you mean list?'],
    [['sync', '--dry'], '--dry'],
    [['account', 'add', '--login', 'a@b'], '--server'],
    [['share', 'one'], 'with'],
    [['status', 'more'], 'too many'],
    [[], 'Usage'],
  ])('%j exits with 2 and says why on standard error', async (args, words) => {
    const { exit, out, err } = await run(args);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(words);
  });
});

describe('passwords', () => {
  const add = (data: string) => ['user', 'add', 'jane@demo.test', '--data', data];

  it.each([
    ['from standard input', ['--password-stdin'], { input: 'pass phrase\nmore' }],
    ['typed by a person', [], { secret: 'pass phrase' }],
  ])('%s: taken, and nowhere shown, logged or stored in clear', async (_, more, given) => {
    const data = folder();
    const { exit, out, err } = await run([...add(data), ...more], given);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    await run([...add(data), ...more], given);
    expect(out).not.toContain('pass phrase');
    for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' }))
      if (/\.(sqlite.*|json|log|key)$/.test(name))
        expect(readFileSync(join(data, name), 'latin1')).not.toContain('pass phrase');
  });

  it.each([
    ['nobody sits there', [], {}],
    ['standard input is empty', ['--password-stdin'], { input: '' }],
    ['nothing is typed', [], { secret: '' }],
  ])('missing where %s: exit 79, and nothing is made', async (_, more, given) => {
    const data = join(folder(), 'data');
    expect(await run([...add(data), ...more], given)).toMatchObject({ exit: 79, out: '' });
    expect(existsSync(data)).toBe(false);
  });

  it.each([['--password', 'pass phrase'], ['--password=pass phrase'], ['-ppass phrase'], ['pass phrase']])(
    'on the command line (%s) are not understood, and not repeated',
    async (...typed) => {
      const { exit, out, err } = await run([...add(folder()), ...typed]);
      expect({ exit, out }).toEqual({ exit: 2, out: '' });
      expect(err).toMatch(/^error: (unknown option '--?p(assword)?'|too many arguments for 'add'\. .* but got 2\.)\n/);
    },
  );
});

describe('a session at the embedded server and in Outlook', () => {
  it('accounts, containers and shares, as text and as JSON', async () => {
    const data = ['--data', folder()];
    const json = async (args: readonly string[], input = '') => {
      const { exit, out, err } = await run([...args, ...data, '--json'], { input });
      expect({ exit, err }).toEqual({ exit: 0, err: '' });
      return JSON.parse(out);
    };
    const jane = await json(['user', 'add', 'jane@demo.test', '--password-stdin'], 'x');
    await json(['user', 'add', 'bob@demo.test', '--name', 'Bob Roe', '--password-stdin'], 'x');
    expect(jane).toEqual({ uid: expect.any(String), login: 'jane@demo.test' });
    expect((await run(['user', 'list', ...data])).out).toBe('bob@demo.test   Bob Roe\njane@demo.test  jane\n');
    const sports = await json(['calendar', 'add', 'bob@demo.test', 'Sports']);
    expect(sports).toEqual({ uid: expect.any(String), name: 'Sports', owner: 'bob@demo.test' });
    expect(await json(['calendar', 'list'])).toContainEqual({
      uid: sports.uid,
      name: 'Sports',
      owner: 'bob@demo.test',
    });
    expect(await json(['book', 'list'])).toContainEqual(
      expect.objectContaining({ name: 'My contacts', owner: 'jane@demo.test' }),
    );
    const shared = { container: sports.uid, with: 'jane@demo.test', right: 'Write' };
    expect(await json(['share', sports.uid, 'jane@demo.test', 'Write'])).toEqual(shared);
  });

  it('an item is put, listed, shown, edited and deleted', async () => {
    const data = folder();
    const call = async (...args: readonly string[]) => run(['outlook', ...args, '--data', data]);
    const file = join(data, 'one.ics');
    const event = ['UID:one', 'SUMMARY:Lunch', 'DTSTART:20260309T110000Z', 'DTEND:20260309T120000Z'];
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR', ''];
    writeFileSync(file, lines.join('\r\n'));
    expect(await call('put', file)).toEqual({ exit: 0, out: 'Saved 1 item into Calendar.\n', err: '' });
    const [, id = '', when, title] = /^(\S+) {2}(.*\S) {2,}(\S+)\n$/.exec((await call('list')).out) ?? [];
    expect([when, title]).toEqual([expect.stringMatching(/^2026-03-09 1\d:00 /), 'Lunch']);
    expect((await call('show', id)).out).toContain('"title": "Lunch"');
    expect((await call('edit', id, '--subject', 'Dinner', '--minutes', '90')).out).toBe(
      'Changed “Dinner” in Calendar.\n',
    );
    expect(await call('edit', id)).toMatchObject({
      exit: 93,
      err: expect.stringMatching(/^Say what to change: --subject/),
    });
    expect(await call('edit', id, '--phone', '1')).toMatchObject({
      exit: 93,
      err: expect.stringContaining('An event can'),
    });
    expect(await call('edit', id, '--start', 'soon')).toMatchObject({ exit: 93 });
    expect((await call('delete', id)).out).toBe('Deleted “Dinner” from Calendar.\n');
    expect(await call('show', id)).toMatchObject({ exit: 72 });
    expect(await call('show', '')).toMatchObject({ exit: 72 });
    expect(await call('list', 'Nowhere')).toMatchObject({ exit: 71 });
    expect(await call('list')).toEqual({ exit: 0, out: 'The folder is empty.\n', err: '' });
  });

  it('a file put twice makes no second item: what it changes is updated, the rest left as it was', async () => {
    const data = folder();
    const put = async (name: string, ...lines: readonly string[]) => {
      writeFileSync(join(data, name), [...lines, ''].join('\r\n'));
      return (await run(['outlook', 'put', join(data, name), '--data', data])).out;
    };
    const event = (uid: string, title: string) => [
      ...['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:${title}`, 'DTSTART:20260309T110000Z', 'DTEND:20260309T120000Z'],
      'END:VEVENT',
    ];
    const calendar = (...events: readonly string[]) =>
      put('a.ics', 'BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR');
    const card = (name: string) =>
      put(
        'a.vcf',
        'BEGIN:VCARD',
        'VERSION:3.0',
        'UID:c',
        `N:${name};Ann`,
        `FN:Ann ${name}`,
        'EMAIL:a@b.test',
        'END:VCARD',
      );
    expect(await calendar(...event('a', 'Lunch'), ...event('b', 'Lunch'))).toBe('Saved 2 items into Calendar.\n');
    expect(await calendar(...event('a', 'Lunch'), ...event('b', 'Dinner'), ...event('c', 'Tea'))).toBe(
      'Saved 1 item into Calendar.\nUpdated 1 item that was there already.\nLeft 1 item as it was there already.\n',
    );
    const titles = (await run(['outlook', 'list', '--data', data])).out.match(/\S+$/gm)?.sort();
    expect(titles).toEqual(['Dinner', 'Lunch', 'Tea']);
    expect(await card('Poe')).toBe('Saved 1 item into Contacts.\n');
    expect(await card('Poe')).toBe('Left 1 item as it was there already.\n');
    expect(await card('Roe')).toBe('Saved 1 item into Contacts.\n');
  });

  it('an all-day event is made longer by whole days, and other lengths are refused', async () => {
    const data = folder();
    const call = async (...args: readonly string[]) => run(['outlook', ...args, '--data', data]);
    const event = ['UID:day', 'SUMMARY:Fair', 'DTSTART;VALUE=DATE:20260309', 'DTEND;VALUE=DATE:20260310'];
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR', ''];
    writeFileSync(join(data, 'day.ics'), lines.join('\r\n'));
    await call('put', join(data, 'day.ics'));
    const [id = ''] = (await call('list')).out.split(' ');
    expect(await call('edit', id, '--minutes', '90')).toMatchObject({
      exit: 93,
      err: expect.stringContaining('whole days'),
    });
    expect(await call('edit', id, '--minutes', '0')).toMatchObject({ exit: 93, err: expect.stringContaining('1440') });
    expect(await call('edit', id, '--minutes', 'long')).toMatchObject({
      exit: 93,
      err: expect.stringContaining('a number'),
    });
    expect((await call('edit', id, '--minutes', '4320')).exit).toBe(0);
    expect(JSON.parse((await call('show', id)).out).main.when).toMatchObject({
      start: '2026-03-09',
      end: '2026-03-12',
    });
  });
});
