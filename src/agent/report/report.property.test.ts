import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import { runs } from '../../base/testing/runs.ts';
import { open } from '../../storage/open.ts';
import type { Line } from '../../sync/report.ts';
import type { Agent } from '../agent.ts';
import { bad } from '../doctor/finding.ts';
import { openLog } from '../log.ts';
import { makeBundle } from './bundle.ts';

/** What must never leave: words, names, addresses, passwords, tokens, telephones, paths and hosts, each told apart by what is drawn. */
const secrets = fc
  .array(fc.stringMatching(/^[a-z]{6,10}$/), { minLength: 12, maxLength: 12 })
  .map((words) => words.map((word) => `q${word}q`))
  .chain((words) =>
    fc.record({
      title: fc.constant(`Lunch with ${words[0]}`),
      name: fc.constant(`${words[1]?.toUpperCase()} ${words[2]}`),
      mail: fc.constant(`${words[3]}@${words[4]}.example`),
      host: fc.constant(`https://${words[5]}.example`),
      password: fc.constantFrom(`${words[6]}!9`, `Bearer ${words[6]}`, `-----BEGIN KEY-----${words[6]}`),
      path: fc.constantFrom(`/home/${words[7]}/notes.txt`, `C:\\Users\\${words[7]}\\AppData\\x.pst`),
      phone: fc.integer({ min: 33_100_000_000, max: 33_999_999_999 }),
      code: fc.constant(words[8]?.toUpperCase() ?? ''),
      id: fc.constant(`calendar:Default:${words[9]}`),
      word: fc.constant(words[10] ?? ''),
      member: fc.constant(words[11] ?? ''),
    }),
  );
type Secrets = typeof secrets extends fc.Arbitrary<infer S> ? S : never;

/** Every word of them that is not the format's own. */
function wordsOf(all: Secrets): string[] {
  const text = Object.values(all).join(' ').toLowerCase();
  return [...(text.match(/q[a-z]{6,10}q/g) ?? []), String(all.phone)];
}

it('nothing of what people write, and nothing that names them, is in a report, wherever it was fed in', async () => {
  await fc.assert(
    fc.asyncProperty(secrets, async (all) => {
      const folder = mkdtempSync(join(tmpdir(), 'report-'));
      const storage = open({ file: ':memory:', now: () => 0 });
      try {
        feed(storage, all);
        feedLog(join(folder, 'logs'), all);
        const { text, name } = makeBundle({
          agent: agentOver(storage, all),
          logs: join(folder, 'logs'),
          ...{ version: '0.1.0', now: Date.UTC(2026, 2, 2) },
          findings: [bad('own', `${all.path} ${all.host}`, all.code), bad('Server', all.mail, 'SERVER_TLS')],
        });
        const told = `${name}${text}`.toLowerCase();
        expect(told.split('\n').filter((line) => wordsOf(all).some((word) => line.includes(word)))).toEqual([]);
        // And it says what it is for.
        const report = JSON.parse(text);
        expect(report.items).toMatchObject([
          { rule: 'E3', outline: { server: { main: { title: `text ${all.title.length}` } } } },
        ]);
        expect(report.log.length).toBeGreaterThan(5);
      } finally {
        storage.close();
        rmSync(folder, { recursive: true });
      }
    }),
    runs(30),
  );
});

function feed(storage: Agent['storage'], all: Secrets): void {
  const { title, name, mail, host, password, path, phone, code, id, word, member } = all;
  storage.accounts.put({
    ...{ id: `${mail} on ${host}`, server: host, login: mail },
    value: {
      displayName: name,
      proxy: `http://${word}:${password}@${word}:3128`,
      certificates: password,
      serverVersion: word,
      [member]: path,
    },
  });
  const folders = { server: id, outlook: path };
  storage.pairs.put({
    id,
    account: `${mail} on ${host}`,
    kind: 'calendar',
    name: title,
    folders,
    value: { write: true, [member]: name },
  });
  for (const option of ['updates.url', 'language', 'interval', 'log.advanced', member])
    storage.settings.set(`option.${option}`, host);
  storage.settings.set(member, password);
  const failure = { code, message: `${title} ${path}`, retry: 'later' as const, after: undefined };
  const run = storage.runs.begin({ account: `${mail} on ${host}`, startedAt: 1, why: word as never });
  storage.runs.end(run, { endedAt: 2, changes: phone, failed: 0, held: 0, folders: 1, notes: [title], failure });
  const line: Line = {
    ...{ do: 'update', on: 'server', key: 'k', title, rule: 'E3', outcome: 'refused', detail: word },
    fields: [`main.${member}`, `exceptions[${word}].location`, title, 'main.location'],
    conflicts: [{ field: word, winner: 'server' }],
  };
  const main = {
    title,
    location: path,
    [member]: word,
    attendees: [{ name, address: mail, [member]: phone }],
    body: { plain: title },
  };
  const content = {
    kind: 'event',
    uid: id,
    main,
    [member]: { [word]: name },
    exceptions: [{ original: word, event: main }],
  };
  const anchor = { id, rev: word, digest: word, token: undefined, content };
  storage.state<unknown>(id).transaction((tx) => {
    tx.putLink({ key: 'k', token: undefined, open: undefined, server: anchor, outlook: anchor });
    tx.addReport({
      pair: id,
      startedAt: 1,
      endedAt: 2,
      outcome: 'done',
      failure,
      lines: [line],
      recovered: 0,
      linked: 0,
    });
  });
}

/** What the log writes by itself, and lines as somebody else might have put them there. */
function feedLog(logs: string, all: Secrets): void {
  const { title, path, code, id, word, member, phone, mail } = all;
  const log = openLog(logs, { advanced: () => true });
  const error = new TypeError(`${title} at ${mail}`);
  error.stack = `TypeError: ${title}\n    at ${word} (${path}/src/${word}.ts:1:2)\n    at Object.${member} (file://${path}:3:4)`;
  log.failure(word, error);
  log.failure('run', new Failure(code, title, { cause: { code: word } }));
  log.event('trigger', { why: word, [member]: path });
  log.call({ method: 'GET', path: `/calendars/${id}/_mget`, status: 200, took: 1, sent: 1, got: 1 });
  log.program(title, word, 3);
  mkdirSync(logs, { recursive: true });
  const value = [word, { [member]: title }, phone, null];
  const names =
    'time level msg what code cause detail retry name at why outcome do on kind rule fields lost key method path pair folders took';
  const forged = names
    .split(' ')
    .flatMap((name) => [word, title, phone, value, { [member]: word }].map((of) => ({ [name]: of, [member]: of })));
  appendFileSync(
    join(logs, 'agent.log'),
    [...forged.map((line) => JSON.stringify(line)), `{"time": "${word}`, `"${title}"`].join('\n'),
  );
}

function agentOver(storage: Agent['storage'], { title, code }: Secrets): Agent {
  return {
    storage,
    accounts: () => storage.accounts.all(),
    pairs: () => storage.pairs.all(),
    session: () => {
      throw new Failure(code, title);
    },
  } as unknown as Agent;
}
