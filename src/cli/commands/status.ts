import { Command } from 'commander';
import type { Agent } from '../../agent/agent.ts';
import { totalsOf } from '../../agent/summary.ts';
import { type Context, runs } from '../context.ts';
import { withAgent } from './open-agent.ts';

/** `status`: when each folder was last in step, and what waits for the user. */
export function statusCommand(context: Context): Command {
  return runs(
    new Command('status').description('when each folder was last synchronized, and what waits for you'),
    context,
    ({ data }) =>
      withAgent(context, data, async (agent) => {
        const accounts = agent.accounts().map(({ id }) => id);
        const folders = agent.pairs().map((pair) => statusOf(agent, pair));
        const lines = [
          accounts.length === 0 ? 'No account is connected.' : `Connected: ${accounts.join(', ')}`,
          ...folders.map(({ name, items, last, outcome, changes, failed }) =>
            last === undefined
              ? `${name}: not synchronized yet`
              : `${name}: ${items} items, ${outcome} ${last}, ${changes} changes${failed > 0 ? `, ${failed} failed` : ''}`,
          ),
          ...folders.flatMap(({ name, waiting }) =>
            waiting.map(({ title, rule }) => `Waiting for you in ${name}: “${title}” [${rule}]`),
          ),
        ];
        return { lines, json: { accounts, folders } };
      }),
  );
}

function statusOf(agent: Agent, pair: ReturnType<Agent['pairs']>[number]) {
  const state = agent.storage.state(pair.id);
  const [report] = agent.storage.reports.list({ pair: pair.id, most: 1 });
  const totals = totalsOf(report === undefined ? [] : [{ name: pair.name, kind: 'calendar', report }]);
  return {
    name: pair.name,
    items: state.total(),
    last: report && new Date(report.endedAt).toISOString(),
    outcome: report?.outcome,
    failure: report?.failure,
    ...totals,
    waiting: state.held().map(({ key, rule, title, decision }) => ({ key, rule, title, decision })),
  };
}

/** `folders`: which container of BlueMind is which folder of Outlook. */
export function foldersCommand(context: Context): Command {
  return runs(
    new Command('folders').description('which calendar or address book of BlueMind is which folder of Outlook'),
    context,
    ({ data }) =>
      withAgent(context, data, async (agent) => {
        const folders = agent.pairs().map(({ id, name, kind, folders: sides, value }) => ({
          id,
          name,
          kind,
          container: sides.server,
          outlookFolder: sides.outlook,
          access: value['write'] === true ? 'R/W' : 'R',
        }));
        const lines = folders.map(
          ({ name, kind, access, container }) => `${access.padEnd(3)}  ${kind.padEnd(11)}  ${name}  (${container})`,
        );
        return {
          lines: folders.length === 0 ? ['No folders yet; they appear with the first run.'] : lines,
          json: folders,
        };
      }),
  );
}
