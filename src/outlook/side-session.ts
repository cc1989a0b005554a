/**
 * What a side keeps open in Outlook between programs: the MAPI session and its folders. Whatever fails, all of it is given up
 * and opened again next time: objects of an Outlook that was closed never come back to life.
 */
import { Failure } from '../base/failure.ts';
import type { FolderId } from '../sync/side.ts';
import { meaningOf } from './program/errors.ts';
import { finish, OUTLOOK_FAILED } from './program/finish.ts';
import { openFolder, openSession } from './program/folders.ts';
import type { Given } from './program/item-place.ts';
import type { Executor, ObjectRef, OutlookValue } from './program/program.ts';
import { script } from './program/script.ts';
import { text } from './program/values.ts';

/** A folder that is open. */
export type OpenFolder = {
  /** The session, the folder and its items, for programs. */
  readonly given: Given & { readonly session: ObjectRef; readonly folder: ObjectRef; readonly items: ObjectRef };
  /** As Outlook tells it; items name it as their parent. */
  readonly entryId: string;
  readonly storeId: string;
};

export type OutlookSession = {
  readonly executor: Executor;
  /** @throws OUTLOOK_FOLDER_GONE when the folder is not there any more */
  folder(id: FolderId): Promise<OpenFolder>;
  /** The session alone. */
  given(): Promise<Given & { readonly session: ObjectRef }>;
  /** Runs `work`; when it throws, everything that is open is given up. */
  use<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** The folder that was asked for does not exist any more. Retry: never; the user chooses or creates it again. */
export const OUTLOOK_FOLDER_GONE = 'OUTLOOK_FOLDER_GONE';

/** A folder's id for the engine: its entry id, and its store's where that is known. */
export function folderId(place: { readonly entryId: string; readonly storeId: string | undefined }): FolderId {
  return place.storeId === undefined ? place.entryId : `${place.entryId}@${place.storeId}`;
}

/** What {@link folderId} was made of. */
export function folderPlace(id: FolderId): { readonly entryId: string; readonly storeId: string | undefined } {
  const [entryId = '', storeId] = id.split('@');
  return { entryId, storeId };
}

export function outlookSession(executor: Executor): OutlookSession {
  let session: ObjectRef | undefined;
  const folders = new Map<FolderId, OpenFolder>();
  const forget = async (): Promise<void> => {
    const open = [
      ...[...folders.values()].flatMap(({ given: { folder, items } }) => [items, folder]),
      ...(session === undefined ? [] : [session]),
    ];
    folders.clear();
    session = undefined;
    // A dead Outlook cannot take its objects back, and need not.
    await executor.release(open).catch(() => undefined);
  };
  const given = async () => {
    session ??= asObject(finish(await executor.run(openSession()), 'open session').Session);
    return { session };
  };
  return {
    executor,
    given,
    async folder(id) {
      const known = folders.get(id);
      if (known !== undefined) return known;
      const opened = await open(executor, await given(), id);
      folders.set(id, opened);
      return opened;
    },
    async use(work) {
      try {
        return await work();
      } catch (error) {
        await forget();
        throw error;
      }
    },
    close: forget,
  };
}

async function open(executor: Executor, given: { readonly session: ObjectRef }, id: FolderId): Promise<OpenFolder> {
  const outcome = await executor.run(openFolder(given, folderPlace(id)));
  if (outcome.kind === 'failed' && meaningOf(outcome.hresult) === 'absent') {
    throw new Failure(OUTLOOK_FOLDER_GONE, 'The Outlook folder is not there any more; choose or create it again.', {
      subject: { side: 'outlook', folder: id },
    });
  }
  const folder = asObject(finish(outcome, 'open folder').GetFolderFromID);
  const names = script('name folder', { folder }, (run) => [
    run.value({ handle: 'folder', of: 'Folder' }, 'EntryID'),
    run.value({ handle: 'folder', of: 'Folder' }, 'StoreID'),
    run.object({ handle: 'folder', of: 'Folder' }, 'Items', 'Items').handle,
  ]);
  const values = finish(await executor.run(names), names.label);
  const items = asObject(values.Items);
  return { given: { ...given, folder, items }, entryId: text(values.EntryID), storeId: text(values.StoreID) };
}

function asObject(value: OutlookValue | undefined): ObjectRef {
  if (typeof value !== 'object' || value === null || !('object' in value)) {
    throw new Failure(OUTLOOK_FAILED, 'Outlook gave nothing where an object was expected.', { retry: 'later' });
  }
  return value;
}
