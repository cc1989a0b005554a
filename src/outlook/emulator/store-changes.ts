/** Attaching and detaching data files. @source outlook-objects.md section 1.2 */
import { fail } from './fault.ts';
import type { Session } from './session.ts';
import { addStore, defaultStore, type FolderRow, type StoreRow, storeRow } from './stores.ts';

/** Adds a data file to the profile, made when it is not there; a path that is in the profile changes nothing. */
export function attachStore(session: Session, path: string): void {
  if (path === '') fail('INVALID_ARGUMENT');
  session.database.transaction(() => {
    const known = session.database
      .all<StoreRow>('SELECT * FROM stores')
      .find((store) => store.file_path.toLowerCase() === path.toLowerCase());
    if (known?.attached === 1) return;
    const id = known?.id ?? makeFile(session, path);
    session.database.run('UPDATE stores SET attached = 1 WHERE id = ?', id);
    session.storesChanged();
    session.events.raise({ source: 'Stores', about: '', event: 'StoreAdd', argument: String(id) });
  });
}

/** A new file holds Deleted Items and search folders, nothing else. */
function makeFile(session: Session, path: string): number {
  const name =
    path
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.pst$/i, '') ?? path;
  return addStore(session, { kind: 'pst', name, filePath: path, isDefault: false, roles: [] }).id;
}

/** Takes a store out of the profile; its file stays. @throws ACCESS_DENIED for the main one, ABORTED when a sink cancels */
export function detachStore(session: Session, root: FolderRow): void {
  const store = storeRow(session, root.store);
  if (store.root !== root.entry_id) fail('INVALID_ARGUMENT');
  if (store.id === defaultStore(session).id) fail('ACCESS_DENIED', 'RemoveStore');
  const hint = { source: 'Stores', about: '', event: 'BeforeStoreRemove' } as const;
  if (session.events.asksToCancel(hint, [session.objects.store(store.id)])) fail('ABORTED');
  session.database.run('UPDATE stores SET attached = 0 WHERE id = ?', store.id);
  session.storesChanged();
}
