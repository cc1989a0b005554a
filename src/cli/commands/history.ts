import { Command, Option } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { fieldsInWords } from '../../agent/field-words.ts';
import { findEntry, type HistoryItem, historyItem, listHistory } from '../../agent/history.ts';
import type { RestoreTo } from '../../agent/restore.ts';
import { Failure } from '../../base/failure.ts';
import type { SideName } from '../../sync/side.ts';
import { addByDefault } from '../by-default.ts';
import { type Context, runs } from '../context.ts';
import { localTime } from '../local-time.ts';
import { withAgent } from './open-agent.ts';

type ListOptions = {
  readonly folder?: string;
  readonly side?: SideName;
  readonly text?: string;
  readonly since?: string;
  readonly most: string;
};

/** `history [list]`, `history show ID`: what was overwritten, deleted or lost a conflict. */
export function historyCommand(context: Context): Command {
  const history = new Command('history').description(
    'versions that were overwritten, deleted or lost a conflict; `restore` puts one back',
  );
  const list = new Command('list')
    .description('list them, newest first (what `history` alone does)')
    .option('--folder <name>', 'only of this folder')
    .addOption(new Option('--side <side>', 'only what was there').choices(['server', 'outlook']))
    .option('--text <text>', 'only where this stands in the title or elsewhere in the item')
    .option('--since <when>', 'only since then: 2026-03-09, 2026-03-09T14:00, or 7d, 12h, 30m ago')
    .option('--most <n>', 'at most so many', '50');
  addByDefault(
    history,
    runs<[], ListOptions>(list, context, ({ data, folder, side, text, since, most }) => {
      const from = since === undefined ? undefined : momentOf(since, context.clock.now());
      return withAgent(context, data, async ({ storage }) => {
        const items = listHistory(storage, { folder, side, text, since: from, most: countOf(most) }, 'en');
        const lines = items.flatMap((item) => [headOf(item), ...fieldLines(item).map((line) => `    ${line}`)]);
        return { lines: items.length === 0 ? ['Nothing in the history.'] : lines, json: items };
      });
    }),
  );
  history.addCommand(
    runs<[string], object>(
      new Command('show')
        .description('show one in full: both versions in words, and the kept one as JSON')
        .argument('<id>', 'its id, or the beginning of it that `history` shows'),
      context,
      ({ data }, id) =>
        withAgent(context, data, async ({ storage }) => {
          const entry = findEntry(storage, id);
          const item = historyItem(entry, 'en');
          const lines = [headOf(item), ...fieldLines(item), JSON.stringify(entry.content, null, 2)];
          return { lines, json: { ...item, content: entry.content } };
        }),
    ),
  );
  return history;
}

const PLACES = { server: 'in BlueMind', outlook: 'in Outlook' } as const;
const BACK = { created: 'made again', changed: 'put back', nothing: 'already as it was' } as const;

/** `restore ID`: puts a version of the history back. */
export function restoreCommand(context: Context): Command {
  const command = new Command('restore')
    .description('put a version of the history back; the next run carries it to the other side')
    .argument('<id>', 'its id, or the beginning of it that `history` shows')
    .addOption(
      new Option('--to <where>', 'where to put it (default: where it was)').choices(['server', 'outlook', 'both']),
    );
  return runs<[string], { to?: RestoreTo }>(command, context, ({ data, to }, id) =>
    withAgent(context, data, async (agent) => {
      const result = await agent.trust.restore(id, to);
      const lines = result.done.map(({ side, did, fields }) => {
        const what = fields.length === 0 ? '' : `: ${fieldsInWords(fields, 'en').join(', ')}`;
        return `${result.folder}: “${result.title}” ${BACK[did]} ${PLACES[side]}${what}.`;
      });
      return { lines, json: result };
    }),
  );
}

const DID = {
  update: { server: 'overwritten in BlueMind', outlook: 'overwritten in Outlook' },
  delete: { server: 'deleted in BlueMind', outlook: 'deleted in Outlook' },
} as const;

function headOf({ id, at, folder, title, when, did, side, why, rule, restored }: HistoryItem): string {
  const back = restored === undefined ? '' : ` – put back at ${localTime(restored)}`;
  const what = `“${title}”${when === '' ? '' : ` (${when})`}`;
  return `${id.slice(0, 8)}  ${localTime(at)}  ${folder}: ${what} ${DID[did][side]} – ${why} [${rule}]${back}`;
}

function fieldLines({ fields }: HistoryItem): string[] {
  return fields.map(({ field, before, after, lost }) => {
    return `${field}: ${before} became ${after}${lost ? ' (both sides had changed it)' : ''}`;
  });
}

/** @throws VALUE_INVALID */
export function countOf(typed: string): number {
  if (/^[1-9]\d{0,6}$/.test(typed)) return Number(typed);
  throw new Failure('VALUE_INVALID', 'A number of entries is a whole number from 1 on.');
}

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;

/** @throws VALUE_INVALID */
function momentOf(typed: string, now: number): number {
  const ago = /^(\d{1,6})([dhm])$/.exec(typed);
  if (ago !== null) return now - Number(ago[1]) * UNITS[ago[2] as keyof typeof UNITS];
  try {
    return Temporal.PlainDateTime.from(typed).toZonedDateTime(Temporal.Now.timeZoneId()).epochMilliseconds;
  } catch (cause) {
    throw new Failure('VALUE_INVALID', 'A time looks like 2026-03-09, 2026-03-09T14:00, or 7d, 12h, 30m ago.', {
      cause,
    });
  }
}
