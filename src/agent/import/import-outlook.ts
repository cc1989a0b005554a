/**
 * Takes what was in Outlook before the connector into BlueMind. Nothing is copied: the items themselves become the synchronised ones. Those that lie
 * in the folder that shows the target are left alone no longer; the others are moved into that folder; then one run does the rest, with all
 * its rules (docs/sync.md: pairing by uid, then by content).
 *
 * Invariant: an item whose twin is synchronised already stays left alone, so that none appears twice.
 */
import { Failure, throwIfCancelled } from '../../base/failure.ts';
import type { Card } from '../../domain/contact.ts';
import type { Series } from '../../domain/event.ts';
import { moveItems } from '../../outlook/side-moves.ts';
import type { Line } from '../../sync/report.ts';
import type { Run } from '../../sync/run.ts';
import type { Item, ItemId } from '../../sync/side.ts';
import { type AccountPair, type LookedAt, lookAtAccount } from '../look-at-account.ts';
import type { Reader } from '../reader.ts';
import { runPairs } from '../run.ts';
import type { RunReport } from '../summary.ts';
import { whenOf } from '../when-words.ts';
import { remembered, withSides } from '../with-sides.ts';
import type { Working } from '../working.ts';
import type { ImportOptions } from './import-files.ts';
import { birthdaysOf, itemsOfSource, type OutlookSource, outlookSources } from './outlook-sources.ts';
import { type ImportReport, type ImportRow, openTally, type Tally } from './report.ts';
import { openTarget, type Target } from './target.ts';

type Content = Series | Card;
/** An item that is to be taken, and where it lies. */
type Chosen = { readonly source: OutlookSource; readonly item: Item<Content>; readonly row: Omit<ImportRow, 'fate'> };

export async function importOutlook(working: Working, options: ImportOptions): Promise<ImportReport> {
  const account = await lookAfterFirstRun(working, options);
  const tally = openTally();
  const birthdays = await birthdaysOf(working, account);
  const found = new Map<AccountPair, Chosen[]>();
  const targets = new Map<string, Known>();
  for (const source of await outlookSources(working, account)) {
    throwIfCancelled(options.signal);
    options.progress?.({ source: source.name, share: 0, items: 0 });
    const target = targetOf(account, source, options);
    const chosen = await withSides(working, account, target ?? anyOf(account, source), (run) =>
      lookAtSource(
        { ...run, signal: options.signal },
        { source, target, birthdays, reader: options.reader ?? 'en', tally, dryRun: options.dryRun, targets },
      ),
    );
    tally.source({ name: source.name, kind: 'outlook', failure: undefined });
    if (target !== undefined && chosen.length > 0) found.set(target, [...(found.get(target) ?? []), ...chosen]);
  }
  if (options.dryRun || found.size === 0) return tally.report('done');
  return take(working, { account, found, tally }, options);
}

/** Nothing is remembered of what was before until a run has looked. */
async function lookAfterFirstRun(working: Working, options: ImportOptions): Promise<LookedAt> {
  const account = await lookAtAccount(working, 'rehearse', { signal: options.signal });
  if (!account.pairs.some(({ fresh, place }) => fresh && place === 'own')) return account;
  if (options.dryRun)
    throw new Failure(
      'FOLDER_NOT_FOUND',
      'Nothing was synchronized yet: synchronize once, then look what can be imported.',
    );
  await runPairs(working, { signal: options.signal });
  return lookAtAccount(working, 'rehearse', { signal: options.signal });
}

/** The pair of the chosen calendar or book. @throws FOLDER_NOT_FOUND when Outlook does not show it */
function targetOf({ pairs }: LookedAt, { kind }: OutlookSource, options: ImportOptions): AccountPair | undefined {
  const container = kind === 'calendar' ? options.calendar : options.book;
  if (container === undefined) return undefined;
  const pair = pairs.find((one) => one.container.uid === container.uid && one.record.folders.outlook !== '');
  if (pair === undefined || pair.leaving !== undefined)
    throw new Failure(
      'FOLDER_NOT_FOUND',
      `Outlook does not show “${container.name}”: subscribe to it and synchronize, then import.`,
    );
  return pair;
}

/** Any pair of the kind, to read Outlook's items through. */
function anyOf({ pairs }: LookedAt, { kind, pair }: OutlookSource): AccountPair {
  const other = pair ?? pairs.find(({ container }) => container.kind === kind);
  if (other === undefined) throw new Failure('FOLDER_NOT_FOUND', 'Nothing of this kind is synchronized yet.');
  return other;
}

type Looking = {
  readonly source: OutlookSource;
  readonly target: AccountPair | undefined;
  readonly birthdays: ReadonlySet<ItemId>;
  readonly reader: Reader;
  readonly tally: Tally;
  readonly dryRun: boolean;
  readonly targets: Map<string, Known>;
};

/** Counts what is there, and gives what is to be taken. */
async function lookAtSource<C>(run: Run<C>, looking: Looking): Promise<Chosen[]> {
  const { source, target, birthdays, tally, dryRun } = looking;
  const { items, unreadable } = await itemsOfSource(run, source, birthdays);
  const what = source.kind === 'calendar' ? 'event' : 'contact';
  for (const { reason } of unreadable)
    tally.add({ what, title: '', when: '', from: source.name, fate: 'refused', reason: 'outlook', detail: reason });
  // Which content goes with which kit is told by the pair's kind: the two are one to whoever keeps to it.
  const typed = run as unknown as Run<Content>;
  const known = target && (await knownOf(typed, target, looking));
  return (items as unknown as readonly Item<Content>[]).flatMap((item): Chosen[] => {
    const content = item.content;
    const row = {
      what: content.kind,
      title: typed.kit.title(content),
      when: whenOf(content, looking.reader),
      from: source.name,
      reason: undefined,
      detail: '',
    } as const;
    const standing = known?.stand(content);
    if (standing === undefined) tally.add({ ...row, fate: 'left' });
    else if (standing.kind === 'version') tally.add({ ...row, fate: 'refused', reason: 'version', detail: VERSION });
    else if (standing.kind === 'there' && !known?.frees(typed, standing.uid)) tally.add({ ...row, fate: 'there' });
    else {
      if (dryRun) tally.add({ ...row, fate: 'new' });
      return [{ source, item, row }];
    }
    return [];
  });
}

const VERSION = 'another item with the same identifier is taken';

/** A target with what was found for it so far, in whichever folder. */
type Known = Target<Content> & {
  /** Whether the target has the item and nothing in Outlook shows it: then the one that was found is to. True once. */
  frees(run: Run<Content>, uid: string): boolean;
};

async function knownOf(run: Run<Content>, { record, container }: AccountPair, { targets }: Looking): Promise<Known> {
  const before = targets.get(record.id);
  if (before !== undefined) return before;
  const target = await openTarget({ container, side: run.sides.server, kit: run.kit, made: asIs }, run.signal);
  const claimed = new Set<string>();
  const frees = ({ state }: Run<Content>, uid: string): boolean => {
    if (!target.held(uid) || claimed.has(uid) || state.linksOf('server', [uid]).length > 0) return false;
    claimed.add(uid);
    return true;
  };
  const known = { ...target, frees };
  targets.set(record.id, known);
  return known;
}

function asIs(content: Content): Content {
  return content;
}

type Taking = {
  readonly account: LookedAt;
  readonly found: ReadonlyMap<AccountPair, readonly Chosen[]>;
  readonly tally: Tally;
};

async function take(working: Working, { found, tally }: Taking, options: ImportOptions): Promise<ImportReport> {
  const { signal, progress } = options;
  const waiting: { target: AccountPair; chosen: Chosen }[] = [];
  for (const [target, all] of found) {
    const moved = await moveIn(working, target, all);
    all.forEach((chosen, at) => {
      const reason = moved[at];
      if (reason === undefined) waiting.push({ target, chosen });
      else tally.add({ ...chosen.row, fate: 'refused', reason: 'outlook', detail: reason });
    });
    free(working, all);
  }
  const only = new Set([...found.keys()].map(({ container }) => container.uid));
  const report = await runPairs(working, {
    only,
    signal,
    progress: ({ folder, done, total }) =>
      progress?.({ source: folder, share: total === 0 ? 1 : done / total, items: done }),
  }).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
    return undefined;
  });
  settle(working, waiting, { report, tally });
  return tally.report(report === undefined ? 'cancelled' : 'done');
}

/** Items that lie elsewhere come into the folder of the target. */
async function moveIn(
  { executor }: Working,
  target: AccountPair,
  all: readonly Chosen[],
): Promise<readonly (string | undefined)[]> {
  const to = target.record.folders.outlook;
  const reasons = new Map<Chosen, string | undefined>();
  const elsewhere = Map.groupBy(
    all.filter(({ source }) => source.folder !== to),
    ({ source }) => source.folder,
  );
  for (const [from, group] of elsewhere) {
    const items = group.map(({ item }) => item);
    const told = await moveItems(executor, items, { from, to });
    for (const [at, chosen] of group.entries()) reasons.set(chosen, told[at]);
  }
  return all.map((chosen) => reasons.get(chosen));
}

/** They are left alone no longer. */
function free({ storage }: Working, all: readonly Chosen[]): void {
  const ids = new Set(all.map(({ item }) => item.id));
  for (const record of storage.pairs.all()) {
    const left = remembered(record);
    const rest = left.filter(([id]) => !ids.has(id));
    if (rest.length < left.length) storage.pairs.put({ ...record, value: { ...record.value, leftAlone: rest } });
  }
}

/** What became of each. Of a cancelled run those that it did not reach are left alone again, where they still lie. */
function settle(
  { storage }: Working,
  waiting: readonly { readonly target: AccountPair; readonly chosen: Chosen }[],
  { report, tally }: { readonly report: RunReport | undefined; readonly tally: Tally },
): void {
  const back = new Map<string, [ItemId, string][]>();
  for (const { target, chosen } of waiting) {
    const { item, row, source } = chosen;
    const isHere = source.folder === target.record.folders.outlook;
    const isLinked = storage.state(target.record.id).linksOf('outlook', [item.id]).length > 0;
    const line = isLinked ? undefined : lineAbout(report, target, row.title);
    if (isLinked || (report !== undefined && line === undefined && !isHere)) tally.add({ ...row, fate: 'taken' });
    else if (report === undefined) {
      if (isHere) back.set(target.record.id, [...(back.get(target.record.id) ?? []), [item.id, item.rev]]);
    } else
      tally.add({ ...row, fate: 'refused', reason: 'server', detail: line?.detail || `rule ${line?.rule ?? '?'}` });
  }
  for (const [id, entries] of back) {
    const record = storage.pairs.get(id);
    if (record === undefined) continue;
    const leftAlone = [...remembered(record), ...entries];
    storage.pairs.put({ ...record, value: { ...record.value, leftAlone } });
  }
}

function lineAbout(report: RunReport | undefined, target: AccountPair, title: string): Line | undefined {
  const lines = report?.folders.find(({ report: folder }) => folder.pair === target.record.id)?.report.lines ?? [];
  return lines.find((line) => line.title === title && line.outcome !== 'done');
}
