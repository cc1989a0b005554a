import { Command } from 'commander';
import type { ImportProgress } from '../../agent/import/import-files.ts';
import { countOf, type Fate, type ImportReport, type ImportRow, ITEM_KINDS } from '../../agent/import/report.ts';
import type { UndoReport } from '../../agent/import/undo.ts';
import type { ItemKind } from '../../import/found.ts';
import { type Context, runs } from '../context.ts';
import { EXIT, EXIT_OF_FAILURE } from '../exit-codes.ts';
import { localTime } from '../local-time.ts';
import { progressLine, type Shown } from '../terminal.ts';
import { withAgent } from './open-agent.ts';
import { runOf } from './sync.ts';

type Options = { readonly into?: readonly string[]; readonly dryRun?: boolean };

/** The word that stands for Outlook itself; a file of this name is `./outlook`, and so with the other words. */
const OUTLOOK = 'outlook';

/** `import FILE…`, `import outlook`, `import list`, `import undo`. */
export function importCommand(context: Context): Command {
  const command = new Command('import')
    .description(
      'take what files hold into BlueMind: Outlook data files (.pst), calendars (.ics), contacts (.vcf), exports of Outlook (.csv)',
    )
    .argument('<files...>', 'the files; or just the word `outlook`: what was in Outlook before the connector')
    .option('--into <name...>', 'the calendar, the address book, or one of each, by uid or name; left out: your own')
    .option('--dry-run', 'only say what would be taken; writes nothing');
  command.enablePositionalOptions().addCommand(listCommand(context)).addCommand(undoCommand(context));
  return runs<[string[]], Options>(command, context, ({ data, json, into = [], dryRun = false }, paths) =>
    withAgent(context, data, async (agent) => {
      const files = paths.map((path) => ({ path }));
      const isOutlook = paths.length === 1 && paths[0] === OUTLOOK;
      const { progress, end } = shownProgress(context, json);
      const wish = { into, dryRun, signal: context.signal, progress };
      const report = await (isOutlook ? agent.imports.outlook(wish) : agent.imports.files(files, wish)).finally(end);
      context.exit = exitOf(report);
      const shown = shownOf(report, dryRun);
      if (isOutlook || dryRun || countOf(report.counts, 'taken') === 0 || report.outcome === 'cancelled') return shown;
      const { shown: run } = await runOf(context, agent, json);
      context.exit = Math.max(context.exit, exitOf(report));
      return { lines: [...shown.lines, ...run.lines], json: { ...report, run: run.json } };
    }),
  );
}

function listCommand(context: Context): Command {
  const command = new Command('list').description('list the imports from files that can be taken back, newest first');
  return runs(command, context, ({ data }) =>
    withAgent(context, data, async (agent) => {
      const entries = agent.imports.list().map(({ at, undone, ...entry }) => ({
        ...entry,
        at: new Date(at).toISOString(),
        undone: undone === undefined ? null : new Date(undone).toISOString(),
      }));
      const lines = entries.map(({ id, at, sources, items, undone }) => {
        const back = undone === null ? '' : ` – taken back: ${localTime(undone)}`;
        return `${id.slice(0, 8)}  ${localTime(at)}  ${itemsOf(items)} from ${sources.join(', ')}${back}`;
      });
      return { lines: lines.length === 0 ? ['No import from files is remembered.'] : lines, json: entries };
    }),
  );
}

function undoCommand(context: Context): Command {
  const command = new Command('undo')
    .description(
      'take an import from files back: what it made and nobody changed since is removed from BlueMind, and from Outlook',
    )
    .argument('[id]', 'its id, or the beginning of it that `import list` shows; left out: the last one');
  return runs<[string | undefined], object>(command, context, ({ data, json }, id) =>
    withAgent(context, data, async (agent) => {
      const line = progressLine(context.terminal, json);
      const report = await agent.imports
        .undo(id, {
          signal: context.signal,
          progress: ({ done, total }) => line.step('Taking back', `${done} of ${total}`),
        })
        .finally(() => line.end());
      const exit = undoExit(report);
      context.exit = exit;
      const shown = { lines: undoLines(report), json: report };
      if (report.removed === 0 || report.outcome === 'cancelled') return shown;
      const { shown: run } = await runOf(context, agent, json);
      context.exit = Math.max(context.exit, exit);
      return { lines: [...shown.lines, ...run.lines], json: { ...report, run: run.json } };
    }),
  );
}

function undoExit({ outcome, changed, failed }: UndoReport): number {
  if (outcome === 'cancelled') return EXIT.CANCELLED;
  return changed + failed > 0 ? EXIT.INCOMPLETE : EXIT.DONE;
}

function undoLines({ outcome, sources, removed, changed, gone, failed, stay }: UndoReport): string[] {
  const counted = [
    `${itemsOf(removed)} removed`,
    ...(changed === 0 ? [] : [`${changed} changed since, which stay`]),
    ...(gone === 0 ? [] : [`${gone} gone already`]),
    ...(failed === 0 ? [] : [`${failed} that BlueMind would not remove`]),
  ];
  return [
    `Import of ${sources.join(', ')}: ${counted.join(', ')}.`,
    ...stay.map(({ title, reason }) => `Stays: “${title}”: ${reason ?? 'it was changed since'}`),
    ...(outcome === 'cancelled' ? ['Cancelled. The same command goes on where it ended.'] : []),
  ];
}

function itemsOf(count: number): string {
  return `${count} ${count === 1 ? 'item' : 'items'}`;
}

function shownProgress(context: Context, quiet: boolean) {
  const line = progressLine(context.terminal, quiet);
  return {
    progress: ({ source, share, items }: ImportProgress) =>
      line.step(source, `${Math.floor(share * 100)} %, ${itemsOf(items)}`),
    end: () => line.end(),
  };
}

function exitOf(report: ImportReport): number {
  if (report.outcome === 'cancelled') return EXIT.CANCELLED;
  const failures = report.sources.flatMap(({ failure }) => failure ?? []);
  const [first] = failures;
  if (first !== undefined && failures.length === report.sources.length) return EXIT_OF_FAILURE[first.code] ?? EXIT.BUG;
  const refused = report.refused.some(({ reason }) => reason !== 'deleted') || failures.length > 0;
  return refused ? EXIT.INCOMPLETE : EXIT.DONE;
}

const WORDS: Readonly<Record<ItemKind, readonly [one: string, many: string]>> = {
  event: ['event', 'events'],
  contact: ['contact', 'contacts'],
  group: ['distribution list', 'distribution lists'],
};
const FATE_WORDS: Readonly<Record<Fate, string>> = {
  new: 'would be taken',
  taken: 'taken',
  there: 'there already',
  left: 'left: no place was named for them',
  refused: 'not taken',
};

function shownOf(report: ImportReport, dryRun: boolean): Shown {
  const { sources, refused, others, outcome, rows } = report;
  const failures = sources.flatMap(({ name, failure }) =>
    failure === undefined ? [] : [`${name}: ${failure.message} [${failure.code}]`],
  );
  const list = dryRun ? rows.filter(({ fate }) => fate === 'new').map((row) => `  ${rowInWords(row)}`) : [];
  const end =
    outcome === 'cancelled' ? ['Cancelled. What was taken stays; the same command goes on where it ended.'] : [];
  const rest =
    others === 0 ? [] : [`${others} other ${others === 1 ? 'item' : 'items'} (mail, tasks, notes) passed over.`];
  const counted = countLines(report);
  const nothing = counted.length === 0 && failures.length === 0 ? ['Nothing to import was found.'] : [];
  const back =
    report.undo === undefined ? [] : [`\`connector import undo ${report.undo.slice(0, 8)}\` takes this back.`];
  const lines = [
    ...list,
    ...counted,
    ...nothing,
    ...rest,
    ...refused.map(refusalInWords),
    ...failures,
    ...end,
    ...back,
  ];
  return { lines, json: { dryRun, ...report } };
}

function countLines({ counts }: ImportReport): string[] {
  return ITEM_KINDS.flatMap((kind) => {
    const [one, many] = WORDS[kind];
    const told = (Object.keys(FATE_WORDS) as Fate[]).flatMap((fate) =>
      counts[kind][fate] === 0 ? [] : [`${counts[kind][fate]} ${FATE_WORDS[fate]}`],
    );
    const total = Object.values(counts[kind]).reduce((sum, count) => sum + count, 0);
    return total === 0 ? [] : [`${total} ${total === 1 ? one : many}: ${told.join(', ')}.`];
  });
}

function rowInWords({ title, when, from }: ImportRow): string {
  return `“${title}”${when === '' ? '' : ` (${when})`}${from === '' ? '' : `, in ${from}`}`;
}

function refusalInWords(row: ImportRow): string {
  return `Not taken: ${WORDS[row.what][0]} ${rowInWords(row)}: ${row.detail} [${row.reason ?? ''}]`;
}
