import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import type { Emulator } from './emulator/open-emulator.ts';
import { emulatedOutlook, type Late, lateOutlook } from './emulator/testing/world.ts';
import { type ConnectorFolder, type OutlookFolders, outlookFolders } from './side-folders.ts';

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  );
}

describe('the folders of the connector in Outlook', () => {
  let outlook: Emulator;
  let folders: OutlookFolders;
  beforeEach(() => {
    outlook = emulatedOutlook();
    folders = outlookFolders(outlook.executor);
  });
  afterEach(async () => {
    await folders.close();
    outlook.close();
  });

  const agenda = { kind: 'calendar', name: 'Agenda de Zoé', containerUid: 'calendar:zoe' } as const;
  const book = { kind: 'contacts', name: 'Carnet', containerUid: 'book:1' } as const;

  it('are made once for each container, below the default folder of their kind', async () => {
    const made = [await folders.create(agenda), await folders.create(book), await folders.create(agenda)];
    expect(made[2]).toEqual(made[0]);
    expect(await folders.list()).toEqual(made.slice(0, 2));
    expect(made[0]).toMatchObject(agenda);
  });

  it('get another name where theirs is taken, by whatever spelling', async () => {
    lateOutlook(outlook).contacts.object('Folders').object('Add', 'CARNET');
    const made = await folders.create(book);
    const other = await folders.create({ ...book, containerUid: 'book:2' });
    expect([made.name, other.name]).toEqual(['Carnet (2)', 'Carnet (3)']);
  });

  const add = (name: string, type?: number) =>
    lateOutlook(outlook)
      .contacts.object('Folders')
      .object('Add', name, ...(type === undefined ? [] : [type]));

  it('are told from folders of the user, which can be marked once; those of another kind are not shown', async () => {
    add('Clients');
    add('Mail', 6);
    const [mine, ...more] = await folders.list();
    expect([mine, more]).toMatchObject([{ name: 'Clients', kind: 'contacts', containerUid: undefined }, []]);
    if (mine === undefined) throw new Error('no folder');
    expect(await folders.mark(mine, 'book:9')).toEqual({ ...mine, containerUid: 'book:9' });
    expect(await folders.list()).toEqual([{ ...mine, containerUid: 'book:9' }]);
    expect(await codeOf(folders.mark({ ...mine, containerUid: 'book:8' }, 'book:7'))).toBe('OUTLOOK_FOLDER_NOT_OURS');
  });

  const moveTo = (from: ConnectorFolder, to: Late) => {
    const [entryId = ''] = from.id.split('@');
    lateOutlook(outlook).session.object('GetFolderFromID', entryId).call('MoveTo', to);
  };

  it('are found wherever the user moved them, by their id and by a search', async () => {
    const made = await folders.create(book);
    const project = add('Projects').object('Folders').object('Add', 'Old');
    moveTo(made, project);
    expect((await folders.list()).map(({ name }) => name)).toEqual(['Projects']);
    expect(await folders.find(made.id)).toEqual({ folder: made, deleted: false });
    expect(await folders.search()).toEqual([made]);
  });

  it('are known for deleted below Deleted Items, however deep, and can be put back', async () => {
    const made = await folders.create(book);
    const project = add('Projects');
    moveTo(made, project);
    project.call('Delete');
    expect([await folders.find(made.id), await folders.search()]).toEqual([{ folder: made, deleted: true }, []]);
    await folders.remove(made);
    await folders.putBack(made);
    expect(await folders.list()).toEqual([made]);
  });

  it('get a number when the name they are given is taken', async () => {
    const made = await folders.create(book);
    add('Équipe');
    expect([await folders.rename(made, 'équipe'), await folders.rename(made, 'CARNET')]).toEqual([
      'équipe (2)',
      'CARNET',
    ]);
  });

  it('keep their id when they are renamed, by us or by the user', async () => {
    const made = await folders.create(agenda);
    await folders.rename(made, 'Zoé');
    expect(await folders.list()).toEqual([{ ...made, name: 'Zoé' }]);
    expect(await folders.create(agenda)).toEqual({ ...made, name: 'Zoé' });
  });

  it('are removed into Deleted Items, once: there nothing is destroyed', async () => {
    const made = await folders.create(agenda);
    await folders.remove(made);
    await folders.remove(made);
    expect(await folders.list()).toEqual([]);
    const deleted = lateOutlook(outlook).session.object('GetDefaultFolder', 3).object('Folders');
    expect(deleted.get('Count')).toBe(1);
  });

  it('are left alone when their mark is another container’s', async () => {
    const made = await folders.create(agenda);
    const wrong = { ...made, containerUid: 'calendar:other' };
    expect([await codeOf(folders.rename(wrong, 'x')), await codeOf(folders.remove(wrong))]).toEqual([
      'OUTLOOK_FOLDER_NOT_OURS',
      'OUTLOOK_FOLDER_NOT_OURS',
    ]);
    expect(await folders.list()).toEqual([made]);
  });

  it('are gone when the user has destroyed them', async () => {
    const made = await folders.create(agenda);
    const [entryId = '', storeId = ''] = made.id.split('@');
    const gone = { ...made, id: `${entryId.slice(0, -8)}FFFFFFFE@${storeId}` };
    expect(await codeOf(folders.rename(gone, 'x'))).toBe('OUTLOOK_FOLDER_GONE');
    await folders.remove(gone);
  });

  it('stand beside Outlook’s own, which are told by their kind', async () => {
    const defaults = await folders.defaults();
    expect(new Set([defaults.calendar, defaults.contacts]).size).toBe(2);
  });
});
