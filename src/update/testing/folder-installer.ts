/** The installer of the folder world: `node folder-installer.ts FILE PROGRAM`. It can be cut off anywhere, like a real one. */
import { readFileSync, rmSync } from 'node:fs';
import { putProgram } from './folder-port.ts';
import type { Behaviour } from './release-kit.ts';

const [file = '', program = ''] = process.argv.slice(2);
const [head = ''] = readFileSync(file, 'utf8').split('\n');
const { version, behaviour } = JSON.parse(head) as { version: string; behaviour: Behaviour };
rmSync(program, { recursive: true, force: true });
// A power loss in the middle of it: nothing goes on, not even who called.
if (process.env['DIE_IN_INSTALLER'] !== undefined) {
  process.kill(process.ppid, 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
}
if (behaviour === 'not-installable') process.exit(2);
putProgram(program, version, behaviour);
