/** Programs over folders. Names are for people and are not unique ids: folders are told apart by entry ids and by our mark. */
import { type Given, SESSION } from './item-place.ts';
import type { Handle, Program } from './program.ts';
import { type Ref, type Script, script } from './script.ts';
import { list, text, type Values } from './values.ts';

/** What a folder holds, as OlDefaultFolders says it. */
export const FOLDER_TYPE = { deletedItems: 3, calendar: 9, contacts: 10, suggestedContacts: 30 } as const;
export type FolderKind = 'calendar' | 'contacts';

/** OlItemType of the items that a folder of a kind holds. */
const ITEM_TYPE = { calendar: 1, contacts: 2 } as const satisfies Record<FolderKind, number>;

export type FolderRow = {
  readonly entryId: string;
  readonly storeId: string;
  readonly name: string;
  /** Folder.Description: where our folders carry their mark. */
  readonly description: string;
  /** What it holds; undefined for mail, tasks and whatever else the connector has nothing to do with. */
  readonly kind: FolderKind | undefined;
};

/** Where a folder is. */
export type FolderPlace = { readonly entryId: string; readonly storeId: string | undefined };

/** The session; every other program is given it. Touching a default folder starts MAPI. */
export function openSession(): Program {
  return script('open session', {}, (run) => [run.value({ handle: 'application', of: 'Application' }, 'Session')]);
}

/** Returns `folder`, an object to be kept and released by the caller. */
export function openFolder(given: Given, place: FolderPlace): Program {
  return script('open folder', given, (run) => [folderAt(run, place).handle]);
}

/** The default folder of a kind as one row; see {@link folderRow}. */
export function defaultFolder(given: Given, type: number): Program {
  return script('default folder', given, (run) => rowOf(run, run.open(SESSION, 'GetDefaultFolder', 'Folder', type)));
}

/** Deleted Items of a store as one row: every store has one of its own. See {@link folderRow}. */
export function deletedItems(given: Given, storeId: string): Program {
  return script('deleted items', given, (run) => {
    const store = run.open(SESSION, 'GetStoreFromID', 'Store', storeId);
    return rowOf(run, run.open(store, 'GetDefaultFolder', 'Folder', FOLDER_TYPE.deletedItems));
  });
}

/** The folders directly below a default folder as rows; see {@link folderRows}. */
export function listFolders(given: Given, kind: FolderKind): Program {
  return script('list folders', given, (run) => {
    const parent = run.open(SESSION, 'GetDefaultFolder', 'Folder', FOLDER_TYPE[kind]);
    const folders = run.object(parent, 'Folders', 'Folders');
    return run.each(folders, 'Folder', (each, folder) => rowOf(each, folder));
  });
}

/** The folders directly below any folder as rows; see {@link folderRows}. */
export function listBelow(given: Given, place: FolderPlace): Program {
  return script('list folders', given, (run) => {
    const folders = run.object(folderAt(run, place), 'Folders', 'Folders');
    return run.each(folders, 'Folder', (each, folder) => rowOf(each, folder));
  });
}

/** The root folders of all stores as rows; see {@link folderRows}. */
export function listRoots(given: Given): Program {
  return script('list stores', given, (run) => {
    const folders = run.object(SESSION, 'Folders', 'Folders');
    return run.each(folders, 'Folder', (each, folder) => rowOf(each, folder));
  });
}

/** A folder as one row and, as `parent`, the entry id of the folder it is in; see {@link folderRow} and {@link parentOf}. */
export function describeFolder(given: Given, place: FolderPlace): Program {
  return script('describe folder', given, (run) => {
    const folder = folderAt(run, place);
    const row = rowOf(run, folder);
    // The parent of a store's root is no folder.
    const parent = run.object(folder, 'Parent', 'Folder');
    return [...row, run.part('Parent').optional.value(parent, 'EntryID')];
  });
}

/** Gives a folder our mark, when its description is still the one that was seen. */
export function markFolder(
  given: Given,
  options: { readonly place: FolderPlace; readonly seen: string; readonly description: string },
): Program {
  return script('mark folder', given, (run) => {
    const folder = folderAt(run, options.place);
    run.expect(run.value(folder, 'Description'), options.seen);
    run.put(folder, 'Description', options.description);
    return [];
  });
}

/** Moves a folder below the default folder of its kind, when it still carries the mark. */
export function moveFolderHome(
  given: Given,
  options: { readonly place: FolderPlace; readonly kind: FolderKind; readonly description: string },
): Program {
  return script('move folder', given, (run) => {
    const folder = folderAt(run, options.place);
    run.expect(run.value(folder, 'Description'), options.description);
    const home = run.open(SESSION, 'GetDefaultFolder', 'Folder', FOLDER_TYPE[options.kind]);
    run.call(folder, 'MoveTo', home);
    return [];
  });
}

/** Makes a folder below a default folder and marks it; fails when a folder of this name is there already. */
export function createFolder(
  given: Given,
  options: { readonly kind: FolderKind; readonly name: string; readonly description: string },
): Program {
  return script('create folder', given, (run) => {
    const type = FOLDER_TYPE[options.kind];
    const parent = run.open(SESSION, 'GetDefaultFolder', 'Folder', type);
    const folders = run.object(parent, 'Folders', 'Folders');
    const folder = run.open(folders, 'Add', 'Folder', options.name, type);
    run.put(folder, 'Description', options.description);
    // Groups find their members, and names resolve, only in folders that are address books.
    if (options.kind === 'contacts') run.optional.put(folder, 'ShowAsOutlookAB', true);
    return rowOf(run, folder);
  });
}

/** Renames a folder, when it still carries the mark. */
export function renameFolder(
  given: Given,
  options: { readonly place: FolderPlace; readonly description: string; readonly name: string },
): Program {
  return script('rename folder', given, (run) => {
    const folder = folderAt(run, options.place);
    run.expect(run.value(folder, 'Description'), options.description);
    run.put(folder, 'Name', options.name);
    return [];
  });
}

/** Moves a folder and what is in it to Deleted Items, when it still carries the mark. */
export function deleteFolder(
  given: Given,
  options: { readonly place: FolderPlace; readonly description: string },
): Program {
  return script('delete folder', given, (run) => {
    const folder = folderAt(run, options.place);
    run.expect(run.value(folder, 'Description'), options.description);
    run.call(folder, 'Delete');
    return [];
  });
}

/** What {@link defaultFolder} and {@link createFolder} returned. @throws BadValue */
export function folderRow(values: Values): FolderRow {
  return {
    entryId: text(values.EntryID),
    storeId: text(values.StoreID),
    name: text(values.Name),
    description: text(values.Description),
    kind: kindOf(values.DefaultItemType),
  };
}

/** The parent's entry id that {@link describeFolder} returned; undefined for a store's root. */
export function parentOf(values: Values): string | undefined {
  const parent = values.ParentEntryID;
  return typeof parent === 'string' ? parent : undefined;
}

function kindOf(itemType: unknown): FolderKind | undefined {
  return itemType === ITEM_TYPE.calendar ? 'calendar' : itemType === ITEM_TYPE.contacts ? 'contacts' : undefined;
}

/** What {@link listFolders} returned. @throws BadValue */
export function folderRows(values: Values): readonly FolderRow[] {
  return list(values.EntryID).map((entryId, at) => ({
    entryId: text(entryId),
    storeId: text(list(values.StoreID)[at]),
    name: text(list(values.Name)[at]),
    description: text(list(values.Description)[at]),
    kind: kindOf(list(values.DefaultItemType)[at]),
  }));
}

function folderAt(run: Script, place: FolderPlace): Ref<'Folder'> {
  const ids = place.storeId === undefined ? [place.entryId] : [place.entryId, place.storeId];
  return run.open(SESSION, 'GetFolderFromID', 'Folder', ...ids);
}

function rowOf(run: Script, folder: Ref<'Folder'>): readonly Handle[] {
  return [
    run.value(folder, 'EntryID'),
    run.value(folder, 'StoreID'),
    run.value(folder, 'Name'),
    run.value(folder, 'Description'),
    run.value(folder, 'DefaultItemType'),
  ];
}
