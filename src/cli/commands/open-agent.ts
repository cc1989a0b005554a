import { join } from 'node:path';
import { type Agent, openAgent } from '../../agent/agent.ts';
import { openCredentialStore } from '../../agent/credentials.ts';
import { type Emulator, openEmulator } from '../../outlook/emulator/open-emulator.ts';
import type { Context, DataFolder } from '../context.ts';

/** The emulated Outlook of a data folder. */
export function outlookOf(context: Context, data: DataFolder): Emulator {
  return openEmulator({ file: data.outlook, clock: context.clock, random: context.random });
}

/** The agent of a data folder over its emulated Outlook. */
export async function agentOf(context: Context, data: DataFolder, emulator: Emulator): Promise<Agent> {
  return openAgent({
    file: data.agent,
    lockFile: join(data.path, 'run.lock'),
    credentials: await openCredentialStore(data.path),
    executor: emulator.executor,
    clock: context.clock,
    random: context.random,
    newId: context.newId,
    version: context.version,
  });
}

/** Opens both, works, and closes both whatever happens. */
export async function withAgent<T>(
  context: Context,
  data: DataFolder,
  work: (agent: Agent, emulator: Emulator) => Promise<T>,
): Promise<T> {
  const emulator = outlookOf(context, data);
  try {
    const agent = await agentOf(context, data, emulator);
    try {
      return await work(agent, emulator);
    } finally {
      await agent.close();
    }
  } finally {
    emulator.close();
  }
}
