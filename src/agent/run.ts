import { must } from '../base/assert.ts';
import { CANCELLED, Failure, isFailure, throwIfCancelled } from '../base/failure.ts';
import { readyHeap } from '../node/lean-heap.ts';
import { birthdayEvents } from '../outlook/side-birthdays.ts';
import type { PairRecord } from '../storage/records.ts';
import type { RunNote } from '../storage/run-records.ts';
import { readReadable } from '../sync/look.ts';
import { pairUnlinked } from '../sync/pairing.ts';
import type { FolderReport, Line } from '../sync/report.ts';
import { planFolder, type Run, syncFolder } from '../sync/run.ts';
import type { Item, ItemId, Rev, Side } from '../sync/side.ts';
import { bothSides } from '../sync/state.ts';
import type { RunOptions } from './agent.ts';
import type { SettingsView } from './calendar-settings.ts';
import { endPair } from './folders/look-at-folders.ts';
import { type AccountPair, type LookedAt, lookAtAccount } from './look-at-account.ts';
import { keepingOf } from './options.ts';
import { forgetMissing } from './replaced-account.ts';
import { findMade } from './restoring.ts';
import type { FolderRun, RunReport } from './summary.ts';
import { type Entries, remembered, withSides } from './with-sides.ts';
import type { Working } from './working.ts';

/** Brings every folder pair of the account in step; a pair that fails does not stop the others. */
export async function runPairs(working: Working, options: RunOptions): Promise<RunReport> {
  const { clock, storage } = working;
  const startedAt = clock.now();
  readyHeap();
  const account = await beginPairs(working, await lookAtAccount(working, 'run', options));
  const folders: FolderRun[] = options.only === undefined ? [...account.held] : [];
  const notes = [...account.notes];
  const waiting = new Map<AccountPair, number>();
  const turn = async (pair: AccountPair) => {
    throwIfCancelled(options.signal);
    const postpone = (deletions: number) => void (deletions > 0 && waiting.set(pair, folders.length));
    const round = pair.leaving === undefined && siblingsOf(account, pair).length > 0 ? { postpone } : {};
    const report = await runPair(working, account, pair, { ...options, ...round });
    folders.push({ name: pair.record.name, kind: pair.container.kind, report });
    if (report.outcome === 'cancelled') throwIfCancelled({ aborted: true });
    if (pair.leaving !== undefined) notes.push(...(await endPair(working, account, pair.leaving, report)));
  };
  const isAsked = ({ container, leaving }: AccountPair) =>
    options.only?.has(container.uid) !== false || leaving !== undefined;
  for (const pair of account.pairs.filter(isAsked)) await turn(pair);
  // What is gone from a folder may have been moved to any other of its kind.
  const kinds = new Set([...waiting.keys()].map(({ container }) => container.kind));
  for (const pair of account.pairs) if (!isAsked(pair) && kinds.has(pair.container.kind)) await turn(pair);
  for (const [pair, at] of waiting) {
    throwIfCancelled(options.signal);
    const first = must(folders[at]);
    if (folders.some((one) => one.kind === first.kind && mayComeLater(one.report))) continue;
    const report = joined(first.report, await runPair(working, account, pair, options));
    folders[at] = { ...first, report };
    if (report.outcome === 'cancelled') throwIfCancelled({ aborted: true });
  }
  storage.prune(keepingOf(storage.settings));
  return { startedAt, endedAt: clock.now(), folders, notes };
}

function siblingsOf({ pairs }: LookedAt, pair: AccountPair): readonly AccountPair[] {
  return pairs.filter((one) => one !== pair && one.container.kind === pair.container.kind);
}

/** A folder that could not be looked at now may be where something was moved to: deletions elsewhere wait for its turn. */
function mayComeLater({ outcome, failure }: FolderReport): boolean {
  return outcome !== 'done' && failure?.retry !== 'never';
}

/** A run over a pair and the one that carried out its deletions, as one. */
function joined(first: FolderReport, second: FolderReport): FolderReport {
  const settled = first.lines.filter(({ outcome }) => outcome === 'done');
  return {
    ...second,
    startedAt: first.startedAt,
    lines: [...settled, ...second.lines],
    recovered: first.recovered + second.recovered,
    linked: first.linked + second.linked,
  };
}

type PairOptions = RunOptions & Pick<Run<never>, 'postpone'>;

/** What keeps a pair from being begun is told like what ends its run: the other pairs have their turn. */
async function runPair(
  working: Working,
  account: LookedAt,
  pair: AccountPair,
  options: PairOptions,
): Promise<FolderReport> {
  const { clock, storage } = working;
  const others = siblingsOf(account, pair);
  const startedAt = clock.now();
  try {
    const record = await prepared(working, account, pair);
    const replaced = record.value['replaced'] === true;
    const report = await withSides(working, account, { ...pair, record }, async <C>(run: Run<C>) => {
      const movedFrom = (id: ItemId) =>
        others.flatMap((other) => storage.state<C>(other.record.id).linksOf('outlook', [id]))[0];
      await findMade(run, working);
      const compared = replaced && (await forgetMissing({ ...run, signal: options.signal }));
      const { signal, postpone } = options;
      const done = await syncFolder({ ...run, ...progressOf(record, options), signal, postpone, movedFrom });
      if (compared && done.outcome === 'done') settleReplaced(working, record.id);
      return done;
    });
    return report;
  } catch (error) {
    if (!isFailure(error) || error.code === CANCELLED || error.code.startsWith('STORAGE_')) throw error;
    const { code, message, retry, after } = error;
    const failure = { code, message, retry, after };
    const nothing = { lines: [], recovered: 0, linked: 0 };
    const { id } = pair.record;
    const report = { pair: id, startedAt, endedAt: clock.now(), outcome: 'failed', failure, ...nothing } as const;
    working.storage.state(id).transaction((tx) => tx.addReport(report));
    return report;
  }
}

/** The account was restored, and this pair is compared: from now on an item that goes away is a deletion again. */
function settleReplaced({ storage }: Working, id: string): void {
  const record = storage.pairs.get(id);
  if (record === undefined) return;
  const { replaced: _, ...value } = record.value;
  storage.pairs.put({ ...record, value });
}

/** A planned action, with the folder it is in. */
export type PlannedLine = { readonly folder: string; readonly line: Line };
export type RunPlan = {
  readonly lines: readonly PlannedLine[];
  readonly notes: readonly RunNote[];
  /** Of the calendar settings; undefined where Outlook's options cannot be reached. */
  readonly settings?: Pick<SettingsView, 'lines'> | undefined;
};

/** What {@link runPairs} would do; neither side nor the memory is written. */
export async function planPairs(working: Working, options: RunOptions): Promise<RunPlan> {
  const account = await lookAtAccount(working, 'rehearse', options);
  const lines: PlannedLine[] = [];
  for (const pair of account.pairs) {
    throwIfCancelled(options.signal);
    const { record } = pair;
    const alone = record.folders.outlook === '' ? [] : await leftAloneOf(working, account, pair);
    const rehearsed = { ...pair, record: { ...record, value: { ...record.value, leftAlone: alone } } };
    const planned = await withSides(working, account, rehearsed, (run) =>
      planFolder({ ...run, signal: options.signal }),
    );
    lines.push(...planned.map((line) => ({ folder: record.name, line })));
  }
  return { lines, notes: account.notes };
}

/** All items of both sides of a pair. */
export type PairItems = {
  readonly record: PairRecord;
  readonly outlook: readonly Item<unknown>[];
  readonly server: readonly Item<unknown>[];
};

/** @throws FOLDER_NOT_FOUND */
export async function lookAtPair(working: Working, pairId: string): Promise<PairItems> {
  const account = await lookAtAccount(working, 'rehearse', {});
  const found = account.pairs.find(({ record }) => record.id === pairId);
  if (found === undefined) throw new Failure('FOLDER_NOT_FOUND', 'There is no such folder; see `connector folders`.');
  return withSides(working, account, found, async ({ sides, pair }) => {
    const all = async (side: Side<unknown>, folder: string) => (await side.view(folder, new Map(), undefined)).moved;
    const [server, outlook] = [
      await all(sides.server, pair.folders.server),
      await all(sides.outlook, pair.folders.outlook),
    ];
    return { record: found.record, outlook, server };
  });
}

/**
 * What was in Outlook before the connector is settled for all folders before the first of them is brought in step, which may take
 * minutes: what the user makes meanwhile is for both sides. A folder that cannot be looked at now has its turn later.
 */
async function beginPairs(working: Working, account: LookedAt): Promise<LookedAt> {
  const pairs: AccountPair[] = [];
  for (const pair of account.pairs) {
    const isFirst = pair.fresh && pair.place === 'own' && pair.record.folders.outlook !== '';
    const record = isFirst ? await prepared(working, account, pair).catch(unlessCancelled) : undefined;
    pairs.push(record === undefined ? pair : { ...pair, record, fresh: false });
  }
  return { ...account, pairs };
}

function unlessCancelled(error: unknown): undefined {
  if (isFailure(error) && error.code !== CANCELLED && !error.code.startsWith('STORAGE_')) return undefined;
  throw error;
}

/** The pair's record with the items that are left alone, remembered. */
async function prepared(working: Working, account: LookedAt, pair: AccountPair): Promise<PairRecord> {
  const { storage } = working;
  const leftAlone = await leftAloneOf(working, account, pair);
  const record = { ...pair.record, value: { ...pair.record.value, leftAlone } };
  if (pair.fresh || leftAlone.length !== remembered(pair.record).length) storage.pairs.put(record);
  return record;
}

/**
 * The items of an Outlook folder of the user's own that are not for the connector: at the first run what lies there without our
 * mark, and at every run the birthdays that Outlook has made out of contacts since.
 */
async function leftAloneOf(working: Working, account: LookedAt, pair: AccountPair): Promise<Entries> {
  if (pair.place !== 'own') return [];
  const before = pair.fresh ? await withSides(working, account, pair, itemsBefore) : remembered(pair.record);
  if (pair.container.kind !== 'calendar') return before;
  const books = account.pairs.filter(
    ({ container, record }) => container.kind === 'addressbook' && record.folders.outlook !== '',
  );
  const birthdays = await birthdayEvents(
    working.executor,
    books.map(({ record }) => record.folders.outlook),
  );
  // What is linked already stays so: a link whose item no view shows would make every absence in the folder doubtful.
  const linked = working.storage.state(pair.record.id).known('outlook');
  const known = new Set([...before.map(([id]) => id), ...linked.keys()]);
  const fresh = [...birthdays].filter((id) => !known.has(id));
  if (fresh.length === 0) return before;
  const added = await withSides(working, account, pair, ({ sides, pair: { folders } }) =>
    sides.outlook.read(folders.outlook, fresh),
  );
  return [...before, ...added.map(({ id, rev }): readonly [ItemId, Rev] => [id, rev])];
}

async function itemsBefore<C>(run: Run<C>): Promise<Entries> {
  const { sides, pair } = run;
  const folder = pair.folders.outlook;
  // After a lost memory nearly all of them are marked, and the run is about to read those anyway.
  const ids = await must(sides.outlook.unmarked)(folder);
  const read = await readReadable(sides.outlook, { folder, ids });
  const unread = [...read.unreadable.keys()].map((id): [ItemId, Rev] => [id, '']);
  const unmarked = read.items.filter(({ token }) => token === undefined);
  const again = unmarked.length === 0 ? new Set() : await onServerToo(run, unmarked);
  return [...unmarked.flatMap(({ id, rev }): [ItemId, Rev][] => (again.has(id) ? [] : [[id, rev]])), ...unread];
}

/** Those that the server holds too, by uid or content: left alone they would come from there a second time. */
async function onServerToo<C>({ sides, pair, kit }: Run<C>, items: readonly Item<C>[]): Promise<ReadonlySet<ItemId>> {
  const server = await sides.server.view(pair.folders.server, new Map(), undefined);
  const previews = bothSides((side) => (content: C) => sides[side].preview(content));
  const { pairs, ambiguous } = pairUnlinked({ server: server.moved, outlook: items }, kit, previews);
  return new Set([...pairs.map((one) => one.items.outlook), ...ambiguous.outlook].map(({ id }) => id));
}

function progressOf(record: PairRecord, { progress }: RunOptions) {
  return {
    progress: (done: number, total: number) => {
      // A long wait for a side, in which the young generation shrinks, may come in the middle of a run.
      readyHeap();
      progress?.({ folder: record.name, done, total });
    },
  };
}
