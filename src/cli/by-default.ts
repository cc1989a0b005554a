import type { Command } from 'commander';

/** Adds the command that is done where none is named; the help of the command above tells its arguments and options too. */
export function addByDefault(above: Command, command: Command): Command {
  return above.addCommand(command, { isDefault: true }).addHelpText('after', () => textOf(command));
}

function textOf(command: Command): string {
  const help = command.createHelp();
  help.helpWidth = command.configureOutput().getOutHelpWidth?.() ?? 80;
  const rows = [
    ...help.visibleArguments(command).map((one) => [help.argumentTerm(one), help.argumentDescription(one)] as const),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== '--help')
      .map((one) => [help.optionTerm(one), help.optionDescription(one)] as const),
  ];
  const width = Math.max(...rows.map(([term]) => term.length));
  const lines = rows.map(([term, said]) => help.formatItem(term, width, said, help));
  return `\nWithout a command, it is \`${command.name()}\`:\n${lines.join('\n')}`;
}
