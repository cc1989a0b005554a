/**
 * The folders of the connector in Outlook. The user's own calendar and address book are Outlook's default folders; everything
 * else is a folder of its own below one of them, with a mark in its description, by which it is known whatever it is called and
 * wherever the user moves it.
 */
import { Failure } from '../base/failure.ts';
import type { FolderId } from '../sync/side.ts';
import { meaningOf } from './program/errors.ts';
import { finish } from './program/finish.ts';
import {
  createFolder,
  defaultFolder,
  deletedItems,
  deleteFolder,
  describeFolder,
  FOLDER_TYPE,
  type FolderKind,
  type FolderRow,
  folderRow,
  folderRows,
  listBelow,
  listFolders,
  listRoots,
  markFolder,
  moveFolderHome,
  parentOf,
  renameFolder,
} from './program/folders.ts';
import type { Executor, Outcome, Program } from './program/program.ts';
import { folderId, folderPlace, OUTLOOK_FOLDER_GONE, type OutlookSession, outlookSession } from './side-session.ts';

/** A folder that holds what the connector synchronizes. */
export type OutlookFolder = {
  readonly id: FolderId;
  readonly kind: FolderKind;
  readonly name: string;
  /** The container whose mark it carries; undefined for a folder of the user's. */
  readonly containerUid: string | undefined;
};

/** A folder of the connector. */
export type ConnectorFolder = OutlookFolder & { readonly containerUid: string };

/** The ids of Outlook's own folders, and the names they have in the user's language. */
export type DefaultFolders = {
  readonly calendar: FolderId;
  readonly contacts: FolderId;
  readonly suggestedContacts: FolderId | undefined;
  readonly names: ReadonlyMap<FolderId, string>;
};

export type OutlookFolders = {
  /** The folders directly below Calendar and Contacts that are of that kind, marked or not. */
  list(): Promise<readonly OutlookFolder[]>;
  /** A folder by its id; undefined when it was destroyed, or is none of ours and none of the user's calendars or books. */
  find(id: FolderId): Promise<{ readonly folder: OutlookFolder; readonly deleted: boolean } | undefined>;
  /** Every marked folder of every store but those in Deleted Items: for one that got another id. Takes one call per folder. */
  search(): Promise<readonly ConnectorFolder[]>;
  /** The folder of this container, made when it is not there; a name that is taken gets a number. */
  create(options: { kind: FolderKind; name: string; containerUid: string }): Promise<ConnectorFolder>;
  /** Gives a folder the mark of a container. @throws OUTLOOK_FOLDER_NOT_OURS when its mark is not the one that was seen */
  mark(folder: OutlookFolder, containerUid: string): Promise<ConnectorFolder>;
  /**
   * @returns the name it got: one that is taken gets a number
   * @throws OUTLOOK_FOLDER_NOT_OURS when the folder does not carry the container's mark; OUTLOOK_FOLDER_GONE
   */
  rename(folder: ConnectorFolder, name: string): Promise<string>;
  /** Takes it out of Deleted Items again. @throws OUTLOOK_FOLDER_NOT_OURS, OUTLOOK_FOLDER_GONE */
  putBack(folder: ConnectorFolder): Promise<void>;
  /** Moves it to Deleted Items; one that is gone already is no error. @throws OUTLOOK_FOLDER_NOT_OURS */
  remove(folder: ConnectorFolder): Promise<void>;
  /** Outlook's own folders. `suggestedContacts` is undefined where Outlook has none. */
  defaults(): Promise<DefaultFolders>;
  close(): Promise<void>;
};

/** The folder does not carry the mark of its container. Retry: never; nothing was done to it. */
export const OUTLOOK_FOLDER_NOT_OURS = 'OUTLOOK_FOLDER_NOT_OURS';

const MARK = 'BlueMind:';
/** How often a taken name is varied. */
const NAMES = 50;
/** Folders that a search looks into at the most: a mailbox has some hundreds. */
const MOST_SEARCHED = 5000;
/** Folders lie this deep at the most, for all that is known. */
const DEEPEST = 50;

export function outlookFolders(executor: Executor): OutlookFolders {
  const session = outlookSession(executor);
  const work: Working = { session, executor };
  return {
    list: () => session.use(async () => [...(await ofKind(work, 'calendar')), ...(await ofKind(work, 'contacts'))]),
    find: (id) => session.use(() => find(work, id)),
    search: () => session.use(() => search(work)),
    create: ({ kind, name, containerUid }) =>
      session.use(async () => {
        const there = (await ofKind(work, kind)).find((folder) => folder.containerUid === containerUid);
        if (isMarked(there)) return there;
        const free = freeName(name, await siblings(work, kind), containerUid);
        const program = createFolder(await session.given(), { kind, name: free, description: MARK + containerUid });
        const row = folderRow(finish(await executor.run(program), program.label));
        return { id: folderId(row), kind, name: row.name, containerUid };
      }),
    mark: (folder, containerUid) =>
      session.use(async () => {
        const seen = folder.containerUid === undefined ? await descriptionOf(work, folder) : markOf(folder);
        const options = { place: folderPlace(folder.id), seen, description: MARK + containerUid };
        await changeMarked(work, folder, markFolder(await session.given(), options));
        return { ...folder, containerUid };
      }),
    rename: (folder, name) =>
      session.use(async () => {
        const others = (await siblings(work, folder.kind)).filter(({ id }) => id !== folder.id);
        const free = freeName(name, others, folder.containerUid);
        const options = { place: folderPlace(folder.id), description: markOf(folder), name: free };
        await changeMarked(work, folder, renameFolder(await session.given(), options));
        return free;
      }),
    putBack: (folder) =>
      session.use(async () => {
        const options = { place: folderPlace(folder.id), kind: folder.kind, description: markOf(folder) };
        await changeMarked(work, folder, moveFolderHome(await session.given(), options));
      }),
    remove: (folder) =>
      session.use(async () => {
        // In Deleted Items it would be destroyed: what the user threw away already stays where it can be taken back.
        const there = await find(work, folder.id);
        if (there === undefined || there.deleted) return;
        const options = { place: folderPlace(folder.id), description: markOf(folder) };
        await changeMarked(work, folder, deleteFolder(await session.given(), options));
      }),
    defaults: () => session.use(() => defaults(work)),
    close: () => session.close(),
  };
}

type Working = { readonly session: OutlookSession; readonly executor: Executor };

async function rowsOf({ executor }: Working, program: Program): Promise<readonly FolderRow[]> {
  return folderRows(finish(await executor.run(program), program.label));
}

async function ofKind(work: Working, kind: FolderKind): Promise<readonly OutlookFolder[]> {
  const rows = await rowsOf(work, listFolders(await work.session.given(), kind));
  return rows.filter((row) => row.kind === kind).flatMap(shown);
}

/** All folders beside which one of this kind would stand, whatever they hold: their names are taken. */
async function siblings(work: Working, kind: FolderKind): Promise<readonly { id: FolderId; name: string }[]> {
  const rows = await rowsOf(work, listFolders(await work.session.given(), kind));
  return rows.map((row) => ({ id: folderId(row), name: row.name }));
}

/** Sibling folders cannot share a name, whatever its case. */
function freeName(wanted: string, others: readonly { readonly name: string }[], last: string): string {
  const taken = new Set(others.map(({ name }) => name.toLowerCase()));
  const names = Array.from({ length: NAMES }, (_, n) => (n === 0 ? wanted : `${wanted} (${n + 1})`));
  return names.find((one) => !taken.has(one.toLowerCase())) ?? `${wanted} (${last})`;
}

async function find(
  work: Working,
  id: FolderId,
): Promise<{ readonly folder: OutlookFolder; readonly deleted: boolean } | undefined> {
  const found = await describe(work, id);
  const [folder] = found === undefined ? [] : shown(found.row);
  if (found === undefined || folder === undefined) return undefined;
  const bin = await binOf(work, found.row.storeId);
  let parent = found.parent;
  for (let depth = 0; parent !== undefined && depth < DEEPEST; depth++) {
    if (parent === bin) return { folder, deleted: true };
    parent = (await describe(work, folderId({ entryId: parent, storeId: found.row.storeId })))?.parent;
  }
  return { folder, deleted: false };
}

/** A folder and the one it is in; undefined when it is not there. */
async function describe(
  work: Working,
  id: FolderId,
): Promise<{ row: FolderRow; parent: string | undefined } | undefined> {
  const program = describeFolder(await work.session.given(), folderPlace(id));
  const outcome = await work.executor.run(program);
  if (isAbsent(outcome)) return undefined;
  const values = finish(outcome, program.label);
  return { row: folderRow(values), parent: parentOf(values) };
}

async function descriptionOf(work: Working, folder: OutlookFolder): Promise<string> {
  const found = await describe(work, folder.id);
  if (found === undefined) throw gone(folder.id);
  return found.row.description;
}

/** The entry id of the Deleted Items of a store; undefined for a store that has none. */
async function binOf({ session, executor }: Working, storeId: string): Promise<string | undefined> {
  const outcome = await executor.run(deletedItems(await session.given(), storeId));
  return outcome.kind === 'done' ? folderRow(outcome.values).entryId : undefined;
}

async function search(work: Working): Promise<readonly ConnectorFolder[]> {
  const roots = await rowsOf(work, listRoots(await work.session.given()));
  const bins = new Set<string | undefined>();
  for (const { storeId } of roots) bins.add(await binOf(work, storeId));
  const found: ConnectorFolder[] = [];
  const open = [...roots];
  for (let at = 0; at < open.length && at < MOST_SEARCHED; at++) {
    const row = open[at];
    if (row === undefined || bins.has(row.entryId)) continue;
    found.push(...shown(row).filter(isMarked));
    open.push(...(await rowsOf(work, listBelow(await work.session.given(), row))));
  }
  return found;
}

async function defaults({ session, executor }: Working): Promise<DefaultFolders> {
  const ask = async (type: number) => executor.run(defaultFolder(await session.given(), type));
  const suggested = await ask(FOLDER_TYPE.suggestedContacts);
  const calendar = folderRow(finish(await ask(FOLDER_TYPE.calendar), 'default calendar'));
  const contacts = folderRow(finish(await ask(FOLDER_TYPE.contacts), 'default contacts'));
  const suggestedContacts = suggested.kind === 'done' ? folderRow(suggested.values) : undefined;
  const rows = [calendar, contacts, ...(suggestedContacts === undefined ? [] : [suggestedContacts])];
  return {
    calendar: folderId(calendar),
    contacts: folderId(contacts),
    suggestedContacts: suggestedContacts && folderId(suggestedContacts),
    names: new Map(rows.map((row) => [folderId(row), row.name])),
  };
}

/** Runs a program that begins by comparing the mark. @throws OUTLOOK_FOLDER_NOT_OURS, OUTLOOK_FOLDER_GONE */
async function changeMarked({ executor }: Working, folder: OutlookFolder, program: Program): Promise<void> {
  const outcome = await executor.run(program);
  if (isAbsent(outcome)) throw gone(folder.id);
  if (outcome.kind === 'stale') {
    throw new Failure(OUTLOOK_FOLDER_NOT_OURS, 'This Outlook folder is not one of the connector; it is left alone.', {
      subject: { side: 'outlook', folder: folder.id },
    });
  }
  finish(outcome, program.label);
}

function shown(row: FolderRow): readonly OutlookFolder[] {
  const containerUid = row.description.startsWith(MARK) ? row.description.slice(MARK.length) : undefined;
  return row.kind === undefined ? [] : [{ id: folderId(row), kind: row.kind, name: row.name, containerUid }];
}

function isMarked(folder: OutlookFolder | undefined): folder is ConnectorFolder {
  return folder?.containerUid !== undefined;
}

function markOf({ containerUid }: OutlookFolder): string {
  return containerUid === undefined ? '' : MARK + containerUid;
}

function isAbsent(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.member === 'GetFolderFromID' && meaningOf(outcome.hresult) === 'absent';
}

function gone(id: FolderId): Failure {
  return new Failure(OUTLOOK_FOLDER_GONE, 'The Outlook folder is not there any more; choose or create it again.', {
    subject: { side: 'outlook', folder: id },
  });
}
