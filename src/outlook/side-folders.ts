/**
 * The folders of the connector in Outlook. The user's own calendar and address book are Outlook's default folders; everything
 * else is a folder of its own below one of them, with a mark in its description, by which it is known whatever it is called.
 */
import { Failure } from '../base/failure.ts';
import type { FolderId } from '../sync/side.ts';
import { meaningOf } from './program/errors.ts';
import { finish } from './program/finish.ts';
import {
  createFolder,
  defaultFolder,
  deleteFolder,
  FOLDER_TYPE,
  type FolderKind,
  type FolderRow,
  folderRow,
  folderRows,
  listFolders,
  renameFolder,
} from './program/folders.ts';
import type { Executor, Outcome } from './program/program.ts';
import { folderId, folderPlace, OUTLOOK_FOLDER_GONE, outlookSession } from './side-session.ts';

/** A folder of the connector. */
export type ConnectorFolder = {
  readonly id: FolderId;
  readonly kind: FolderKind;
  readonly name: string;
  readonly containerUid: string;
};

/** The ids of Outlook's own folders, and the names they have in the user's language. */
export type DefaultFolders = {
  readonly calendar: FolderId;
  readonly contacts: FolderId;
  readonly suggestedContacts: FolderId | undefined;
  readonly names: ReadonlyMap<FolderId, string>;
};

export type OutlookFolders = {
  /** The folders that carry our mark, of both kinds. */
  list(): Promise<readonly ConnectorFolder[]>;
  /** The folder of this container, made when it is not there; a name that is taken gets a number. */
  create(options: { kind: FolderKind; name: string; containerUid: string }): Promise<ConnectorFolder>;
  /** @throws OUTLOOK_FOLDER_NOT_OURS when the folder does not carry the container's mark */
  rename(folder: ConnectorFolder, name: string): Promise<void>;
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

export function outlookFolders(executor: Executor): OutlookFolders {
  const session = outlookSession(executor);
  const listKind = async (kind: FolderKind): Promise<readonly ConnectorFolder[]> => {
    const program = listFolders(await session.given(), kind);
    const rows = folderRows(finish(await executor.run(program), program.label));
    return rows.flatMap((row) => {
      const containerUid = containerOf(row);
      return containerUid === undefined ? [] : [{ id: folderId(row), kind, name: row.name, containerUid }];
    });
  };
  const runMarked = async (folder: ConnectorFolder, outcome: Outcome, label: string): Promise<void> => {
    if (outcome.kind === 'stale') {
      throw new Failure(OUTLOOK_FOLDER_NOT_OURS, 'This Outlook folder is not one of the connector; it is left alone.', {
        subject: { side: 'outlook', folder: folder.id },
      });
    }
    finish(outcome, label);
  };
  return {
    list: () => session.use(async () => [...(await listKind('calendar')), ...(await listKind('contacts'))]),
    create: ({ kind, name, containerUid }) =>
      session.use(async () => {
        const there = (await listKind(kind)).find((folder) => folder.containerUid === containerUid);
        if (there !== undefined) return there;
        const row = await createNamed(executor, await session.given(), { kind, name, containerUid });
        return { id: folderId(row), kind, name: row.name, containerUid };
      }),
    rename: (folder, name) =>
      session.use(async () => {
        const options = { place: folderPlace(folder.id), description: MARK + folder.containerUid, name };
        const program = renameFolder(await session.given(), options);
        const outcome = await executor.run(program);
        if (isAbsent(outcome)) throw gone(folder.id);
        await runMarked(folder, outcome, program.label);
      }),
    remove: (folder) =>
      session.use(async () => {
        // In Deleted Items it would be destroyed: what the user threw away already stays where it can be taken back.
        const there = (await listKind(folder.kind)).some((one) => one.id === folder.id);
        if (!there) return;
        const options = { place: folderPlace(folder.id), description: MARK + folder.containerUid };
        const program = deleteFolder(await session.given(), options);
        const outcome = await executor.run(program);
        if (!isAbsent(outcome)) await runMarked(folder, outcome, program.label);
      }),
    defaults: () =>
      session.use(async () => {
        const find = async (type: number) => executor.run(defaultFolder(await session.given(), type));
        const suggested = await find(FOLDER_TYPE.suggestedContacts);
        const calendar = folderRow(finish(await find(FOLDER_TYPE.calendar), 'default calendar'));
        const contacts = folderRow(finish(await find(FOLDER_TYPE.contacts), 'default contacts'));
        const suggestedContacts = suggested.kind === 'done' ? folderRow(suggested.values) : undefined;
        const rows = [calendar, contacts, ...(suggestedContacts === undefined ? [] : [suggestedContacts])];
        return {
          calendar: folderId(calendar),
          contacts: folderId(contacts),
          suggestedContacts: suggestedContacts && folderId(suggestedContacts),
          names: new Map(rows.map((row) => [folderId(row), row.name])),
        };
      }),
    close: () => session.close(),
  };
}

/** Sibling folders cannot share a name, whatever its case; how Outlook says so differs, so any refusal tries the next name. */
async function createNamed(
  executor: Executor,
  given: Parameters<typeof createFolder>[0],
  options: { kind: FolderKind; name: string; containerUid: string },
): Promise<FolderRow> {
  const rows = listFolders(given, options.kind);
  const taken = new Set(folderRows(finish(await executor.run(rows), rows.label)).map((row) => row.name.toLowerCase()));
  const names = Array.from({ length: NAMES }, (_, n) => (n === 0 ? options.name : `${options.name} (${n + 1})`));
  const name = names.find((one) => !taken.has(one.toLowerCase())) ?? `${options.name} (${options.containerUid})`;
  const program = createFolder(given, { kind: options.kind, name, description: MARK + options.containerUid });
  return folderRow(finish(await executor.run(program), program.label));
}

function containerOf(row: FolderRow): string | undefined {
  return row.description.startsWith(MARK) ? row.description.slice(MARK.length) : undefined;
}

function isAbsent(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.member === 'GetFolderFromID' && meaningOf(outcome.hresult) === 'absent';
}

function gone(id: FolderId): Failure {
  return new Failure(OUTLOOK_FOLDER_GONE, 'The Outlook folder is not there any more; choose or create it again.', {
    subject: { side: 'outlook', folder: id },
  });
}
