import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { type Client, openClient } from '../../agent/api/client.ts';
import { DIALOGS, type Dialog } from '../../agent/api/routes.ts';
import { ADDRESS_FILE, type ApiAddress } from '../../agent/host/api-part.ts';
import { Failure } from '../../base/failure.ts';
import { showLink } from '../../node/show-link.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import type { Shown } from '../terminal.ts';
import { mustExist } from './open-agent.ts';

/** `open [dialog]`: a window of the agent that runs. */
export function openCommand(context: Context): Command {
  const command = new Command('open')
    .description('open a window of the running agent in the browser')
    .addArgument(new Argument('[dialog]', 'which one').choices(DIALOGS).default('status'))
    .option('--print', 'only print the link, which works once and for a minute');
  return runs<[Dialog], { print?: boolean }>(command, context, async ({ data, print }, dialog) => {
    return openRunning(data, dialog, print);
  });
}

/** Opens a window of the agent that runs; without anything to show it with, or with `print`, only tells its link. */
export async function openRunning(data: DataFolder, dialog: Dialog, print = false): Promise<Shown> {
  const { url } = await runningAgent(data).post('open', { dialog });
  const opened = !print && (await showLink(url));
  return { lines: opened ? [`Opened ${dialog}.`] : [url], json: { dialog, url, opened } };
}

/** The agent that runs for a data folder. @throws AGENT_NOT_RUNNING; its calls AGENT_UNREACHABLE */
export function runningAgent(data: DataFolder): Client {
  mustExist(data);
  const file = join(data.path, ADDRESS_FILE);
  if (!existsSync(file))
    throw new Failure(
      'AGENT_NOT_RUNNING',
      `The agent does not run for ${data.path}. Start it with \`connector agent\`.`,
    );
  const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as ApiAddress;
  return openClient({ base: url, token });
}
