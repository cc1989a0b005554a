import { setImmediate } from 'node:timers/promises';
import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import {
  CURSOR_LOST,
  type Cursor,
  type Effect,
  type EffectFailure,
  type FolderId,
  type Item,
  type ItemId,
  type Rev,
  type Side,
  type Target,
  type Token,
  type Update,
  type View,
} from '../sync/side.ts';
import { folded } from '../sync/side-folded.ts';
import type { ItemValue } from '../wire/container.ts';
import { bluemindFailure } from './failures.ts';
import { type Changes, type ItemService, portions, READ_PORTION, type Refusal } from './item-service.ts';

/** How the server's value of one kind of item becomes content and back; from `mapping/bluemind`. */
export type ServerMapping<V, C> = {
  read(value: V, uid: string): C;
  /** A patch: what `content` does not say stays as it is in `current`. */
  write(current: V | undefined, content: C): V;
  survives(content: C): C;
};

/**
 * BlueMind as a side: folders are containers, ids and tokens are item uids, revs are item versions, with a mark of what changes without one
 * (photos).
 * Deletions are believed when the change log reports them or a full listing lacks the item (sync.md, proof of deletion).
 */
export function bluemindSide<V, C>(options: {
  readonly service: ItemService<V>;
  readonly mapping: ServerMapping<V, C>;
  readonly clock: Clock;
}): Side<C> {
  const { service, mapping, clock } = options;
  const read = async (folder: FolderId, ids: readonly ItemId[], signal?: AbortSignalLike) =>
    ids.length === 0
      ? []
      : (await service.get(folder, ids, signal)).map((item) => readable(item, { service, mapping }));
  return {
    name: 'server',
    supports: { guardedWrites: true, clientIds: true, deletions: 'reported' },
    view: (folder, known, since, signal) => view({ service, mapping, now: clock.now(), folder, known, signal }, since),
    read,
    preview: (content) => mapping.survives(content),
    create: async (folder, creates, signal) => {
      const add = creates.map(({ token, content }) => ({ uid: token, value: mapping.write(undefined, content) }));
      const refusals = await service.change(folder, { add, modify: [], delete: [] }, signal);
      const tokens = creates.map(({ token }) => token);
      const stored = await read(folder, tokens, signal);
      for (const { id } of stored) mustNotContradict(refusals, id);
      return effects(tokens, refusals, stored);
    },
    update: (folder, updates, signal) => update({ service, mapping, folder, signal }, updates),
    remove: (folder, targets, signal) => remove(service, folder, targets, signal),
    find: (folder, tokens, signal) => read(folder, tokens, signal),
  };
}

/** @units days after which the server may have forgotten deletions (it keeps them 60 days by default) */
const TRUSTED_DAYS = 50;
const DAY = 86_400_000;

/** `round`: where the look for changes that nothing reports goes on. */
type Bookmark = { readonly version: number; readonly at: number; readonly round: string };

/** @units milliseconds between two looks at all of a large folder for changes that nothing reports */
const LOOK_AT_ALL = 600_000;
/** Folders up to this size are looked at as a whole in each run. */
const SMALL = 1000;

function readCursor(cursor: Cursor | undefined): Bookmark | undefined {
  const [version, at, round = ''] = (cursor ?? '').split('@');
  if (!Number.isFinite(Number(version)) || !Number.isFinite(Number(at))) return undefined;
  return { version: Number(version), at: Number(at), round: decodeURIComponent(round) };
}

function cursorOf({ version, at, round }: Bookmark): Cursor {
  return `${version}@${at}${round === '' ? '' : `@${encodeURIComponent(round)}`}`;
}

/** A revision: the version, and a mark of what changes without one. */
function revOf<V>(item: ItemValue<V>, service: ItemService<V>): Rev {
  const aside = service.aside?.(item.value);
  return aside === undefined ? String(item.version) : `${item.version}+${aside}`;
}

function versionOf(rev: Rev): number {
  return Number(rev.split('+')[0]);
}

type Viewing<V, C> = {
  service: ItemService<V>;
  mapping: ServerMapping<V, C>;
  now: number;
  folder: FolderId;
  known: ReadonlyMap<ItemId, Rev>;
  signal: AbortSignalLike | undefined;
};

async function view<V, C>(viewing: Viewing<V, C>, since: Cursor | undefined): Promise<View<C>> {
  const { service, folder, signal, now } = viewing;
  const bookmark = readCursor(since);
  const version = await service.version(folder, signal);
  // A version below ours means a restored server: its change log says nothing about what we know.
  if (bookmark === undefined) return viewListing(viewing, version);
  if (bookmark.version > version || now - bookmark.at >= TRUSTED_DAYS * DAY)
    throw new Failure(CURSOR_LOST, 'The server does not remember all changes since the last run.', { retry: 'now' });
  return viewChanges(viewing, bookmark, version);
}

/** What a change log says of a version it has told of already: it need not be asked. */
const NOTHING = { created: [], updated: [], deleted: [] };

async function viewChanges<V, C>(viewing: Viewing<V, C>, bookmark: Bookmark, version: number): Promise<View<C>> {
  const { service, folder, known, signal, now } = viewing;
  const changes =
    version === bookmark.version ? { ...NOTHING, version } : await service.changeset(folder, bookmark.version, signal);
  const hidden = await changedInSilence(viewing, bookmark);
  const deleted = new Set(changes.deleted);
  // What changed in silence may be gone altogether: a photo is gone with its card.
  const silent = hidden.uids.filter((uid) => !deleted.has(uid));
  const there = new Set([...changes.created, ...changes.updated, ...silent]);
  const { moved, unreadable } = await readMoved(viewing, [...there]);
  // Deleted and created again under one uid is reported as both: it is there.
  const reported = changes.deleted.filter((uid) => known.has(uid) && !there.has(uid));
  const gone = [...reported, ...(await unmentioned(viewing, bookmark, new Set([...there, ...reported])))];
  const quiet = there.size === 0 && changes.deleted.length === 0 && gone.length === 0;
  const count = quiet ? known.size : await service.count(folder, signal);
  const cursor = cursorOf({ version: Math.max(changes.version, bookmark.version), at: now, round: hidden.after });
  return { moved, gone, unreadable, count, cursor };
}

async function changedInSilence<V, C>(
  { service, folder, known, now, signal }: Viewing<V, C>,
  { at, round }: Bookmark,
): Promise<{ readonly uids: readonly string[]; readonly after: string }> {
  const all = known.size <= SMALL || Math.floor(now / LOOK_AT_ALL) !== Math.floor(at / LOOK_AT_ALL);
  return (await service.unreported?.(folder, known, { after: round, all }, signal)) ?? { uids: [], after: '' };
}

/**
 * Known items that came after the bookmark and that the changes do not mention: what came and went since is in no change log. They
 * are asked for, and gone when the server does not show them.
 */
async function unmentioned<V, C>(
  { service, folder, known, signal }: Viewing<V, C>,
  { version }: Bookmark,
  mentioned: ReadonlySet<ItemId>,
): Promise<readonly ItemId[]> {
  const missing = [...known].flatMap(([uid, rev]) => (versionOf(rev) > version && !mentioned.has(uid) ? [uid] : []));
  if (missing.length === 0) return [];
  const there = new Set((await service.get(folder, missing, signal)).map(({ uid }) => uid));
  return missing.filter((uid) => !there.has(uid));
}

async function viewListing<V, C>(viewing: Viewing<V, C>, version: number): Promise<View<C>> {
  const { service, folder, known, signal, now } = viewing;
  const listed = await service.list(folder, signal);
  const there = new Map(listed.map((item) => [item.uid, item.version]));
  const { moved, unreadable } = await readMoved(
    viewing,
    [...there].filter(([uid, now]) => versionOf(known.get(uid) ?? '-') !== now).map(([uid]) => uid),
  );
  const gone = [...known.keys()].filter((uid) => !there.has(uid));
  return { moved, gone, unreadable, count: there.size, cursor: cursorOf({ version, at: now, round: '' }) };
}

/** Items that are mapped before everything else in the process has its turn: some milliseconds. */
const AT_ONCE = 40;

async function readMoved<V, C>(
  viewing: Viewing<V, C>,
  uids: readonly string[],
): Promise<Pick<View<C>, 'moved' | 'unreadable'>> {
  const { service, folder, known, signal } = viewing;
  const moved: Item<C>[] = [];
  const unreadable: { id: ItemId; reason: string }[] = [];
  let mapped = 0;
  // Portion by portion: a large folder's answers need not be in memory beside what they were mapped to.
  for (const portion of portions(uids, READ_PORTION)) {
    for (const item of await service.get(folder, portion, signal)) {
      if (known.get(item.uid) === revOf(item, service)) continue;
      try {
        const seen = toItem(item, viewing);
        moved.push(known.has(item.uid) ? seen : folded(seen));
      } catch (error) {
        unreadable.push({ id: item.uid, reason: reasonOf(error) });
      }
      if (++mapped % AT_ONCE === 0) await setImmediate();
    }
  }
  return { moved, unreadable };
}

/** @throws SERVER_BAD_ANSWER about the item that the mapping cannot read: left out it would pass for deleted */
function readable<V, C>(item: ItemValue<V>, on: Reading<V, C>): Item<C> {
  try {
    return toItem(item, on);
  } catch (error) {
    const failure = bluemindFailure(
      'SERVER_BAD_ANSWER',
      `An item of the server cannot be read: ${reasonOf(error)}`,
      error,
    );
    failure.subject = { side: 'server', item: item.uid };
    throw failure;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type Reading<V, C> = { readonly service: ItemService<V>; readonly mapping: ServerMapping<V, C> };

function toItem<V, C>(item: ItemValue<V>, { service, mapping }: Reading<V, C>): Item<C> {
  return { id: item.uid, rev: revOf(item, service), content: mapping.read(item.value, item.uid), token: item.uid };
}

type Updating<V, C> = {
  service: ItemService<V>;
  mapping: ServerMapping<V, C>;
  folder: FolderId;
  signal: AbortSignalLike | undefined;
};

/** Compares revs just before writing: the server itself takes the last writer (API 2.6, 12). */
async function update<V, C>(updating: Updating<V, C>, updates: readonly Update<C>[]): Promise<readonly Effect<C>[]> {
  const { service, mapping, folder, signal } = updating;
  const ids = updates.map(({ target }) => target.id);
  const current = new Map((await service.get(folder, ids, signal)).map((item) => [item.uid, item]));
  const refused = new Map<ItemId, EffectFailure>();
  const modify: { uid: string; value: V }[] = [];
  for (const { target, content } of updates) {
    const item = current.get(target.id);
    const failure = guard(item, target, service);
    if (failure !== undefined) refused.set(target.id, failure);
    else modify.push({ uid: target.id, value: mapping.write(item?.value, content) });
  }
  const refusals = modify.length === 0 ? [] : await service.change(folder, { add: [], modify, delete: [] }, signal);
  const written =
    modify.length === 0
      ? []
      : await service.get(
          folder,
          modify.map(({ uid }) => uid),
          signal,
        );
  for (const { uid, version } of written) if (version !== current.get(uid)?.version) mustNotContradict(refusals, uid);
  const outcomes = effects(
    ids,
    refusals,
    written.map((item) => toItem(item, { service, mapping })),
  );
  return ids.map((id, index) => {
    const failure = refused.get(id);
    return failure === undefined ? (outcomes[index] ?? missing) : { ok: false, failure };
  });
}

async function remove<V>(
  service: ItemService<V>,
  folder: FolderId,
  targets: readonly Target[],
  signal: AbortSignalLike | undefined,
): Promise<readonly (EffectFailure | undefined)[]> {
  const current = new Map(
    (
      await service.get(
        folder,
        targets.map(({ id }) => id),
        signal,
      )
    ).map((item) => [item.uid, item]),
  );
  const failures = targets.map((target) =>
    current.has(target.id) ? guard(current.get(target.id), target, service) : undefined,
  );
  const doomed = targets.filter((target, index) => current.has(target.id) && failures[index] === undefined);
  const changes: Changes<V> = { add: [], modify: [], delete: doomed.map(({ id }) => ({ uid: id })) };
  const refusals = doomed.length === 0 ? [] : await service.change(folder, changes, signal);
  const byUid = new Map(refusals.map((refusal) => [refusal.uid, refusal]));
  return targets.map((target, index) => {
    const refusal = byUid.get(target.id);
    return failures[index] ?? (refusal === undefined ? undefined : refusedBy(refusal));
  });
}

/**
 * What a server says it refused and shows changed all the same may be our write or somebody's: nobody can tell from here.
 * @throws SERVER_BAD_ANSWER, so that recovery finds out
 */
function mustNotContradict(refusals: readonly Refusal[], uid: ItemId): void {
  if (refusals.some((refusal) => refusal.uid === uid))
    throw bluemindFailure(
      'SERVER_BAD_ANSWER',
      'The server refused an item and shows it changed all the same. The connector looks at it again in the next run.',
    );
}

function guard<V>(item: ItemValue<V> | undefined, target: Target, service: ItemService<V>): EffectFailure | undefined {
  if (item === undefined) return { code: 'GONE', detail: '', reason: 'the item is not on the server any more' };
  const rev = revOf(item, service);
  return rev === target.rev
    ? undefined
    : {
        code: 'STALE',
        detail: `${target.rev} is now ${rev}`,
        reason: 'the item changed on the server meanwhile',
      };
}

const missing: { ok: false; failure: EffectFailure } = {
  ok: false,
  failure: { code: 'FAILED', detail: '', reason: 'the server took the item and does not show it' },
};

function effects<C>(uids: readonly Token[], refusals: readonly Refusal[], stored: readonly Item<C>[]): Effect<C>[] {
  const refused = new Map(refusals.map((refusal) => [refusal.uid, refusal]));
  const items = new Map(stored.map((item) => [item.id, item]));
  return uids.map((uid) => {
    const refusal = refused.get(uid);
    if (refusal !== undefined) return { ok: false, failure: refusedBy(refusal) };
    const item = items.get(uid);
    return item === undefined ? missing : { ok: true, item };
  });
}

function refusedBy(refusal: Refusal): EffectFailure {
  return {
    code: 'REFUSED',
    detail: refusal.errorCode,
    reason: refusal.message || `the server refused it (${refusal.errorCode})`,
  };
}
