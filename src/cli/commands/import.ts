import { Command } from 'commander';
import type { ImportProgress } from '../../agent/import/import-files.ts';
import { countOf, type Fate, type ImportReport, type ImportRow, ITEM_KINDS } from '../../agent/import/report.ts';
import type { ItemKind } from '../../import/found.ts';
import { type Context, runs } from '../context.ts';
import { EXIT, EXIT_OF_FAILURE } from '../exit-codes.ts';
import { progressLine, type Shown } from '../terminal.ts';
import { withAgent } from './open-agent.ts';
import { runOf } from './sync.ts';

type Options = { readonly into?: readonly string[]; readonly dryRun?: boolean };

/** The word that stands for Outlook itself; a file of this name is `./outlook`. */
const OUTLOOK = 'outlook';

/** `import FILE…` and `import outlook`. */
export function importCommand(context: Context): Command {
  const command = new Command('import')
    .description(
      'take what files hold into BlueMind: Outlook data files (.pst), calendars (.ics), contacts (.vcf), exports of Outlook (.csv)',
    )
    .argument('<files...>', 'the files; or just the word `outlook`: what was in Outlook before the connector')
    .option('--into <name...>', 'the calendar, the address book, or one of each, by uid or name; left out: your own')
    .option('--dry-run', 'only say what would be taken; writes nothing');
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

function shownProgress(context: Context, quiet: boolean) {
  const line = progressLine(context.terminal, quiet);
  return {
    progress: ({ source, share, items }: ImportProgress) =>
      line.step(source, `${Math.floor(share * 100)} %, ${items} ${items === 1 ? 'item' : 'items'}`),
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
  const lines = [...list, ...counted, ...nothing, ...rest, ...refused.map(refusalInWords), ...failures, ...end];
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
