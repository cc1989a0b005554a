import { Command } from 'commander';
import { type Context, runs } from '../context.ts';
import { portOf } from './given-values.ts';
import { makeDataFolder, withAgent } from './open-agent.ts';
import { runHost } from './run-host.ts';

/** `agent`: the program that runs for months. */
export function agentCommand(context: Context): Command {
  const command = new Command('agent')
    .description('keep Outlook and BlueMind in step in the background, until Ctrl-C; its windows open with `open`')
    .option('--port <n>', 'port of its pages on this computer; 0 = any free one', '0');
  return runs<[], { port: string }>(command, context, async ({ data, json, port }) => {
    makeDataFolder(data);
    const wanted = portOf(port);
    await withAgent(context, data, (agent, outlook) =>
      runHost(context, {
        ...{ data, agent, outlook, json, port: wanted, portOption: '--port' },
        opened: ({ url, status }) => {
          const say = (text: string) => context.terminal.out(`${text}\n`);
          if (json) return say(JSON.stringify({ url }));
          say(`The agent runs for ${data.path}. Its windows open with \`connector open\`; Ctrl-C ends it.`);
          if (status().account === null) say('No account is connected yet: `connector open connect`.');
        },
      }),
    );
    return json ? undefined : { lines: ['Ended.'], json: undefined };
  });
}
