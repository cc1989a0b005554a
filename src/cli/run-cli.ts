import { Command, CommanderError } from 'commander';
import { accountCommand } from './commands/account.ts';
import { containerCommand, shareCommand, userCommand } from './commands/administer.ts';
import { outlookCommand } from './commands/outlook.ts';
import { serveCommand } from './commands/serve.ts';
import { foldersCommand, statusCommand } from './commands/status.ts';
import { syncCommand } from './commands/sync.ts';
import { trialCommand } from './commands/trial.ts';
import { newContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line to its end and gives its exit code. */
export async function runCli(
  args: readonly string[],
  options: { readonly terminal: Terminal; readonly version: string; readonly signal: AbortSignal },
): Promise<number> {
  const { terminal, version, signal } = options;
  const context = newContext(terminal, version, signal);
  const program = new Command('connector')
    .description('Keeps BlueMind calendars and address books in step with Microsoft Outlook.')
    .version(version)
    .addCommand(trialCommand(context))
    .addCommand(serveCommand(context))
    .addCommand(accountCommand(context))
    .addCommand(syncCommand(context))
    .addCommand(statusCommand(context))
    .addCommand(foldersCommand(context))
    .addCommand(outlookCommand(context))
    .addCommand(userCommand(context))
    .addCommand(shareCommand(context))
    .addCommand(containerCommand(context, 'calendar'))
    .addCommand(containerCommand(context, 'book'));
  for (const command of [program, ...everyCommand(program)]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return context.exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
    throw error;
  }
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child as Command, ...everyCommand(child as Command)]);
}
