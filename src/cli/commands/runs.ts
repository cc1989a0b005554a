import { Command } from 'commander';
import { adviceFor } from '../../agent/advice.ts';
import type { Agent } from '../../agent/agent.ts';
import { noteInWords } from '../../agent/folders/say.ts';
import { inWords } from '../../agent/summary.ts';
import { Failure } from '../../base/failure.ts';
import type { RunRow } from '../../storage/run-records.ts';
import { addByDefault } from '../by-default.ts';
import { type Context, runs } from '../context.ts';
import { localTime } from '../local-time.ts';
import { table } from '../terminal.ts';
import { countOf } from './history.ts';
import { withAgent } from './open-agent.ts';

/** `runs [list]`, `runs show N`: the reports of the last runs. */
export function runsCommand(context: Context): Command {
  const command = new Command('runs').description('reports of the last runs');
  addByDefault(
    command,
    runs<[], { most: string }>(
      new Command('list')
        .description('list them, newest first (what `runs` alone does)')
        .option('--most <n>', 'at most so many', '30'),
      context,
      ({ data, most }) =>
        withAgent(context, data, async ({ storage }) => {
          const rows = storage.runs.list(countOf(most));
          const lines = table(rows.map((row) => [String(row.id), timeOf(row.startedAt), row.why, wordsOf(row)]));
          return { lines: rows.length === 0 ? ['No run yet.'] : lines, json: rows.map(jsonOf) };
        }),
    ),
  );
  command.addCommand(
    runs<[string], object>(
      new Command('show')
        .description('show one: what was done in each folder and why, what failed, and what you can do')
        .argument('<n>', 'its number, as `runs` shows it'),
      context,
      ({ data }, typed) => withAgent(context, data, async (agent) => shownOf(agent, typed)),
    ),
  );
  return command;
}

function shownOf({ storage }: Agent, typed: string) {
  const row = /^\d{1,15}$/.test(typed) ? storage.runs.get(Number(typed)) : undefined;
  if (row === undefined)
    throw new Failure(
      'ITEM_NOT_FOUND',
      'No run has this number, or its report is kept no longer; see `connector runs`.',
    );
  const until = row.endedAt ?? Number.MAX_SAFE_INTEGER;
  const folders = storage.reports.kept({ since: row.startedAt, until, most: 10_000 }).map(({ folder, report }) => {
    const { outcome, failure, recovered } = report;
    const lines = report.lines.map((line) => ({ ...line, words: inWords(line, 'en'), advice: adviceFor(line) }));
    return { folder, seconds: (report.endedAt - report.startedAt) / 1000, outcome, failure, recovered, lines };
  });
  const told = folders.flatMap(({ folder, failure, recovered, lines }) => [
    ...(recovered > 0 ? [`${folder}: ${recovered} writes of an interrupted run were settled first.`] : []),
    ...(failure === undefined ? [] : [`${folder}: ${failure.message} [${failure.code}]`]),
    ...lines.map(({ words, advice }) => `${folder}: ${words}${advice === undefined ? '' : ` – ${advice}`}`),
  ]);
  return {
    lines: [`${timeOf(row.startedAt)}, ${row.why}: ${wordsOf(row)}`, ...told],
    json: { ...jsonOf(row), folders },
  };
}

function wordsOf({ startedAt, endedAt, times, changes, failed, held, folders, notes, failure }: RunRow): string {
  if (endedAt === undefined) return 'did not end, or goes on';
  if (failure !== undefined) return `${failure.message} [${failure.code}]`;
  const parts = [
    `${changes} ${changes === 1 ? 'change' : 'changes'}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(held > 0 ? [`${held} waiting for you`] : []),
  ];
  const how =
    times === 1 ? `${((endedAt - startedAt) / 1000).toFixed(1)} s` : `${times} times until ${timeOf(endedAt)}`;
  return [`${parts.join(', ')} in ${folders} folders, ${how}.`, ...notes.map((note) => noteInWords(note, 'en'))].join(
    ' ',
  );
}

function jsonOf({ startedAt, endedAt, ...row }: RunRow) {
  return {
    ...row,
    notes: row.notes.map((note) => noteInWords(note, 'en')),
    startedAt: new Date(startedAt).toISOString(),
    endedAt: endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
  };
}

function timeOf(at: number): string {
  return localTime(new Date(at).toISOString());
}
