import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { openClient } from '../../agent/api/client.ts';
import { ADDRESS_FILE, type ApiAddress } from '../../agent/host/api-part.ts';
import { takeRunLock } from '../../agent/run-lock.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import type { Shown } from '../terminal.ts';
import { secondsOf } from './given-values.ts';

/** How often it is looked whether the agent has ended. @units milliseconds */
const BEAT = 100;

/** `stop`: ends the agent, and comes back when it has ended: what an installer needs before it writes over the program. */
export function stopCommand(context: Context): Command {
  const command = new Command('stop')
    .description('end the running agent, and wait until it has ended; nothing is lost')
    .option('--wait <seconds>', 'how long to wait', '30')
    .option('--force', 'then end its process');
  return runs<[], { wait: string; force?: boolean }>(command, context, async ({ data, wait, force }) => {
    const patience = secondsOf(wait) * 1000;
    const address = addressOf(data);
    if (!isRunning(data)) return done(false, 'The agent does not run.');
    if (address !== undefined) await ask(address);
    for (let waited = 0; waited < patience; waited += BEAT) {
      if (hasEnded(data, address)) return done(true, 'The agent has ended.');
      await context.clock.sleep(BEAT, context.signal);
    }
    if (force !== true || address === undefined)
      throw new Failure('AGENT_UNREACHABLE', 'The agent has not ended yet. Wait a moment, or say `--force`.');
    process.kill(address.pid);
    while (!hasEnded(data, address)) await context.clock.sleep(BEAT, context.signal);
    return done(true, 'The agent’s process was ended.');
  });
}

function done(stopped: boolean, line: string): Shown {
  return { lines: [line], json: { stopped } };
}

/** One that does not answer is waited for all the same: it may be ending already. */
async function ask({ url, token }: ApiAddress): Promise<void> {
  try {
    await openClient({ base: url, token }).post('stop', {});
  } catch (error) {
    if (!isFailure(error, 'AGENT_UNREACHABLE')) throw error;
  }
}

function addressOf(data: DataFolder): ApiAddress | undefined {
  const file = join(data.path, ADDRESS_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ApiAddress) : undefined;
}

/** The agent holds its lock as long as it runs, however it ends. */
export function isRunning(data: DataFolder): boolean {
  const file = join(data.path, 'agent.lock');
  if (!existsSync(file)) return false;
  try {
    takeRunLock(file).release();
    return false;
  } catch (error) {
    if (isFailure(error, 'RUN_IN_PROGRESS')) return true;
    throw error;
  }
}

/** Its process too: as long as that is there, Windows keeps its files. */
function hasEnded(data: DataFolder, address: ApiAddress | undefined): boolean {
  if (isRunning(data)) return false;
  if (address === undefined) return true;
  try {
    process.kill(address.pid, 0);
    return false;
  } catch {
    return true;
  }
}
