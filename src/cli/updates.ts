/** Updates of this very program, put together: where it lies, who may sign, and what its user wants. */
import { join } from 'node:path';
import { addressOf } from '../agent/account.ts';
import type { Agent } from '../agent/agent.ts';
import { optionOf } from '../agent/options.ts';
import { outlookProgram } from '../agent/outlook-program.ts';
import type { Updates } from '../agent/updates.ts';
import { openFetch } from '../bluemind/transport.ts';
import { systemProxies } from '../desktop/find-proxy.ts';
import { INSTALLED, PROGRAM_FOLDER } from '../node/resources.ts';
import type { InstallPort } from '../update/install-port.ts';
import { openState } from '../update/state.ts';
import TRUSTED from '../update/trusted-keys.json' with { type: 'json' };
import { openUpdater } from '../update/updater.ts';
import { offReason, type UpdateRules, type UpdaterOptions } from '../update/updater-options.ts';
import { mayReplace, runProgram, windowsPort } from '../update/windows-port.ts';
import type { Context, DataFolder } from './context.ts';
import { EXIT_OF_FAILURE } from './exit-codes.ts';
import { runCli } from './run-cli.ts';

/** @units bytes a second: a download in the background leaves room for what people do */
const RATE = 1_000_000;

export function updatesOf(
  context: Context,
  {
    data,
    agent,
    changed = () => {},
  }: {
    readonly data: DataFolder;
    readonly agent: Agent;
    readonly changed?: () => void;
  },
): Updates {
  const rules = () => rulesOf(agent);
  const port = INSTALLED && mayReplace(PROGRAM_FOLDER) ? programPort(context, data, PROGRAM_FOLDER) : undefined;
  const options: UpdaterOptions = {
    state: openState(updatesFolder(data)),
    ...{ installed: context.version, platform: process.platform, arch: process.arch, builtIn: TRUSTED.keys },
    ...{
      rules,
      port,
      fromSource: !INSTALLED,
      clock: context.clock,
      random: context.random,
      rate: RATE,
      onChange: changed,
    },
    fetch: fetchOf(agent),
  };
  return {
    updater: openUpdater(options),
    installed: context.version,
    off: () => offReason(options),
    where: rules,
    outlook: INSTALLED ? outlookProgram(runProgram) : undefined,
  };
}

export function updatesFolder(data: DataFolder): string {
  return join(data.path, 'updates');
}

/** How the program in a folder is replaced. */
export function programPort(context: Context, data: DataFolder, program: string): InstallPort {
  return windowsPort({
    ...{ program, data: data.path, updates: updatesFolder(data), run: runProgram },
    already: EXIT_OF_FAILURE['AGENT_RUNNING'] ?? -1,
    stopAgent: async () => {
      const silent = { out: () => {}, err: () => {}, input: async () => '', interactive: false };
      const { version, signal } = context;
      await runCli(['stop', '--wait', '30', '--force', '--data', data.path], { terminal: silent, version, signal });
    },
  });
}

/** What the user chose, and what their organisation decided before them. */
function rulesOf({ accounts, storage, policies }: Agent): UpdateRules {
  const { settings } = storage;
  const [account] = accounts();
  const own = optionOf(settings, 'updates.url');
  const server = account === undefined ? undefined : `${account.server}/downloads/files/`;
  const wanted = policies.updates ?? optionOf(settings, 'updates') === 'on';
  return {
    off: wanted ? undefined : policies.updates === false ? 'policy' : 'option',
    channel: optionOf(settings, 'updates.channel'),
    url: own === '' ? server : own,
  };
}

/** By the account's proxy, else this computer's, and with its trust; the line is another when those are. */
function fetchOf(agent: Agent): UpdaterOptions['fetch'] {
  const findProxy = systemProxies();
  let kept: { readonly of: string; readonly line: ReturnType<typeof openFetch> } | undefined;
  return (url, init) => {
    const [account] = agent.accounts();
    const { proxy, certificates: ca } = account === undefined ? { proxy: '', certificates: '' } : addressOf(account);
    const of = JSON.stringify([proxy, ca]);
    if (kept?.of !== of) {
      void kept?.line.close();
      kept = { of, line: openFetch({ proxy, ca, findProxy }) };
    }
    return kept.line.fetch(url, init);
  };
}
