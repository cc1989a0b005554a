import { Command } from 'commander';
import { type OptionRow, optionName, optionRow, optionRows, resetOption, setOption } from '../../agent/options.ts';
import { type Context, runs } from '../context.ts';
import { type Shown, table } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

/** @units minutes: shorter intervals load the server */
const SHORT_INTERVAL = 10;

/** `options list|get|set|reset`: how the connector works. */
export function optionsCommand(context: Context): Command {
  const options = new Command('options').description('how the connector works: conflicts, the guard, what is kept');
  options.addCommand(
    runs(new Command('list').description('list all options, with what each may be'), context, ({ data }) =>
      withAgent(context, data, async ({ storage }) => {
        const rows = optionRows(storage.settings);
        const cells = rows.map((row) => [row.name, inForce(row), `${row.about}: ${row.type}`]);
        return { lines: table(cells), json: rows };
      }),
    ),
  );
  options.addCommand(
    runs<[string], object>(
      new Command('get').description('show one option').argument('<name>', 'as `options list` shows it'),
      context,
      ({ data }, name) =>
        withAgent(context, data, async ({ storage }) => shownOf(optionRow(storage.settings, optionName(name)))),
    ),
  );
  options.addCommand(
    runs<[string, string], object>(
      new Command('set')
        .description('set one option; it holds from the next run on')
        .argument('<name>', 'as `options list` shows it')
        .argument('<value>', 'as `options list` says'),
      context,
      ({ data }, name, value) =>
        withAgent(context, data, async ({ storage }) => {
          setOption(storage.settings, optionName(name), value);
          return shownOf(optionRow(storage.settings, optionName(name)));
        }),
    ),
  );
  options.addCommand(
    runs<[string], object>(
      new Command('reset').description('back to the default').argument('<name>', 'as `options list` shows it'),
      context,
      ({ data }, name) =>
        withAgent(context, data, async ({ storage }) => {
          resetOption(storage.settings, optionName(name));
          return shownOf(optionRow(storage.settings, optionName(name)));
        }),
    ),
  );
  return options;
}

function inForce({ value, set }: OptionRow): string {
  return set ? String(value) : `${value} (default)`;
}

function shownOf(row: OptionRow): Shown {
  const short = row.name === 'interval' && Number(row.value) < SHORT_INTERVAL;
  const warning = short
    ? [`Less than ${SHORT_INTERVAL} minutes loads the server; changes are noticed earlier by themselves.`]
    : [];
  return { lines: [`${row.name} = ${inForce(row)}`, ...warning], json: row };
}
