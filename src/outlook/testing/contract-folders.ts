import { afterEach, describe, expect, it } from 'vitest';
import {
  createFolder,
  deleteFolder,
  type FolderRow,
  folderRow,
  folderRows,
  listFolders,
  renameFolder,
} from '../program/folders.ts';
import type { Bench } from './bench.ts';

const MARK = 'BlueMind:contract';

/** What folders must do. */
export function folderContract(bench: () => Bench): void {
  const given = () => ({ session: bench().given.session });
  const made: FolderRow[] = [];
  const make = async (name: string) => {
    const options = { kind: 'contacts', name, description: MARK } as const;
    const row = folderRow(await bench().run(createFolder(given(), options)));
    made.push(row);
    return row;
  };
  const listed = async () => folderRows(await bench().run(listFolders(given(), 'contacts')));

  afterEach(async () => {
    for (const place of made.splice(0)) await bench().executor.run(deleteFolder(given(), { place, description: MARK }));
  });

  describe('folders', () => {
    it('[EO21] a folder is made with its description and listed under its parent', async () => {
      const folder = await make('Carnet A');
      expect((await listed()).filter((row) => row.entryId === folder.entryId)).toEqual([
        { ...folder, name: 'Carnet A', description: MARK },
      ]);
    });

    it('[EO22] two folders of one name, whatever its case, cannot be', async () => {
      await make('Carnet B');
      const again = createFolder(given(), { kind: 'contacts', name: 'CARNET b', description: '' });
      expect((await bench().executor.run(again)).kind).toBe('failed');
    });

    it('[EO23] a name may hold any character', async () => {
      const folder = await make('Équipe / projet: "A" & B?');
      expect(folder.name).toBe('Équipe / projet: "A" & B?');
    });

    it('[EO25] a folder keeps its id when it is renamed', async () => {
      const folder = await make('Carnet C');
      await bench().run(renameFolder(given(), { place: folder, description: MARK, name: 'Carnet D' }));
      expect((await listed()).find((row) => row.entryId === folder.entryId)?.name).toBe('Carnet D');
    });

    it('[EO24] a deleted folder is not listed any more', async () => {
      const folder = await make('Carnet E');
      await bench().run(deleteFolder(given(), { place: folder, description: MARK }));
      expect((await listed()).some((row) => row.entryId === folder.entryId)).toBe(false);
    });

    it('a folder without our mark is neither renamed nor deleted', async () => {
      const folder = await make('Carnet F');
      const other = { place: folder, description: 'BlueMind:other' };
      const outcomes = [
        await bench().executor.run(renameFolder(given(), { ...other, name: 'Carnet G' })),
        await bench().executor.run(deleteFolder(given(), other)),
      ];
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(['stale', 'stale']);
      expect((await listed()).find((row) => row.entryId === folder.entryId)?.name).toBe('Carnet F');
    });
  });
}
