import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Agent, openAgent } from '../../agent/agent.ts';
import { openCredentialStore } from '../../agent/credentials.ts';
import { findPolicies } from '../../agent/find-policies.ts';
import { type Log, openLog } from '../../agent/log.ts';
import { optionOf } from '../../agent/options.ts';
import { emulatedOutlook, type Outlook } from '../../agent/outlook.ts';
import { policiesIn } from '../../agent/policies.ts';
import { tracedExecutor } from '../../agent/traced-executor.ts';
import { Failure } from '../../base/failure.ts';
import { systemProxies } from '../../desktop/find-proxy.ts';
import { makeFolder } from '../../node/make-folder.ts';
import { type Emulator, openEmulator } from '../../outlook/emulator/open-emulator.ts';
import { open } from '../../storage/open.ts';
import { type Context, type DataFolder, logFailure } from '../context.ts';

/** The emulated Outlook of a data folder. */
export function emulatorOf(context: Context, data: DataFolder): Emulator {
  return openEmulator({ file: data.outlook, clock: context.clock, random: context.random });
}

/** `lasting`: for the program that runs for months; `mayStart`: whether Outlook is started where the user chose that. */
type How = { readonly lasting: boolean; readonly mayStart?: boolean };

/** The Outlook that a data folder is kept in step with: the real one on Windows, unless the folder has an emulated one. */
export async function outlookOf(
  context: Context,
  data: DataFolder,
  { lasting, mayStart = true }: How,
): Promise<Outlook> {
  if (process.platform !== 'win32' || existsSync(data.outlook)) return emulatedOutlook(emulatorOf(context, data));
  const { openRealOutlook } = await import('../../agent/real-outlook.ts');
  return openRealOutlook(context.clock, {
    start: mayStart && startsOutlook(context, data),
    lasting,
    doorFailed: (error) => logFailure(data, 'add-in door', error),
  });
}

/** Outlook is never started unasked: the user's choice stands in the agent's memory, which is not there before the first account. */
function startsOutlook({ clock }: Context, data: DataFolder): boolean {
  if (!existsSync(data.agent)) return false;
  const storage = open({ file: data.agent, now: clock.now });
  try {
    return optionOf(storage.settings, 'outlook.start') === 'on';
  } finally {
    storage.close();
  }
}

/** The agent of a data folder over its Outlook. */
export async function agentOf(context: Context, data: DataFolder, outlook: Outlook): Promise<Agent> {
  let agent: Agent | undefined;
  const log = logOf(data, () => agent);
  agent = openAgent({
    file: data.agent,
    lockFile: join(data.path, 'run.lock'),
    credentials: await openCredentialStore(data.path),
    executor: tracedExecutor(outlook.executor, log),
    registry: outlook.registry,
    clock: context.clock,
    random: context.random,
    newId: context.newId,
    version: context.version,
    policies: policiesIn(await findPolicies()),
    log,
    trace: log.call,
    findProxy: systemProxies(),
  });
  return agent;
}

/** The log of a data folder, as talkative as the user wants it. */
export function logOf(data: DataFolder, agent: () => Agent | undefined): Log {
  return openLog(data.logs, {
    advanced: () => {
      const settings = agent()?.storage.settings;
      return settings !== undefined && optionOf(settings, 'log.advanced') === 'on';
    },
  });
}

/** A command that only looks or changes must find something: a mistyped folder is told, not made. @throws STORAGE_UNREACHABLE */
export function mustExist(data: DataFolder): void {
  if (existsSync(data.path)) return;
  throw new Failure(
    'STORAGE_UNREACHABLE',
    `There is no folder ${data.path}. Begin with \`connector trial\` or \`connector account add\`, or name another with --data.`,
  );
}

/** @throws STORAGE_UNREACHABLE */
export function makeDataFolder(data: DataFolder): void {
  try {
    makeFolder(data.path);
  } catch (cause) {
    throw new Failure(
      'STORAGE_UNREACHABLE',
      `The folder ${data.path} cannot be made. Check that you may write there, or name another with --data.`,
      { cause },
    );
  }
}

/** Opens both, works, and closes both whatever happens. */
export async function withAgent<T>(
  context: Context,
  data: DataFolder,
  work: (agent: Agent, outlook: Outlook) => Promise<T>,
  how: How = { lasting: false },
): Promise<T> {
  mustExist(data);
  const outlook = await outlookOf(context, data, how);
  try {
    const agent = await agentOf(context, data, outlook);
    try {
      return await work(agent, outlook);
    } finally {
      await agent.close();
    }
  } finally {
    await outlook.close();
  }
}
