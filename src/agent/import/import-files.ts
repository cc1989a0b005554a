/**
 * Takes what files hold into calendars and address books of the server; the next run brings it to Outlook. Files are read as a stream, items
 * are made by the batch, and nothing but the counts, the uids and the lists of people (which need the contacts first) is kept.
 *
 * Invariant: nobody is notified, nothing that is there is changed, and repeating an import makes nothing a second time.
 */
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AbortSignalLike } from '../../base/clock.ts';
import { CANCELLED, isFailure, throwIfCancelled } from '../../base/failure.ts';
import type { Container } from '../../bluemind/containers.ts';
import { type Card, type Group, groupsIn } from '../../domain/contact.ts';
import { cardKit, seriesKit } from '../../domain/content-kit.ts';
import type { Series } from '../../domain/event.ts';
import type { Found, ItemKind, ReadingContext } from '../../import/found.ts';
import { type OpenImport, openImport } from '../../import/open-import.ts';
import type { Create } from '../../sync/side.ts';
import { lookAtUser } from '../look-at-account.ts';
import { openPhotoAlbum } from '../photo-album.ts';
import type { Reader } from '../reader.ts';
import { bookServer, calendarServer } from '../sides.ts';
import { whenOf } from '../when-words.ts';
import type { Working } from '../working.ts';
import { type Fate, type ImportReason, type ImportReport, openTally, type Tally } from './report.ts';
import { type Diary, openTarget, type Target } from './target.ts';

/** `name`: what the user calls it, where the path is of our making. */
export type FileToImport = { readonly path: string; readonly name?: string | undefined };

export type ImportProgress = {
  readonly source: string;
  /** Of 1. */
  readonly share: number;
  /** Items so far. */
  readonly items: number;
};

export type ImportOptions = {
  /** Where events go; without one they are left. */
  readonly calendar: Container | undefined;
  readonly book: Container | undefined;
  /** Reads and compares only. */
  readonly dryRun: boolean;
  readonly progress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /** For whom the report's dates and repetitions are written; left out: English, and dates as ISO 8601 writes them. */
  readonly reader?: Reader | undefined;
};

/** Items written at once, and bytes of pictures among them. */
const BATCH = 100;
const BATCH_BYTES = 4 * 1024 * 1024;
/** Items between two moments in which others may have their turn. */
const SLICE = 50;

/** What cannot be read of one file is in the report; a server out of reach and a full disk are thrown. */
export async function importFiles(
  working: Working,
  files: readonly FileToImport[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { signal, dryRun } = options;
  const shared = await lookAtUser(working, dryRun ? 'rehearse' : 'run', options);
  const user = await working.session.user();
  const album = openPhotoAlbum(shared.how);
  const tally = openTally();
  const diary = openDiary(working);
  try {
    const { calendar, book } = options;
    const server = { ...working, tags: shared.tags };
    const importing: Importing = {
      ...{ tally, diary, options },
      events:
        calendar &&
        (await openTarget({ container: calendar, side: calendarServer(server), kit: seriesKit, made: asIs }, signal)),
      cards:
        book &&
        (await openTarget(
          { container: book, side: bookServer(server, album), kit: cardKit, made: cardKit.withUid },
          signal,
        )),
      keep: album.keep,
      context: { zone: shared.zone, ownAddress: user.addresses[0] ?? '' },
      items: 0,
    };
    if (!dryRun) forgetUnmade(working, importing);
    for (const file of files) await importFile(importing, file);
    return tally.report('done', diary.id());
  } catch (error) {
    if (!isFailure(error, CANCELLED)) throw error;
    return tally.report('cancelled', diary.id());
  } finally {
    album.close();
  }
}

/** What an import before this one announced and did not come to make is nothing that could be taken back. */
function forgetUnmade({ storage, account }: Working, { events, cards }: Pick<Importing, 'events' | 'cards'>): void {
  for (const target of [events, cards])
    if (target !== undefined) storage.imports.dropAbsent(account.id, target.container.uid, target.held);
}

/** A series keeps its own uid: the one of the item is another. */
function asIs(series: Series): Series {
  return series;
}

/** Begun with the first item that is made; it names the files that anything is made of. */
function openDiary({ storage, account, clock, newId }: Working): OwnDiary {
  let begun: string | undefined;
  let reading = '';
  const sources: string[] = [];
  const own = (): string => {
    const isKnown = sources.includes(reading);
    if (!isKnown) sources.push(reading);
    if (begun === undefined) {
      begun = newId();
      storage.imports.begin({ id: begun, account: account.id, at: clock.now(), sources });
    } else if (!isKnown) storage.imports.setSources(begun, sources);
    return begun;
  };
  return {
    id: () => begun,
    read: (name) => {
      reading = name;
    },
    note: (items) => storage.imports.note(own(), items),
    drop: (items) => storage.imports.drop(own(), items),
  };
}
type OwnDiary = Diary & { id(): string | undefined; read(name: string): void };

type Importing = {
  readonly tally: Tally;
  readonly diary: OwnDiary;
  readonly options: ImportOptions;
  readonly events: Target<Series> | undefined;
  readonly cards: Target<Card> | undefined;
  readonly keep: (photo: Uint8Array) => void;
  readonly context: ReadingContext;
  items: number;
};

async function importFile(importing: Importing, { path, name = basename(path) }: FileToImport): Promise<void> {
  const { tally, diary, context } = importing;
  diary.read(name);
  let open: OpenImport | undefined;
  try {
    open = openImport(path, context, name);
    await importFound(importing, open, name);
    tally.source({ name, kind: open.kind, failure: undefined });
  } catch (error) {
    if (!isFailure(error) || !error.code.startsWith('IMPORT_')) throw error;
    tally.source({ name, kind: open?.kind, failure: { code: error.code, message: error.message } });
  } finally {
    open?.close();
  }
}

async function importFound(importing: Importing, open: OpenImport, name: string): Promise<void> {
  const { tally, options, events, cards } = importing;
  const series = openBatch(importing, events);
  const contacts = openBatch(importing, cards);
  const groups: { group: Group; from: string }[] = [];
  const aliases = new Map<string, string>();
  try {
    for (const found of open.found()) {
      if (found.kind !== 'pause') importing.items++;
      if (found.kind === 'pause' || importing.items % SLICE === 0) {
        options.progress?.({ source: name, share: open.done() / Math.max(1, open.total), items: importing.items });
        await setImmediate();
        throwIfCancelled(options.signal);
      }
      if (found.kind === 'pause') continue;
      if (found.kind === 'event') await series.take(found.series, found.from);
      else if (found.kind === 'other') tally.other();
      else if (found.kind === 'refused') tally.add(refusedRow(found));
      else if (found.card.kind === 'group') groups.push({ group: found.card, from: found.from });
      else {
        if (found.photo !== undefined) importing.keep(found.photo);
        const uid = await contacts.take(found.card, found.from, found.photo?.length);
        // Most are known by the uid of their card; a list of all would grow with the file.
        if (uid !== undefined && found.card.uid !== '' && cards?.uidFor(found.card.uid) !== uid)
          aliases.set(found.card.uid, uid);
      }
    }
  } finally {
    // What was read before the file turned out to be damaged is as good as the rest.
    if (!options.signal?.aborted) {
      await series.flush();
      await contacts.flush();
    }
  }
  for (const { group, from } of inOrder(groups)) {
    const memberOf = (cardUid: string) => aliases.get(cardUid) ?? cards?.uidFor(cardUid);
    const uid = await contacts.take(withMembers(group, memberOf), from);
    if (uid !== undefined) aliases.set(group.uid, uid);
    // One that holds this one must find it.
    await contacts.flush();
  }
  options.progress?.({ source: name, share: 1, items: importing.items });
}

type Batch<C> = {
  /** @returns the uid under which the target has it or will have it */
  take(content: C, from: string, bytes?: number): Promise<string | undefined>;
  flush(): Promise<void>;
};

function openBatch<C extends Series | Card>(
  { tally, diary, options }: Importing,
  target: Target<C> | undefined,
): Batch<C> {
  let waiting: { create: Create<C>; from: string }[] = [];
  let waitingBytes = 0;
  const add = (content: C, from: string, fate: Fate, why?: { reason: ImportReason; detail: string }) => {
    const kit = content.kind === 'event' ? seriesKit.title(content) : cardKit.title(content);
    const row = { what: kindOf(content), title: kit, when: whenOf(content, options.reader ?? 'en'), from, fate };
    tally.add({ ...row, reason: why?.reason, detail: why?.detail ?? '' });
  };
  const flush = async () => {
    if (target === undefined || waiting.length === 0) return;
    const now = waiting;
    waiting = [];
    waitingBytes = 0;
    const creates = now.map(({ create }) => create);
    const failures = await target.create(creates, diary, options.signal);
    now.forEach(({ create, from }, at) => {
      const failure = failures[at];
      if (failure === undefined) add(create.content, from, 'taken');
      else add(create.content, from, 'refused', { reason: 'server', detail: failure.reason });
    });
  };
  return {
    flush,
    take: async (content, from, bytes = 0) => {
      if (target === undefined) {
        add(content, from, 'left');
        return undefined;
      }
      const standing = target.stand(content);
      if (standing.kind === 'version') {
        add(content, from, 'refused', { reason: 'version', detail: 'another version of it comes before in the file' });
        return undefined;
      }
      if (standing.kind === 'there') {
        add(content, from, 'there');
        return standing.uid;
      }
      if (options.dryRun) add(content, from, 'new');
      else {
        waiting.push({ create: standing.create, from });
        waitingBytes += bytes;
        if (waiting.length >= BATCH || waitingBytes > BATCH_BYTES) await flush();
      }
      return standing.create.token;
    },
  };
}

function kindOf(content: Series | Card): ItemKind {
  return content.kind;
}

function refusedRow({ what, title, reason, detail, from }: Found & { readonly kind: 'refused' }) {
  return { what, title, when: '', from, fate: 'refused' as const, reason, detail };
}

/** Lists after the lists that they hold; of lists that hold each other in a circle the first comes first. */
function inOrder<T extends { readonly group: Group }>(groups: readonly T[]): readonly T[] {
  const byUid = new Map(groups.map((entry) => [entry.group.uid, entry]));
  const placed = new Set<T>();
  const under = new Set<T>();
  const place = (entry: T) => {
    if (placed.has(entry) || under.has(entry)) return;
    under.add(entry);
    for (const uid of groupsIn(entry.group)) {
      const held = byUid.get(uid);
      if (held !== undefined) place(held);
    }
    under.delete(entry);
    placed.add(entry);
  };
  for (const entry of groups) place(entry);
  return [...placed];
}

/** Members by the uids that they have in the target. One that is there by neither uid nor address cannot be a member. */
function withMembers(group: Group, memberOf: (cardUid: string) => string | undefined): Group {
  const members = group.members.flatMap((member) => {
    if (member.cardUid === undefined) return [member];
    const cardUid = memberOf(member.cardUid);
    return cardUid === undefined && member.address === '' ? [] : [{ ...member, bookUid: undefined, cardUid }];
  });
  return { ...group, members };
}
