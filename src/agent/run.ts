import type { Clock } from '../base/clock.ts';
import { Failure, throwIfCancelled } from '../base/failure.ts';
import { type Container, listSubscriptions, type Unreachable } from '../bluemind/containers.ts';
import { addressesOfEntry } from '../bluemind/directory.ts';
import type { BlueMindUser, Session } from '../bluemind/session.ts';
import { readUserSettings } from '../bluemind/settings.ts';
import { createTag, listTags } from '../bluemind/tags.ts';
import type { Executor } from '../outlook/program/program.ts';
import { outlookFolders } from '../outlook/side-folders.ts';
import type { Storage } from '../storage/open.ts';
import type { AccountRecord, PairRecord } from '../storage/records.ts';
import { planFolder, type Run, syncFolder } from '../sync/run.ts';
import type { Item, ItemId, Rev, Side } from '../sync/side.ts';
import type { PlannedLine, RunOptions } from './agent.ts';
import { type FolderPair, folderName, pairFolders } from './folder-pairs.ts';
import { leavingAlone } from './left-alone.ts';
import { bookSides, calendarSides, type Sides, type SidesOptions } from './sides.ts';
import type { FolderRun, RunReport } from './summary.ts';
import { type TagBook, tagBook } from './tagging.ts';

/** What a run works with. */
export type Working = {
  readonly storage: Storage;
  readonly account: AccountRecord;
  readonly session: Session;
  readonly executor: Executor;
  readonly clock: Clock;
  readonly newId: () => string;
};

/** Brings every folder pair of the account in step; a pair that fails does not stop the others. */
export async function runPairs(working: Working, options: RunOptions): Promise<RunReport> {
  const { clock, storage } = working;
  const startedAt = clock.now();
  const account = await lookAtAccount(working, options);
  const folders: FolderRun[] = [];
  for (const pair of account.pairs) {
    throwIfCancelled(options.signal);
    const { record, container } = pair;
    const report = await withSides(working, account, pair, (run) =>
      syncFolder({ ...run, ...progressOf(record, options), signal: options.signal }),
    );
    folders.push({ name: record.name, kind: container.kind, report });
    if (report.outcome === 'cancelled') throwIfCancelled({ aborted: true });
  }
  storage.prune();
  return { startedAt, endedAt: clock.now(), folders, notes: account.notes };
}

/** What {@link runPairs} would do, in lines. */
export async function planPairs(working: Working, options: RunOptions): Promise<readonly PlannedLine[]> {
  const account = await lookAtAccount(working, options);
  const planned: PlannedLine[] = [];
  for (const pair of account.pairs) {
    throwIfCancelled(options.signal);
    const lines = await withSides(working, account, pair, (run) => planFolder({ ...run, signal: options.signal }));
    planned.push(...lines.map((line) => ({ folder: pair.record.name, line })));
  }
  return planned;
}

/** All items of both sides of a pair. */
export type PairItems = {
  readonly record: PairRecord;
  readonly outlook: readonly Item<unknown>[];
  readonly server: readonly Item<unknown>[];
};

export async function lookAtPair(working: Working, pairId: string): Promise<PairItems> {
  const account = await lookAtAccount(working, {});
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

type AccountPair = { readonly record: PairRecord; readonly container: Container; readonly owner: ReadonlySet<string> };

/** What every pair of a run shares. */
type Shared = { readonly tags: TagBook; readonly zone: string };
type LookedAt = Shared & { readonly pairs: readonly AccountPair[]; readonly notes: readonly string[] };

async function lookAtAccount(working: Working, { signal }: RunOptions): Promise<LookedAt> {
  const { session, executor, newId } = working;
  const user = await session.user();
  const { containers, unreachable } = await listSubscriptions(session, signal);
  const settings = await readUserSettings(session, signal);
  const tags = tagBook(await listTags(session, signal), (label) =>
    createTag(session, { itemUid: newId(), label }, signal),
  );
  const shared = { tags, zone: settings['timezone'] || 'UTC' };
  const folders = outlookFolders(executor);
  try {
    const pairs: AccountPair[] = [];
    for (const pair of await pairFolders(containers, folders)) {
      const owner = await ownerOf(session, user, pair.container);
      pairs.push({ record: await remember(working, shared, pair, owner), container: pair.container, owner });
    }
    return { ...shared, pairs, notes: unreachable.map(unreachableNote) };
  } finally {
    await folders.close();
  }
}

function unreachableNote({ name, uid, reason }: Unreachable): string {
  const why = reason === 'no-right' ? 'you may not read it any more' : 'it is not on the server';
  return `${name || uid}: ${why}; what Outlook shows was left alone.`;
}

async function ownerOf(session: Session, user: BlueMindUser, container: Container): Promise<ReadonlySet<string>> {
  if (container.mine || container.kind !== 'calendar') return new Set(user.addresses);
  return new Set(await addressesOfEntry(session, container.owner));
}

/** The record of a pair: kept over runs by the container's uid; a container that got another folder begins anew. */
async function remember(
  working: Working,
  shared: Shared,
  pair: FolderPair,
  owner: ReadonlySet<string>,
): Promise<PairRecord> {
  const { storage, account, newId } = working;
  const { container, folder, place } = pair;
  const name = folderName(container);
  const known = storage.pairs.all().find(({ folders }) => folders.server === container.uid);
  const write = container.access.write;
  if (known !== undefined && known.folders.outlook === folder) {
    const record = { ...known, name, value: { ...known.value, write } };
    if (known.name !== name || known.value['write'] !== write) storage.pairs.put(record);
    return record;
  }
  if (known !== undefined) storage.pairs.delete(known.id);
  const record: PairRecord = {
    id: newId(),
    account: account.id,
    kind: container.kind,
    name,
    folders: { server: container.uid, outlook: folder },
    value: {},
  };
  const leftAlone = place === 'own' ? await withSides(working, shared, { record, container, owner }, itemsBefore) : [];
  const complete = { ...record, value: { leftAlone, write } };
  storage.pairs.put(complete);
  return complete;
}

/** The items that lay in a folder before the connector came: those without its mark. */
async function itemsBefore<C>({ sides, pair }: Run<C>): Promise<[ItemId, Rev][]> {
  const view = await sides.outlook.view(pair.folders.outlook, new Map(), undefined);
  const unread = view.unreadable.map(({ id }): [ItemId, Rev] => [id, '']);
  return [
    ...view.moved.flatMap(({ id, rev, token }): [ItemId, Rev][] => (token === undefined ? [[id, rev]] : [])),
    ...unread,
  ];
}

async function withSides<T>(
  working: Working,
  account: Shared,
  pair: AccountPair,
  work: <C>(run: Run<C>) => Promise<T>,
): Promise<T> {
  const { session, executor, clock } = working;
  const options: SidesOptions = {
    session,
    executor,
    clock,
    tags: account.tags,
    container: pair.container,
    owner: pair.owner,
    zone: account.zone,
  };
  return pair.container.kind === 'calendar'
    ? withOpenSides(working, pair, calendarSides(options), work)
    : withOpenSides(working, pair, bookSides(options), work);
}

async function withOpenSides<C, T>(
  working: Working,
  { record }: AccountPair,
  sides: Sides<C>,
  work: (run: Run<C>) => Promise<T>,
): Promise<T> {
  const { storage, clock, newId } = working;
  const hidden = new Map((record.value['leftAlone'] ?? []) as readonly (readonly [ItemId, Rev])[]);
  try {
    return await work({
      pair: { id: record.id, folders: record.folders },
      sides: { server: sides.server, outlook: leavingAlone(sides.outlook, hidden) },
      state: storage.state<C>(record.id),
      kit: sides.kit,
      policy: sides.policy,
      now: () => clock.now(),
      newId,
    });
  } finally {
    await sides.close();
  }
}

function progressOf(record: PairRecord, { progress }: RunOptions) {
  return progress === undefined
    ? {}
    : { progress: (done: number, total: number) => progress({ folder: record.name, done, total }) };
}
