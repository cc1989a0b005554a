import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConnector } from '../../tools/build-connector.ts';
import type { Ended } from './connector.ts';
import { PASSWORD } from './world.ts';

/** In a name space of its own a process may mount a small disk, which nobody else sees and which ends with it. */
const ALONE = ['unshare', '-rm'] as const;

/** Where Linux lets a user have a name space; elsewhere the cases with a full disk are skipped. */
export function canFillDisk(): boolean {
  const script = 'mount -t tmpfs -o size=1m tmpfs "$0"';
  const [program, ...args] = [...ALONE, 'sh', '-c', script, mkdtempSync(join(tmpdir(), 'connector-disk-'))];
  return spawnSync(program, args).status === 0;
}

/**
 * Runs commands over a copy of `folder` on a disk that is full but for some kilobytes, one after another; what they leave behind
 * is in `folder` afterwards, and the disk has room again.
 */
export async function onFullDisk(
  folder: string,
  kilobytes: number,
  ...commands: readonly (readonly string[])[]
): Promise<Ended[]> {
  const [disk, results] = [
    mkdtempSync(join(tmpdir(), 'connector-disk-')),
    mkdtempSync(join(tmpdir(), 'connector-disk-')),
  ];
  const main = await buildConnector();
  const script = [
    'set -e',
    `mount -t tmpfs -o size=64m tmpfs ${quoted(disk)}`,
    `cp -a ${quoted(folder)}/. ${quoted(disk)}`,
    `free=$(df -Pk ${quoted(disk)} | awk 'END { print $4 }')`,
    `head -c $(( (free - ${kilobytes}) * 1024 )) /dev/zero > ${quoted(join(disk, 'filler'))}`,
    ...commands.map((args, n) => {
      const command = [process.execPath, main, ...args, '--data', disk].map(quoted).join(' ');
      const files = ['in', 'out', 'err', 'exit'].map((name) => quoted(join(results, `${n}.${name}`)));
      const [given, out, err, exit] = files;
      return `printf %s ${quoted(PASSWORD)} > ${given}; set +e; ${command} < ${given} > ${out} 2> ${err}; echo $? > ${exit}; set -e`;
    }),
    `rm ${quoted(join(disk, 'filler'))}`,
    `cp -a ${quoted(disk)}/. ${quoted(folder)}`,
    // What was removed on the disk is removed here.
    `cd ${quoted(folder)}; for file in *; do [ -e ${quoted(disk)}/"$file" ] || rm -r "$file"; done`,
  ].join('\n');
  const failed = await failureOf([...ALONE, 'sh', '-c', script]);
  if (failed !== '') throw new Error(`the disk could not be made: ${failed}`);
  const read = (n: number, name: string) => readFileSync(join(results, `${n}.${name}`), 'utf8');
  return commands.map((_, n) => ({ exit: Number(read(n, 'exit')), out: read(n, 'out'), err: read(n, 'err') }));
}

/** What a program says when it fails, '' when it does not. */
function failureOf([program = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { timeout: 50_000 });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.on('error', reject).on('close', (exit) => resolve(exit === 0 ? '' : `${exit} ${said}`));
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
