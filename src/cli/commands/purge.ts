import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { forgetKey } from '../../agent/credentials.ts';
import { Failure } from '../../base/failure.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { isRunning } from './stop.ts';

/** All that the connector writes into a data folder; what else lies there is somebody else's. */
const OURS =
  /^(agent|outlook)\.sqlite(-wal|-shm|-journal|\.backup|\.newer)?$|^(agent|run)\.lock(-journal)?$|^credentials\.|^(api\.json|logs|updates)$/;

/** `purge`: what an uninstaller runs when the user wants nothing to stay. */
export function purgeCommand(context: Context): Command {
  const command = new Command('purge')
    .description('forget everything: account, password, memory, history, settings, log; Outlook and the server stay')
    .option('--yes', 'do it');
  return runs<[], { yes?: boolean }>(command, context, async ({ data, yes }) => {
    if (!existsSync(data.path)) return { lines: ['There is nothing.'], json: { removed: [] } };
    if (isRunning(data)) throw new Failure('AGENT_RUNNING', 'The agent runs. End it first, with `connector stop`.');
    const found = readdirSync(data.path).filter((name) => OURS.test(name));
    if (yes !== true) {
      const lines = [`These would be removed from ${data.path}: ${found.join(', ')}.`, '`--yes` does it.'];
      return { lines, json: { removed: [] } };
    }
    await forgetKey(data.path);
    for (const name of found) rmSync(join(data.path, name), { recursive: true });
    removeEmpty(data);
    return { lines: [`Removed from ${data.path}: ${found.join(', ')}.`], json: { removed: found } };
  });
}

/** The folder, and the one above it that has its name of ours, when nothing is left in them. */
function removeEmpty({ path }: DataFolder): void {
  for (const folder of [path, ...(dirname(path).endsWith('BlueMind') ? [dirname(path)] : [])])
    if (readdirSync(folder).length === 0) rmdirSync(folder);
}
