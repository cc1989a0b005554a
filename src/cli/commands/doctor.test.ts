import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeRunLock } from '../../agent/run-lock.ts';
import { unzip } from '../../node/testing/unzip.ts';
import { runCli } from '../run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function connector(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      out += text;
    },
    input: async () => '',
    interactive: false,
  };
  const code = await runCli([...args, '--data', folder], {
    terminal,
    version: '1.2.3',
    signal: new AbortController().signal,
  });
  return { code, out };
}

it('says of each check what it found, changes nothing, and a new folder is no fault', async () => {
  const { code, out } = await connector('doctor', '--json');
  const { findings } = JSON.parse(out) as { findings: { check: string; result: string }[] };
  expect(code).toBe(0);
  expect(findings.map(({ check }) => check)).toEqual([
    ...['Program', 'Data folder', 'Policies', 'Certificates', 'Agent', 'Memory'],
  ]);
  expect(findings.at(-1)?.result).toBe('skipped');
});

it('a damaged memory is a finding with its code, and the bundle holds the code without the folder', async () => {
  writeFileSync(join(folder, 'agent.sqlite'), 'no database '.repeat(100));
  const bundle = join(folder, 'bundle.zip');
  const { code, out } = await connector('doctor', '--bundle', bundle);
  expect(code).toBe(3);
  expect(out).toMatch(/BAD +Memory +.*\[STORAGE_DAMAGED\]/);
  const [entry, ...more] = Object.values(unzip(readFileSync(bundle)));
  expect(more).toEqual([]);
  expect(entry).not.toContain(folder);
  const { checks, log } = JSON.parse(entry ?? '') as { checks: object[]; log: object[] };
  expect(checks).toContainEqual({ name: 'Memory', result: 'bad', code: 'STORAGE_DAMAGED' });
  expect(log).toEqual([]);
});

it('purge removes what is the connector’s, leaves what is not, and refuses while the agent runs', async () => {
  for (const name of ['agent.sqlite', 'credentials.json', 'mine.txt']) writeFileSync(join(folder, name), '');
  const lock = takeRunLock(join(folder, 'agent.lock'));
  expect((await connector('purge', '--yes')).code).toBe(37);
  lock.release();
  const told = await connector('purge');
  expect(told.out).toContain('agent.sqlite');
  const { out } = await connector('purge', '--yes', '--json');
  expect((JSON.parse(out) as { removed: string[] }).removed.sort()).toEqual([
    'agent.lock',
    'agent.sqlite',
    'credentials.json',
    'logs',
  ]);
  expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('');
});

it('stop without an agent is done at once', async () => {
  expect(JSON.parse((await connector('stop', '--json')).out)).toEqual({ stopped: false });
});
