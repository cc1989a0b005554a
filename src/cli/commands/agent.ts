import { Command, Option } from 'commander';
import { DIALOGS, type Dialog } from '../../agent/api/routes.ts';
import { takeAgentLock } from '../../agent/host/agent-lock.ts';
import type { RunLock } from '../../agent/run-lock.ts';
import { isFailure } from '../../base/failure.ts';
import { showLink } from '../../node/show-link.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import type { Shown } from '../terminal.ts';
import { portOf } from './given-values.ts';
import { openRunning, runningAgent } from './open.ts';
import { makeDataFolder, withAgent } from './open-agent.ts';
import { runHost } from './run-host.ts';

type AgentOptions = { readonly port: string; readonly open?: Dialog };

/** `agent`: the program that runs for months. */
export function agentCommand(context: Context): Command {
  const command = new Command('agent')
    .description('keep Outlook and BlueMind in step in the background, until Ctrl-C; its windows open with `open`')
    .option('--port <n>', 'port of its pages on this computer; 0 = any free one', '0')
    .addOption(
      new Option('--open <dialog>', 'open this window too; where the agent runs already, do nothing else').choices(
        DIALOGS,
      ),
    );
  return runs<[], AgentOptions>(command, context, async ({ data, json, port, open }) => {
    makeDataFolder(data);
    const wanted = portOf(port);
    try {
      await hold(context, { data, json, port: wanted, open });
    } catch (error) {
      if (open === undefined || !isFailure(error, 'AGENT_RUNNING')) throw error;
      return openOnceUp(context, data, open);
    }
    return json ? undefined : { lines: ['Ended.'], json: undefined };
  });
}

/** @units milliseconds: one that has just been started takes a moment until it can be asked */
const [BEAT, PATIENCE] = [100, 10_000];

async function openOnceUp(context: Context, data: DataFolder, dialog: Dialog): Promise<Shown> {
  for (let waited = 0; ; waited += BEAT) {
    try {
      const { account } = await runningAgent(data).get('status', {});
      return await openRunning(data, windowOf(dialog, account !== null));
    } catch (error) {
      if (!isFailure(error, 'AGENT_NOT_RUNNING') || waited >= PATIENCE) throw error;
      await context.clock.sleep(BEAT, context.signal);
    }
  }
}

type Holding = { data: DataFolder; json: boolean; port: number; open: Dialog | undefined };

/** @throws AGENT_RUNNING before anything else is touched */
async function hold(context: Context, holding: Holding): Promise<void> {
  const held = takeAgentLock(holding.data.path);
  try {
    await host(context, held, holding);
  } finally {
    held.release();
  }
}

function host(context: Context, held: RunLock, { data, json, port, open }: Holding): Promise<void> {
  const say = (text: string) => context.terminal.out(`${text}\n`);
  return withAgent(
    context,
    data,
    (agent, outlook) =>
      runHost(context, {
        ...{ data, agent, outlook, held, json, port, portOption: '--port' },
        opened: ({ url, status, link }) => {
          if (open !== undefined) void showLink(link(windowOf(open, status().account !== null)));
          if (json) return say(JSON.stringify({ url }));
          say(`The agent runs for ${data.path}. Its windows open with \`connector open\`; Ctrl-C ends it.`);
          if (status().account === null) say('No account is connected yet: `connector open connect`.');
        },
      }),
    { lasting: true },
  );
}

/** Where no account is connected the status has nothing to say. */
function windowOf(wanted: Dialog, connected: boolean): Dialog {
  return wanted === 'status' && !connected ? 'connect' : wanted;
}
