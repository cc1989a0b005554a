import { describe, expect, it } from 'vitest';
import { createFolder, deleteFolder, folderRow, folderRows, listFolders, renameFolder } from '../program/folders.ts';
import type { Bench } from './bench.ts';

/** What folders must do. */
export function folderContract(bench: () => Bench): void {
  const make = async (name: string) => {
    const given = { session: bench().given.session };
    return folderRow(await bench().run(createFolder(given, { kind: 'contacts', name, description: 'BlueMind:x' })));
  };
  const listed = async () => folderRows(await bench().run(listFolders({ session: bench().given.session }, 'contacts')));

  describe('folders', () => {
    it('[EO21] a folder is made with its description and listed under its parent', async () => {
      const made = await make('Carnet A');
      expect((await listed()).filter((row) => row.entryId === made.entryId)).toEqual([
        { ...made, name: 'Carnet A', description: 'BlueMind:x' },
      ]);
    });

    it('[EO22] two folders of one name, whatever its case, cannot be', async () => {
      await make('Carnet B');
      const given = { session: bench().given.session };
      const again = createFolder(given, { kind: 'contacts', name: 'CARNET b', description: '' });
      expect((await bench().executor.run(again)).kind).toBe('failed');
    });

    it('[EO23] a name may hold any character', async () => {
      const made = await make('Équipe / projet: "A" & B?');
      expect(made.name).toBe('Équipe / projet: "A" & B?');
    });

    it('[EO25] a folder keeps its id when it is renamed', async () => {
      const made = await make('Carnet C');
      const given = { session: bench().given.session };
      await bench().run(renameFolder(given, { place: made, description: 'BlueMind:x', name: 'Carnet D' }));
      expect((await listed()).find((row) => row.entryId === made.entryId)?.name).toBe('Carnet D');
    });

    it('[EO24] a deleted folder is not listed any more', async () => {
      const made = await make('Carnet E');
      const given = { session: bench().given.session };
      await bench().run(deleteFolder(given, { place: made, description: 'BlueMind:x' }));
      expect((await listed()).some((row) => row.entryId === made.entryId)).toBe(false);
    });

    it('a folder without our mark is neither renamed nor deleted', async () => {
      const made = await make('Carnet F');
      const given = { session: bench().given.session };
      const other = { place: made, description: 'BlueMind:y' };
      const outcomes = [
        await bench().executor.run(renameFolder(given, { ...other, name: 'Carnet G' })),
        await bench().executor.run(deleteFolder(given, other)),
      ];
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(['stale', 'stale']);
      expect((await listed()).find((row) => row.entryId === made.entryId)?.name).toBe('Carnet F');
    });
  });
}
