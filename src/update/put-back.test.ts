import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MakingRoom, putBack } from './put-back.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'put-back-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(version: string, ...files: readonly string[]): string {
  for (const file of files) {
    mkdirSync(dirname(join(root, version, file)), { recursive: true });
    writeFileSync(join(root, version, file), version);
  }
  return join(root, version);
}

/** As on Windows: an open file cannot be removed, nor a folder with one in it be renamed; some files cannot be renamed either. */
function withOpen(files: readonly string[], fast: readonly string[]): MakingRoom {
  const within = (path: string) => files.some((file) => file.startsWith(`${path}/`) && existsSync(file));
  const refuseIf = (is: boolean) => {
    if (is) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
  };
  return {
    remove: (path) => {
      refuseIf(within(path) || files.includes(path));
      // A renamed one is open still.
      refuseIf(existsSync(path) && JSON.stringify(treeOf(path)).includes('.old'));
      rmSync(path, { recursive: true });
    },
    rename: (from, to) => {
      refuseIf(within(from) || fast.includes(from));
      renameSync(from, to);
    },
  };
}

function treeOf(path: string): string[] {
  return [path, ...(isFolder(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [])];
}

function isFolder(path: string): boolean {
  try {
    return readdirSync(path).length >= 0;
  } catch {
    return false;
  }
}

it('the old version is whole again whatever the newer one holds open, of which only that stays', () => {
  const old = write('old', 'agent.exe', 'native/a.node', 'native/z/z.node');
  const now = write(
    'new',
    'agent.exe',
    'native/a.node',
    'native/b/open.node',
    'native/b/free.node',
    'native/c/fast.node',
    'native/d.node',
  );
  const [open, fast] = [join(now, 'native/b/open.node'), join(now, 'native/c/fast.node')];
  putBack(old, now, withOpen([open, fast, join(now, 'agent.exe')], [fast]));
  for (const file of ['agent.exe', 'native/a.node', 'native/z/z.node'])
    expect(readFileSync(join(now, file), 'utf8')).toBe('old');
  expect(readdirSync(join(now, 'native'), { recursive: true, encoding: 'utf8' }).sort()).toEqual([
    ...['a.node', 'b', `b/open.node.${process.pid}.old`, 'c', 'c/fast.node', 'z', 'z/z.node'],
  ]);
});

it('a file may have become a folder, and a folder a file', () => {
  const old = write('old', 'a', 'b/c');
  const now = write('new', 'a/x', 'b');
  putBack(old, now);
  expect([readFileSync(join(now, 'a'), 'utf8'), readFileSync(join(now, 'b/c'), 'utf8')]).toEqual(['old', 'old']);
});
