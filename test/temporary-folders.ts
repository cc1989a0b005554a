import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'connector-tests-';

/**
 * Everything that the tests and the programs they start put among the temporary files lies below one folder, which goes when they
 * end. Folders of runs that were killed go with the next run.
 */
export function setup(): () => void {
  const system = tmpdir();
  for (const name of readdirSync(system)) if (isLeftOver(name)) rmSync(join(system, name), REMOVED);
  const folder = mkdtempSync(join(system, `${PREFIX}${process.pid}-`));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rmSync(folder, REMOVED);
}

const REMOVED = { recursive: true, force: true, maxRetries: 3 };

/** Named after a process that is no more. */
function isLeftOver(name: string): boolean {
  const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
  return pid !== undefined && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
