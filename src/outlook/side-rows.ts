/**
 * Reading many items of a folder: a second table tells what each of them would otherwise be asked for by a call of its own, where
 * that is fewer calls in all. Its pages and the items on them take turns, so that little is held and little can happen in between. What
 * no row tells, for whatever reason, is asked of the item: a store may refuse a column, or a table altogether.
 */
import { must } from '../base/assert.ts';
import type { AbortSignalLike } from '../base/clock.ts';
import { throwIfCancelled } from '../base/failure.ts';
import { meaningOf } from './program/errors.ts';
import { concernsOutlook, failureOf, finish } from './program/finish.ts';
import type { Outcome, Program } from './program/program.ts';
import type { Part, Settled } from './program/reading.ts';
import { readParts } from './program/reading.ts';
import {
  openedRows,
  openRows,
  type RowFacts,
  type RowMember,
  type RowTable,
  type RowView,
  refusedColumn,
  rowColumns,
  rowPage,
  rowsOf,
} from './program/rows.ts';
import type { ScanRow } from './program/scan.ts';
import { isHot } from './side-rev.ts';
import { type RowTexts, rowTexts } from './side-row-texts.ts';
import type { OpenFolder, OutlookSession } from './side-session.ts';

/** Rows per page: a text takes longer to fetch than an id. */
const PAGE = 100;
/** What a table costs besides its pages: opening it, the zone of Windows, items that are asked although it told them. */
const OPENING = 30;

/** What is read, and how one item of it is. */
export type ManyItems<T> = {
  /** As a scan has just listed them. */
  readonly items: readonly Pick<ScanRow, 'entryId' | 'lastModified'>[];
  /** Whether an item was read before. */
  readonly isKnown: (id: string) => boolean;
  /** @param row what the table told of the item */
  readonly part: (at: number, row: RowView | undefined) => Part<T>;
  readonly members: readonly RowMember[];
  /** How many items the folder has. */
  readonly listed: number;
  /** @units milliseconds since 1970 */
  readonly now: number;
  /** Items to read from which a table is opened; unless told, where it takes at most half the calls that it saves. */
  readonly tableFrom: number | undefined;
  readonly sliceSize: number;
  readonly signal: AbortSignalLike | undefined;
};

/** Reads items to their ends; results stand at the places of their ids. @throws Failure OUTLOOK_* */
export async function readMany<T>(
  session: OutlookSession,
  folder: OpenFolder,
  wanted: ManyItems<T>,
): Promise<readonly Settled<T>[]> {
  const results = new Map<number, Settled<T>>();
  const read = async (places: readonly number[], viewOf: (at: number) => RowView | undefined): Promise<void> => {
    const settled = await readParts(session.executor, {
      label: 'read items',
      given: { session: folder.given.session },
      parts: places.map((at) => wanted.part(at, viewOf(at))),
      sliceSize: wanted.sliceSize,
      beforeSlice: () => throwIfCancelled(wanted.signal),
    });
    for (const [n, at] of places.entries()) results.set(at, must(settled[n]));
  };
  const open = stillPlaces(wanted);
  if (paysATable(wanted, open.size)) {
    const texts = rowTexts();
    const taken = new Set<number>();
    for await (const page of pagesOf(session, folder, wanted)) {
      const rows = new Map<number, RowFacts>();
      for (const row of page) {
        const at = open.get(row.entryId);
        open.delete(row.entryId);
        if (at !== undefined && !isHot(row.lastModified, wanted.now)) rows.set(at, row);
      }
      await read([...rows.keys()], (at) => {
        const row = must(rows.get(at));
        return viewOf(row, texts, { isKnown: wanted.isKnown(row.entryId), taken: () => taken.add(at) });
      });
      if (open.size === 0) break;
    }
    if (texts.refuted()) for (const at of taken) results.delete(at);
  }
  const left = wanted.items.flatMap((_, at) => (results.has(at) ? [] : [at]));
  await read(left, () => undefined);
  return wanted.items.map((_, at) => must(results.get(at)));
}

/** Where items stand whose rows can help. What was changed just now may change again within its second, and no time would tell. */
function stillPlaces({ items, now }: ManyItems<unknown>): Map<string, number> {
  const places = items.map(({ entryId, lastModified }, at) => ({ entryId, at, hot: isHot(lastModified ?? '', now) }));
  return new Map(places.filter(({ hot }) => !hot).map(({ entryId, at }) => [entryId, at]));
}

function paysATable({ members, listed, tableFrom }: ManyItems<unknown>, still: number): boolean {
  if (tableFrom !== undefined) return still >= tableFrom;
  return still * members.length >= 2 * (OPENING + listed / PAGE);
}

function viewOf(
  { lastModified, times, body }: RowFacts,
  texts: RowTexts,
  { isKnown, taken }: { readonly isKnown: boolean; readonly taken: () => void },
): RowView {
  return {
    lastModified,
    times,
    body: () => {
      const text = texts.take(body, isKnown);
      if (text !== undefined) taken();
      return text;
    },
    asked: (said) => texts.heard(body, said),
  };
}

/** The pages of a table over the folder; none where the store does not give one. */
async function* pagesOf(
  session: OutlookSession,
  folder: OpenFolder,
  { members, signal }: Pick<ManyItems<unknown>, 'members' | 'signal'>,
): AsyncGenerator<readonly RowFacts[]> {
  const opened = await openTable(session, folder, rowColumns(members));
  if (opened === undefined) return;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const outcome = await run(session, rowPage(opened.table, PAGE));
      const rows = outcome.kind === 'done' ? rowsOf(outcome.values, opened) : undefined;
      if (rows === undefined) return;
      yield rows;
    }
  } finally {
    await session.executor.release([opened.table]);
  }
}

/** Without the columns that the store refuses. */
async function openTable(
  session: OutlookSession,
  folder: OpenFolder,
  columns: readonly string[],
): Promise<RowTable | undefined> {
  const program = openRows(folder.given.folder, columns);
  const outcome = await run(session, program);
  if (outcome.kind !== 'failed') return openedRows(finish(outcome, program.label), columns);
  const refused = refusedColumn(program, outcome);
  if (refused === undefined) return undefined;
  return openTable(
    session,
    folder,
    columns.filter((column) => column !== refused),
  );
}

/** What fails because of the table is a value; what fails because of Outlook is thrown. */
async function run(session: OutlookSession, program: Program): Promise<Outcome> {
  const outcome = await session.executor.run(program);
  if (outcome.kind === 'failed' && concernsOutlook(meaningOf(outcome.hresult)))
    throw failureOf(outcome.hresult, program.label);
  return outcome;
}
