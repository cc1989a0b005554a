import type { Command } from 'commander';
import type { Context } from './context.ts';

type Make = (context: Context) => Promise<Command>;

/** All commands by name, in the order of the help. A command line loads the code of its own command only: it starts in half the time. */
export const COMMANDS: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['trial', async (context) => (await import('./commands/trial.ts')).trialCommand(context)],
  ['serve', async (context) => (await import('./commands/serve.ts')).serveCommand(context)],
  ['account', async (context) => (await import('./commands/account.ts')).accountCommand(context)],
  ['agent', async (context) => (await import('./commands/agent.ts')).agentCommand(context)],
  ['stop', async (context) => (await import('./commands/stop.ts')).stopCommand(context)],
  ['purge', async (context) => (await import('./commands/purge.ts')).purgeCommand(context)],
  ['doctor', async (context) => (await import('./commands/doctor.ts')).doctorCommand(context)],
  ['open', async (context) => (await import('./commands/open.ts')).openCommand(context)],
  ['sync', async (context) => (await import('./commands/sync.ts')).syncCommand(context)],
  ['status', async (context) => (await import('./commands/status.ts')).statusCommand(context)],
  ['folders', async (context) => (await import('./commands/status.ts')).foldersCommand(context)],
  ['calendars', async (context) => (await import('./commands/choose.ts')).chooseCommand(context, 'calendar')],
  ['books', async (context) => (await import('./commands/choose.ts')).chooseCommand(context, 'addressbook')],
  ['held', async (context) => (await import('./commands/held.ts')).heldCommand(context)],
  ['conflicts', async (context) => (await import('./commands/held.ts')).conflictsCommand(context)],
  ['left-alone', async (context) => (await import('./commands/left-alone.ts')).leftAloneCommand(context)],
  ['import', async (context) => (await import('./commands/import.ts')).importCommand(context)],
  ['runs', async (context) => (await import('./commands/runs.ts')).runsCommand(context)],
  ['history', async (context) => (await import('./commands/history.ts')).historyCommand(context)],
  ['restore', async (context) => (await import('./commands/history.ts')).restoreCommand(context)],
  ['verify', async (context) => (await import('./commands/verify.ts')).verifyCommand(context)],
  ['reset', async (context) => (await import('./commands/reset.ts')).resetCommand(context)],
  ['repair', async (context) => (await import('./commands/reset.ts')).repairCommand(context)],
  ['options', async (context) => (await import('./commands/options.ts')).optionsCommand(context)],
  ['settings', async (context) => (await import('./commands/settings.ts')).settingsCommand(context)],
  ['log', async (context) => (await import('./commands/log.ts')).logCommand(context)],
  ['update', async (context) => (await import('./commands/update.ts')).updateCommand(context)],
  ['report', async (context) => (await import('./commands/report.ts')).reportCommand(context)],
  ['outlook', async (context) => (await import('./commands/outlook.ts')).outlookCommand(context)],
  ['domain', async (context) => (await import('./commands/server/domains.ts')).domainCommand(context)],
  ['user', async (context) => (await import('./commands/server/users.ts')).userCommand(context)],
  ['share', async (context) => (await import('./commands/server/shares.ts')).shareCommand(context)],
  [
    'calendar',
    async (context) => (await import('./commands/server/containers.ts')).containerCommand(context, 'calendar'),
  ],
  ['book', async (context) => (await import('./commands/server/containers.ts')).containerCommand(context, 'book')],
]);
