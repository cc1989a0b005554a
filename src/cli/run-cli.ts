import { Command, CommanderError } from 'commander';
import { accountCommand } from './commands/account.ts';
import { agentCommand } from './commands/agent.ts';
import { chooseCommand } from './commands/choose.ts';
import { conflictsCommand, heldCommand } from './commands/held.ts';
import { historyCommand, restoreCommand } from './commands/history.ts';
import { leftAloneCommand } from './commands/left-alone.ts';
import { logCommand } from './commands/log.ts';
import { openCommand } from './commands/open.ts';
import { optionsCommand } from './commands/options.ts';
import { outlookCommand } from './commands/outlook.ts';
import { repairCommand, resetCommand } from './commands/reset.ts';
import { runsCommand } from './commands/runs.ts';
import { serveCommand } from './commands/serve.ts';
import { containerCommand } from './commands/server/containers.ts';
import { domainCommand } from './commands/server/domains.ts';
import { shareCommand } from './commands/server/shares.ts';
import { userCommand } from './commands/server/users.ts';
import { settingsCommand } from './commands/settings.ts';
import { foldersCommand, statusCommand } from './commands/status.ts';
import { syncCommand } from './commands/sync.ts';
import { trialCommand } from './commands/trial.ts';
import { verifyCommand } from './commands/verify.ts';
import { type Context, newContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line to its end and gives its exit code. */
export async function runCli(
  args: readonly string[],
  options: { readonly terminal: Terminal; readonly version: string; readonly signal: AbortSignal },
): Promise<number> {
  const { terminal, version, signal } = options;
  const context = newContext(terminal, version, signal);
  try {
    await connectorProgram(context).parseAsync([...args], { from: 'user' });
    return context.exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
    throw error;
  }
}

/** All commands. */
export function connectorProgram(context: Context): Command {
  const { terminal, version } = context;
  const program = new Command('connector')
    .description('Keeps BlueMind calendars and address books in step with Microsoft Outlook.')
    .version(version)
    .addCommand(trialCommand(context))
    .addCommand(serveCommand(context))
    .addCommand(accountCommand(context))
    .addCommand(agentCommand(context))
    .addCommand(openCommand(context))
    .addCommand(syncCommand(context))
    .addCommand(statusCommand(context))
    .addCommand(foldersCommand(context))
    .addCommand(chooseCommand(context, 'calendar'))
    .addCommand(chooseCommand(context, 'addressbook'))
    .addCommand(heldCommand(context))
    .addCommand(conflictsCommand(context))
    .addCommand(leftAloneCommand(context))
    .addCommand(runsCommand(context))
    .addCommand(historyCommand(context))
    .addCommand(restoreCommand(context))
    .addCommand(verifyCommand(context))
    .addCommand(resetCommand(context))
    .addCommand(repairCommand(context))
    .addCommand(optionsCommand(context))
    .addCommand(settingsCommand(context))
    .addCommand(logCommand(context))
    .addCommand(outlookCommand(context))
    .addCommand(domainCommand(context))
    .addCommand(userCommand(context))
    .addCommand(shareCommand(context))
    .addCommand(containerCommand(context, 'calendar'))
    .addCommand(containerCommand(context, 'book'));
  for (const command of [program, ...everyCommand(program)]) {
    command
      .exitOverride()
      .configureHelp({ commandDescription: (shown) => sentence(shown.description()) })
      .showHelpAfterError('`--help` says what there is.')
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.err(text),
        outputError: (text, write) => write(discreet(text)),
      });
  }
  return program.addHelpText('afterAll', HELP_END);
}

const HELP_END = `
Exit codes: 0 done, 1 a fault of the connector, 2 command line not understood, 3 done but some items failed or wait for you,
10 to 99 a failure with its own code, 130 cancelled. docs/errors.md explains each; docs/cli.md has examples.
`;

/** Names what was not understood without repeating values: one of them may be a password, typed where none is taken. */
function discreet(error: string): string {
  return error
    .replace(/(unknown option '(?:--[^'=]*|-[^'-]))[^']*'/, "$1'")
    .replace(/( but got \d+): [\s\S]*?\.$/m, '$1.');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

/** The commands below a command, at every depth. */
export function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((child) => [child as Command, ...everyCommand(child as Command)]);
}
