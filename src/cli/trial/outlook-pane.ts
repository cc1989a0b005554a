import { must } from '../../base/assert.ts';
import type { Emulator } from '../../outlook/emulator/open-emulator.ts';
import { outlookTree } from '../commands/outlook-tree.ts';
import { type OutlookUser, outlookUser } from '../commands/outlook-user.ts';
import type { Context } from '../context.ts';
import type { Pane, PaneFolder, PaneKind } from './pane.ts';

/** Outlook's side of the trial: acts reach the emulator as those of the person in front of it. */
export function outlookPane(context: Context, emulator: Emulator): Pane {
  const user = outlookUser(context, emulator);
  const tree = outlookTree(emulator.executor);
  const inTree = async ({ id }: PaneFolder) => must((await tree.all()).find((folder) => folder.id === id));
  return {
    folders: async () => {
      const found = await user.folders();
      return found.map(({ id, name, kind, own }) => ({ id, name, kind: PANE_KIND[kind], writable: true, own }));
    },
    items: (folder) => user.items(asUsers(folder)),
    create: (folder, content) => user.create(asUsers(folder), content),
    change: async (folder, item, content) => void (await user.change(asUsers(folder), item, content)),
    remove: (folder, item) => user.remove(asUsers(folder), item),
    move: (folder, item, into) => user.move(asUsers(folder), item, asUsers(into)),
    makeFolder: async (kind, name) => {
      const folders = await user.folders();
      const parent = must(folders.find((folder) => folder.own && PANE_KIND[folder.kind] === kind));
      await tree.make(name, parent.kind, must((await tree.all()).find(({ id }) => id === parent.id)));
    },
    renameFolder: async (folder, name) => tree.rename(await inTree(folder), name),
    removeFolder: async (folder) => tree.remove(await inTree(folder)),
    zone: () => emulator.session.zone().iana,
    close: async () => {
      await tree.close();
      await user.close();
    },
  };
}

const PANE_KIND = { calendar: 'calendar', contacts: 'addressbook' } as const satisfies Record<string, PaneKind>;

function asUsers({ id, name, kind, own }: PaneFolder): Awaited<ReturnType<OutlookUser['folders']>>[number] {
  return { id, name, kind: kind === 'calendar' ? 'calendar' : 'contacts', own };
}
