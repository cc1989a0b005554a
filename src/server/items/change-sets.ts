import type {
  ContainerChangeset,
  ItemChangelog,
  ItemFlagFilter,
  ItemIdentifier,
  ItemVersion,
} from '../../wire/container.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ChangeMark, Container } from '../store/store.ts';
import { flagsOf } from './collection.ts';

/**
 * Change sets from the change log, which holds one line per item and kind of change. Rules [CL1] to [CL8] of docs/server.md:
 * one entry per item and window; created and deleted inside the window vanishes; since 0 or absent tells only what exists;
 * an uid deleted and created again stands in both lists (they are two items); the version is the highest of the window.
 */
type Window = {
  readonly created: readonly ChangeMark[];
  readonly updated: readonly ChangeMark[];
  readonly deleted: readonly ChangeMark[];
  readonly version: number;
};

/** Where the changes of a container are read. */
export type Log = { readonly kernel: Kernel; readonly container: Container };

export function changeset(log: Log, since: number | undefined): ContainerChangeset<string> {
  return map(window(log, since), (change) => change.itemUid);
}

export function changesetById(log: Log, since: number | undefined): ContainerChangeset<number> {
  return map(window(log, since), (change) => change.itemId);
}

export function fullChangesetById(log: Log, since: number | undefined): ContainerChangeset<ItemIdentifier> {
  return map(window(log, since), (change) => ({ uid: change.itemUid, ...versionOfChange(change) }));
}

/** As by id, without the versions of `skipVersions` and the items whose flags do not fit; deletions always fit. */
export function filteredChangesetById(
  log: Log,
  since: number | undefined,
  filter: ItemFlagFilter | null,
): ContainerChangeset<ItemVersion> {
  const found = window(log, since);
  const skipped = new Set(filter?.skipVersions ?? []);
  const wanted = (change: ChangeMark) => !skipped.has(change.version) && fits(change.flags, filter);
  return map(
    {
      ...found,
      created: found.created.filter(wanted),
      updated: found.updated.filter(wanted),
      deleted: found.deleted.filter((change) => !skipped.has(change.version)),
    },
    versionOfChange,
  );
}

/** Whether an item with these flags passes the filter. */
export function fits(bits: number, filter: ItemFlagFilter | null): boolean {
  const flags = flagsOf(bits);
  return (
    (filter?.must ?? []).every((flag) => flags.includes(flag)) &&
    !(filter?.mustNot ?? []).some((flag) => flags.includes(flag)) &&
    !(filter?.skipExpunged === true && flags.includes('Deleted'))
  );
}

/** What happened to one item, oldest first. */
export function itemChangelog(log: Log, itemUid: string, since: number): ItemChangelog {
  const { kernel, container } = log;
  return {
    entries: kernel.store.changes.ofItem(container.id, itemUid, since).map((change) => ({
      version: change.version,
      itemUid: change.itemUid,
      itemExtId: change.externalId ?? null,
      internalId: change.itemId,
      author: change.author,
      authorDisplayName: kernel.store.people.entry(container.domain, change.author)?.displayName ?? null,
      type: change.kind,
      date: change.date,
      origin: change.origin,
      weightSeed: change.weight,
    })),
  };
}

function window({ kernel, container }: Log, since: number | undefined): Window {
  const from = Math.max(0, since ?? 0);
  const perItem = new Map<number, { Created?: ChangeMark; Updated?: ChangeMark; Deleted?: ChangeMark }>();
  let version = since ?? 0;
  for (const change of kernel.store.changes.since(container.id, from)) {
    const known = perItem.get(change.itemId);
    if (known === undefined) perItem.set(change.itemId, { [change.kind]: change });
    else known[change.kind] = change;
    version = Math.max(version, change.version);
  }
  const created: ChangeMark[] = [];
  const updated: ChangeMark[] = [];
  const deleted: ChangeMark[] = [];
  for (const { Created, Updated, Deleted } of perItem.values()) {
    if (Deleted !== undefined) {
      if (Created === undefined) deleted.push(Deleted);
    } else if (Created !== undefined)
      created.push(
        Updated === undefined
          ? Created
          : { ...Created, version: Updated.version, date: Updated.date, weight: Updated.weight },
      );
    else if (Updated !== undefined) (from === 0 ? created : updated).push(Updated);
  }
  const order = byRelevance(kernel.clock.now());
  return {
    created: created.sort(order),
    updated: updated.sort(order),
    deleted: from === 0 ? [] : deleted.sort(order),
    version,
  };
}

/** What matters nearest to now first; items without a weight keep the order of the log. */
function byRelevance(now: number): (a: ChangeMark, b: ChangeMark) => number {
  const distance = (change: ChangeMark) => (change.weight === 0 ? 0 : Math.abs(change.weight - now));
  return (a, b) => distance(a) - distance(b) || a.version - b.version;
}

function map<T>(found: Window, to: (change: ChangeMark) => T): ContainerChangeset<T> {
  return {
    created: found.created.map(to),
    updated: found.updated.map(to),
    deleted: found.deleted.map(to),
    version: found.version,
  };
}

function versionOfChange(change: ChangeMark): ItemVersion {
  return { id: change.itemId, version: change.version, timestamp: change.date };
}
