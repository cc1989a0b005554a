import { join } from 'node:path';
import { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import type { Agent } from '../../agent/agent.ts';
import { emulatedOutlook } from '../../agent/outlook.ts';
import { type RunLock, takeRunLock } from '../../agent/run-lock.ts';
import { isFailure } from '../../base/failure.ts';
import { databaseFailure } from '../../node/database-failure.ts';
import { type Emulator, openEmulator } from '../../outlook/emulator/open-emulator.ts';
import type { RunningServer } from '../../server/open-server.ts';
import { type Context, type DataFolder, dataOption, runs } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { readInput } from '../read-input.ts';
import { DEMO_LOGIN, DEMO_PASSWORD, hasDemoWorld, makeDemoWorld } from '../trial/demo-world.ts';
import { outlookPane } from '../trial/outlook-pane.ts';
import { seed } from '../trial/seed.ts';
import { serverPane } from '../trial/server-pane.ts';
import { trialTable } from '../trial/trial-table.ts';
import { portOf } from './given-values.ts';
import { agentOf, makeDataFolder } from './open-agent.ts';
import { runHost } from './run-host.ts';
import { PAGE_PORT, SERVER_PORT, startServer } from './serve.ts';
import { runWhenFree } from './sync.ts';

type TrialOptions = {
  readonly seed?: readonly string[];
  readonly once?: boolean;
  readonly port: string;
  readonly pagePort: string;
};

/** `trial`, what `npm start` runs: server, Outlook and agent in one process. */
export function trialCommand(context: Context): Command {
  const command = new Command('trial')
    .description('server, Outlook emulator and agent in one process, with a demo account: what `npm start` runs')
    .option('--seed <file...>', 'load .ics and .vcf files into the server first')
    .option('--once', 'synchronize once and end')
    .option('--port <n>', 'port of the server; 0 = any free one', String(SERVER_PORT))
    .option('--page-port <n>', 'port of the page; 0 = any free one', String(PAGE_PORT));
  return runs<[], TrialOptions>(command, context, async ({ data, json, ...options }) => {
    const [port, pagePort] = [portOf(options.port), portOf(options.pagePort)];
    const files = await Promise.all((options.seed ?? []).map(readInput));
    const say = (text: string) => {
      if (!json) context.terminal.out(`${text}\n`);
    };
    makeDataFolder(data);
    const alone = takeFolder(data);
    let opened: RunningServer | undefined;
    try {
      say(`Starting in ${data.path}`);
      const server = await startServer(data.server, port);
      opened = server;
      say(`BlueMind-compatible server: ${server.url} (${DEMO_LOGIN}, password: ${DEMO_PASSWORD})`);
      await prepare(context, server, say);
      for (const line of await seed({ server: server.url, ...context }, files)) say(line);
      const emulator = demoOutlook(context, data);
      try {
        return await withDemoAgent(context, data, { server, emulator, say }, (agent) =>
          options.once === true
            ? runWhenFree(context, agent, { quiet: json, say }).then(({ shown }) => shown)
            : withPage(context, { data, agent, server, emulator, pagePort, json, say }),
        );
      } finally {
        emulator.close();
      }
    } finally {
      await opened?.close();
      alone.release();
    }
  });
}

/** One trial at a time in a folder: two agents would each take the other's server for the account's. @throws STORAGE_LOCKED */
function takeFolder(data: DataFolder): RunLock {
  try {
    return takeRunLock(join(data.path, 'trial.lock'));
  } catch (error) {
    throw isFailure(error, 'RUN_IN_PROGRESS')
      ? databaseFailure('STORAGE_LOCKED', 'this data folder', data.path, error)
      : error;
  }
}

type Say = (text: string) => void;

async function prepare(context: Context, server: RunningServer, say: Say): Promise<void> {
  if (hasDemoWorld(server)) return;
  say('Making the demo company: fifty people, a year of appointments, shared calendars, address books…');
  const today = Temporal.Instant.fromEpochMilliseconds(context.clock.now())
    .toZonedDateTimeISO('Europe/Paris')
    .toPlainDate()
    .toString();
  await makeDemoWorld({ server, ...context, today });
}

function demoOutlook(context: Context, data: DataFolder): Emulator {
  const user = { name: 'Jane Doe', address: DEMO_LOGIN };
  return openEmulator({ file: data.outlook, clock: context.clock, random: context.random, profile: { user } });
}

async function withDemoAgent<T>(
  context: Context,
  data: DataFolder,
  { server, emulator, say }: { server: RunningServer; emulator: Emulator; say: Say },
  work: (agent: Agent) => Promise<T>,
): Promise<T> {
  const agent = await agentOf(context, data, emulatedOutlook(emulator));
  try {
    const [account] = agent.accounts();
    if (account === undefined) {
      await agent.addAccount({ server: server.url, login: DEMO_LOGIN, password: DEMO_PASSWORD });
      say(`Connected ${DEMO_LOGIN}.`);
    } else if (account.server !== server.url) agent.moveAccount(account.id, server.url);
    return await work(agent);
  } finally {
    await agent.close();
  }
}

type Work = {
  readonly data: DataFolder;
  readonly agent: Agent;
  readonly server: RunningServer;
  readonly emulator: Emulator;
  readonly pagePort: number;
  readonly json: boolean;
  readonly say: Say;
};

/** The page is opened before the first run, so that a port in use is told at once. */
async function withPage(context: Context, work: Work): Promise<undefined> {
  const { data, agent, server, emulator, pagePort, json, say } = work;
  const sides = { outlook: outlookPane(context, emulator), server: serverPane(context, server.url) };
  const sendReceive = () => emulator.sendReceive.now();
  const hosting = runHost(context, {
    ...{ data, agent, outlook: emulatedOutlook(emulator), json, port: pagePort, portOption: '--page-port' },
    tables: (tell) => [trialTable({ agent, sides, sendReceive, tell })],
    opened: ({ link }) => {
      // Lasts until it is used: whoever tries the connector may read first.
      const page = link('trial', Number.POSITIVE_INFINITY);
      if (json) context.terminal.out(`${JSON.stringify({ server: server.url, page })}\n`);
      say(`Both sides beside each other: ${page}`);
      const again = `npm run connector -- open trial${dataOption(data)}`;
      say(`Keeping both sides in step. Ctrl-C ends; \`${again}\` opens the page again.`);
    },
  });
  await hosting.finally(() => Promise.all([sides.outlook.close(), sides.server.close()]));
  // How the last run went is no matter of how the trial ended.
  context.exit = EXIT.DONE;
  say('Ended. Everything is kept; `npm start` goes on from here.');
  return undefined;
}
