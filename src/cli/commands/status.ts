import { Command } from 'commander';
import type { Agent } from '../../agent/agent.ts';
import { totalsOf } from '../../agent/summary.ts';
import { waitingRows } from '../../agent/waiting.ts';
import { type Context, runs } from '../context.ts';
import { localTime } from '../local-time.ts';
import { table } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

/** `status`: when each folder was last in step, and what waits for the user. */
export function statusCommand(context: Context): Command {
  return runs(
    new Command('status').description('when each folder was last synchronized, and what waits for you'),
    context,
    ({ data }) =>
      withAgent(context, data, async (agent) => {
        const accounts = agent.accounts().map(({ id, server, login }) => ({ id, server, login }));
        const folders = sorted(agent.pairs()).map((pair) => statusOf(agent, pair));
        const lines = [
          accounts.length === 0
            ? 'No account is connected.'
            : `Connected: ${accounts.map(({ login, server }) => `${login} at ${server}`).join(', ')}`,
          ...table(folders.map(({ name, ...rest }) => [name, ...cellsOf(rest)])),
          ...folders.flatMap(({ name, waiting }) => waitingLines(name, waiting)),
        ];
        return { lines, json: { accounts, folders } };
      }),
  );
}

/** One line for each reason something waits for, with the command that lists it. */
function waitingLines(name: string, rows: readonly { readonly rule: string; readonly why: string }[]): string[] {
  const reasons = new Map(rows.map(({ rule, why }) => [rule, why]));
  return [...reasons].map(([rule, why]) => {
    const waiting = count(rows.filter((row) => row.rule === rule).length, 'item');
    const see = rule === 'P8' ? 'connector conflicts' : 'connector held list';
    return `Waiting for you in ${name}: ${waiting}. ${why} [${rule}] See \`${see}\`.`;
  });
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
    waiting: (['held', 'conflict'] as const)
      .flatMap((what) => waitingRows(agent.storage, what))
      .filter((row) => row.pair === pair.id)
      .map(({ key, rule, title, decision, why }) => ({ key, rule, title, decision, why })),
  };
}

type Status = Omit<ReturnType<typeof statusOf>, 'name'>;

function cellsOf({ items, last, outcome, failure, changes, failed }: Status): string[] {
  if (last === undefined) return ['', 'not synchronized yet'];
  const parts = [
    outcome === 'done' ? `in step at ${localTime(last)}` : `${outcome} at ${localTime(last)}`,
    count(changes, 'change'),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(failure === undefined ? [] : [`${failure.message} [${failure.code}]`]),
  ];
  return [count(items, 'item'), parts.join(', ')];
}

function count(number: number, word: string): string {
  return `${number} ${number === 1 ? word : `${word}s`}`;
}

/** Calendars, then address books; the user's own first in each, which Outlook has by itself. */
function sorted(pairs: ReturnType<Agent['pairs']>): ReturnType<Agent['pairs']> {
  const rank = ({ kind, folders }: (typeof pairs)[number]) =>
    (kind === 'calendar' ? 0 : 2) + (/^(calendar:Default:|book:)/.test(folders.server) ? 0 : 1);
  return [...pairs].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** `folders`: which container of BlueMind is which folder of Outlook. */
export function foldersCommand(context: Context): Command {
  return runs(
    new Command('folders').description('which calendar or address book of BlueMind is which folder of Outlook'),
    context,
    ({ data }) =>
      withAgent(context, data, async (agent) => {
        const folders = sorted(agent.pairs()).map(({ id, name, kind, folders: sides, value }) => ({
          id,
          name,
          kind,
          container: sides.server,
          outlookFolder: sides.outlook,
          access: value['write'] === true ? 'R/W' : 'R',
        }));
        const lines = table(folders.map(({ name, kind, access, container }) => [name, kind, access, container]));
        return {
          lines: folders.length === 0 ? ['No folders yet; they appear with the first run.'] : lines,
          json: folders,
        };
      }),
  );
}
