import { folderAccessor } from './accessor-targets.ts';
import { bool, given, long, text } from './arguments.ts';
import { currentView } from './calendar-view.ts';
import type { MemberTable } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Session } from './session.ts';
import { getStorage } from './storage-item.ts';
import { folderRow } from './stores.ts';
import { tableObject } from './table.ts';

type FolderPart = { readonly session: Session; readonly folder: string };

/** Members of Folder that other parts bring: one line for each part. */
export const FOLDER_EXTRAS: MemberTable<FolderPart> = {
  PropertyAccessor: { get: folderAccessor },
  CurrentView: {
    get: ({ session, folder }) => currentView(session, folderRow(session, folder) ?? fail('OBJECT_DELETED')),
  },
  GetStorage: {
    call: ({ session, folder }, args) =>
      getStorage(session, folderRow(session, folder) ?? fail('OBJECT_DELETED'), args),
  },
  InAppFolderSyncObject: {
    get: ({ session, folder }) => session.setting(`in-application-folders.${folder}`) === 'yes',
    put: ({ session, folder }, value) => {
      session.putSetting(`in-application-folders.${folder}`, bool(value) ? 'yes' : 'no');
      if (bool(value)) session.putSetting('application-folders', 'yes');
    },
  },
  GetTable: {
    call: ({ session, folder }, [filter, contents]) => {
      const row = folderRow(session, folder) ?? fail('OBJECT_DELETED');
      return tableObject(session, row, text(filter), given(contents) && long(contents) === 1);
    },
  },
};
