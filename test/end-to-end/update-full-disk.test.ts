import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelServer, channelServer } from '../../src/update/testing/channel-server.ts';
import { canFillDisk } from './full-disk.ts';

const FILE = Buffer.alloc(4_000_000, 'x');
/** In a name space of its own a process may mount a small disk. */
const ALONE = ['unshare', '-rm'] as const;
const PROGRAM = fileURLToPath(new URL('../../src/update/testing/download-once.ts', import.meta.url));

describe.skipIf(!canFillDisk())('an update on a full disk', () => {
  let channel: ChannelServer;
  beforeAll(async () => {
    channel = await channelServer();
    channel.put('setup.exe', FILE);
  });
  afterAll(() => channel.close());

  /** On a disk of so many megabytes, which nobody else sees. */
  const downloaded = async (megabytes: number, fills: '' | 'fills') => {
    const disk = mkdtempSync(join(tmpdir(), 'update-disk-'));
    const sha256 = createHash('sha256').update(FILE).digest('hex');
    const args = [`${channel.url}setup.exe`, String(FILE.length), sha256, join(disk, 'setup.exe'), fills];
    const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
    const [program, ...alone] = ALONE;
    const child = spawn(program, [...alone, 'sh', '-c', script, disk, process.execPath, PROGRAM, ...args]);
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await new Promise((resolve) => child.once('close', resolve));
    return JSON.parse(said) as unknown;
  };

  it('is not begun without room for it and for others, and gives back what it took when the room goes meanwhile', async () => {
    expect(await downloaded(40, '')).toEqual({ done: 'downloaded', left: ['setup.exe'] });
    expect(await downloaded(20, '')).toEqual({ done: 'STORAGE_FULL', left: [] });
    expect(await downloaded(40, 'fills')).toEqual({ done: 'STORAGE_FULL', left: [] });
  });
});
