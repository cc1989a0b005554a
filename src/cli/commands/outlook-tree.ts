import { Failure } from '../../base/failure.ts';
import { finish } from '../../outlook/program/finish.ts';
import {
  deletedItems,
  FOLDER_TYPE,
  type FolderKind,
  type FolderRow,
  folderRow,
  folderRows,
  listBelow,
  listRoots,
} from '../../outlook/program/folders.ts';
import { SESSION } from '../../outlook/program/item-place.ts';
import type { Executor, Program } from '../../outlook/program/program.ts';
import { type Ref, type Script, script } from '../../outlook/program/script.ts';
import { folderId, folderPlace, outlookSession } from '../../outlook/side-session.ts';

/** A folder of any kind, as the person in front of Outlook sees it in the folder list. */
export type TreeFolder = {
  readonly id: string;
  readonly name: string;
  readonly kind: FolderKind | undefined;
  readonly deleted: boolean;
};

/** The folder list of the emulated Outlook, and what a person does with folders in it. */
export type OutlookTree = {
  /** Every folder of every store, those in Deleted Items last. */
  all(): Promise<readonly TreeFolder[]>;
  /** By name, without regard to case; the first one. @throws FOLDER_NOT_FOUND */
  find(name: string): Promise<TreeFolder>;
  /** @throws OUTLOOK_FAILED where Outlook refuses */
  make(name: string, kind: FolderKind, parent: TreeFolder): Promise<void>;
  rename(folder: TreeFolder, name: string): Promise<void>;
  remove(folder: TreeFolder): Promise<void>;
  move(folder: TreeFolder, into: TreeFolder): Promise<void>;
  close(): Promise<void>;
};

export function outlookTree(executor: Executor): OutlookTree {
  const session = outlookSession(executor);
  const rows = async (program: Program) => folderRows(finish(await executor.run(program), program.label));
  const all = async () => {
    const given = await session.given();
    const open = [...(await rows(listRoots(given)))];
    const bins = new Set<string>();
    for (const { storeId } of open) {
      const bin = deletedItems(given, storeId);
      bins.add(folderRow(finish(await executor.run(bin), bin.label)).entryId);
    }
    const deleted: typeof open = [];
    for (let at = 0; at < open.length; at++) {
      const row = open[at];
      if (row === undefined) continue;
      (bins.has(row.entryId) ? deleted : open).push(...(await rows(listBelow(given, row))));
    }
    const shown = (gone: boolean) => (row: FolderRow) => {
      return { id: folderId(row), name: row.name, kind: row.kind, deleted: gone };
    };
    return [...open.map(shown(false)), ...deleted.map(shown(true))];
  };
  const act = async (label: string, folder: TreeFolder, steps: (run: Script, at: Ref<'Folder'>) => void) => {
    const program = script(label, await session.given(), (run) => {
      steps(run, at(run, folder));
      return [];
    });
    finish(await executor.run(program), label);
  };
  return {
    all,
    find: async (name) => {
      const found = (await all()).find((folder) => folder.name.toLowerCase() === name.toLowerCase());
      if (found === undefined)
        throw new Failure('FOLDER_NOT_FOUND', `Outlook has no folder "${name}"; see \`connector outlook folders\`.`);
      return found;
    },
    make: (name, kind, parent) =>
      act('make a folder', parent, (run, folder) => {
        run.call(run.object(folder, 'Folders', 'Folders'), 'Add', name, FOLDER_TYPE[kind]);
      }),
    rename: (folder, name) => act('rename a folder', folder, (run, one) => run.put(one, 'Name', name)),
    remove: (folder) => act('delete a folder', folder, (run, one) => void run.call(one, 'Delete')),
    move: (folder, into) =>
      act('move a folder', folder, (run, one) => void run.call(one, 'MoveTo', at(run.part('Into'), into))),
    close: () => session.close(),
  };
}

function at(run: Script, folder: TreeFolder): Ref<'Folder'> {
  const { entryId, storeId } = folderPlace(folder.id);
  return run.open(SESSION, 'GetFolderFromID', 'Folder', ...(storeId === undefined ? [entryId] : [entryId, storeId]));
}
