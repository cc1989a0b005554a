import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands.ts';
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
    await (await connectorProgram(context, args[0])).parseAsync([...args], { from: 'user' });
    return context.exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
    throw error;
  }
}

/** The program with the command of this name; with all of them where no command has it: the help tells of each. */
export async function connectorProgram(context: Context, name = ''): Promise<Command> {
  const { terminal, version } = context;
  const program = new Command('connector')
    .description('Keeps BlueMind calendars and address books in step with Microsoft Outlook.')
    .version(version)
    // What stands behind a command's name is that command's, also where one above it has an option of the same name.
    .enablePositionalOptions();
  const asked = COMMANDS.get(name);
  const made = asked === undefined ? [...COMMANDS.values()] : [asked];
  for (const command of await Promise.all(made.map((make) => make(context)))) program.addCommand(command);
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
10 to 125 a failure with its own code, 130 cancelled. docs/errors.md explains each; docs/cli.md has examples.
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
