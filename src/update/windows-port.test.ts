import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mayReplace, windowsPort } from './windows-port.ts';

let root: string;
let ran: string[][];
let exit: number;
beforeEach(() => {
  [root, ran, exit] = [mkdtempSync(join(tmpdir(), 'windows-port-')), [], 0];
  mkdirSync(join(root, 'program', 'native'), { recursive: true });
  writeFileSync(join(root, 'program', 'BlueMindConnector.exe'), 'old');
  writeFileSync(join(root, 'program', 'native', 'a.node'), 'old');
  writeFileSync(join(root, 'program', 'a.dll.17.old'), 'older');
  mkdirSync(join(root, 'data', 'updates'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const port = () =>
  windowsPort({
    ...{
      program: join(root, 'program'),
      data: join(root, 'data'),
      updates: join(root, 'data', 'updates'),
      already: 37,
    },
    run: (program, args) => {
      ran.push([program, ...args]);
      return { exit: Promise.resolve(exit) };
    },
    stopAgent: async () => void ran.push(['stop']),
  });
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

it('the copy holds the program, and gives it back over whatever is there', async () => {
  await port().keep();
  await port().keep();
  expect(read('data', 'updates', 'kept', 'native', 'a.node')).toBe('old');
  expect(existsSync(join(root, 'data', 'updates', 'kept', 'a.dll.17.old'))).toBe(false);
  writeFileSync(join(root, 'program', 'BlueMindConnector.exe'), 'new');
  rmSync(join(root, 'program', 'native'), { recursive: true });
  await port().giveBack('1.0.0');
  await port().giveBack('1.0.0');
  expect([read('program', 'BlueMindConnector.exe'), read('program', 'native', 'a.node')]).toEqual(['old', 'old']);
});

it('what only the newer version had goes from the folders below the program’s, and nothing of the user’s beside it', async () => {
  await port().keep();
  mkdirSync(join(root, 'program', 'native', 'newer'));
  writeFileSync(join(root, 'program', 'native', 'newer', 'b.node'), 'new');
  writeFileSync(join(root, 'program', 'notes.txt'), 'the user’s');
  await port().giveBack('1.0.0');
  expect([existsSync(join(root, 'program', 'native', 'newer')), read('program', 'notes.txt')]).toEqual([
    false,
    'the user’s',
  ]);
});

it('Windows is told which version stands again, where it was told of one', async () => {
  await port().keep();
  await port().giveBack('1.0.0');
  const told = ran.filter(([, verb]) => verb === 'add').map(([, , key, , name, , , , version]) => [key, name, version]);
  const entry = 'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\BlueMindConnector';
  expect(told[0]).toEqual([`HKCU\\${entry}`, 'DisplayVersion', '1.0.0']);
  expect(told.map(([, name]) => name)).toEqual(['DisplayVersion', 'Version', 'DisplayVersion', 'Version']);
  [ran, exit] = [[], 1];
  await port().giveBack('1.0.0');
  expect(ran.map(([, verb]) => verb)).toEqual(['query', 'query', 'query', 'query']);
});

it('the guard runs from the copy, now and at each logon, until it is dismissed', async () => {
  await port().callGuard();
  await port().dismissGuard();
  const guard = join(root, 'data', 'updates', 'kept', 'BlueMindConnector.exe');
  const [added, started, removed] = ran;
  expect(added?.slice(0, 2)).toEqual(['reg.exe', 'add']);
  expect(added).toContain(
    `"${guard}" "update" "guard" "--data" "${join(root, 'data')}" "--program" "${join(root, 'program')}"`,
  );
  expect(started).toEqual([guard, 'update', 'guard', '--data', join(root, 'data'), '--program', join(root, 'program')]);
  expect(removed?.slice(0, 2)).toEqual(['reg.exe', 'delete']);
});

it('the installer runs silently into the same folder; what it ends with is told, and so is an agent that runs already', async () => {
  await port().install('setup.exe');
  expect(ran).toEqual([['setup.exe', '/S', '/NOSTART', `/D=${join(root, 'program')}`]]);
  exit = 7;
  await expect(port().install('setup.exe')).rejects.toMatchObject({ code: 'UPDATE_FAILED' });
  expect(await (await port().start()).ended).toBe('ended');
  exit = 37;
  expect(await (await port().start()).ended).toBe('already');
});

it('a folder that is there may be replaced by its owner, one that is not may not', () => {
  expect([mayReplace(join(root, 'program')), mayReplace(join(root, 'none'))]).toEqual([true, false]);
});
