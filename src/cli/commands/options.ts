import { Command } from 'commander';
import type { Agent } from '../../agent/agent.ts';
import {
  type OptionName,
  type OptionRow,
  optionName,
  optionRow,
  optionRows,
  resetOption,
  setOption,
} from '../../agent/options.ts';
import type { Policies } from '../../agent/policies.ts';
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
      withAgent(context, data, async ({ storage, policies }) => {
        const rows = optionRows(storage.settings).map((row) => known(row, policies));
        const cells = rows.map((row) => [row.name, inForce(row), `${row.about}: ${row.type}`]);
        return { lines: table(cells), json: rows };
      }),
    ),
  );
  options.addCommand(
    runs<[string], object>(
      new Command('get').description('show one option').argument('<name>', 'as `options list` shows it'),
      context,
      ({ data }, name) => withAgent(context, data, async (agent) => shownOf(agent, optionName(name))),
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
        withAgent(context, data, async (agent) => {
          setOption(agent.storage.settings, optionName(name), value);
          return shownOf(agent, optionName(name));
        }),
    ),
  );
  options.addCommand(
    runs<[string], object>(
      new Command('reset').description('back to the default').argument('<name>', 'as `options list` shows it'),
      context,
      ({ data }, name) =>
        withAgent(context, data, async (agent) => {
          resetOption(agent.storage.settings, optionName(name));
          return shownOf(agent, optionName(name));
        }),
    ),
  );
  return options;
}

/** `managed`: the organisation has set it. */
type KnownRow = OptionRow & { readonly managed: boolean };

function known(row: OptionRow, { options }: Policies): KnownRow {
  return { ...row, managed: options.has(row.name) };
}

function inForce({ value, set, managed }: KnownRow): string {
  if (managed) return `${value} (your organisation)`;
  return set ? String(value) : `${value} (default)`;
}

function shownOf({ storage, policies }: Agent, name: OptionName): Shown {
  const row = known(optionRow(storage.settings, name), policies);
  const short = row.name === 'interval' && Number(row.value) < SHORT_INTERVAL;
  const warning = short
    ? [`Less than ${SHORT_INTERVAL} minutes loads the server; changes are noticed earlier by themselves.`]
    : [];
  return { lines: [`${row.name} = ${inForce(row)}`, ...warning], json: row };
}
