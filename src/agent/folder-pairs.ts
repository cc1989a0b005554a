import type { Container } from '../bluemind/containers.ts';
import type { DefaultFolders, OutlookFolders } from '../outlook/side-folders.ts';
import type { FolderId } from '../sync/side.ts';

/** A container of the account and the Outlook folder that shows it. */
export type FolderPair = {
  readonly container: Container;
  /** '' in a rehearsal, for a folder that a run would make. */
  readonly folder: FolderId;
  /** What the folder is called for people: an own folder as Outlook calls it, one of ours like its container. */
  readonly name: string;
  /** `own`: one of Outlook's default folders, which may hold items from before the connector; `ours`: made by the connector. */
  readonly place: 'own' | 'ours';
};

/**
 * The Outlook folder of each synchronized container, made where it is missing. The user's own default calendar and book are
 * Outlook's default folders, because reminders ring and accepted invitations land only there; collected contacts go to
 * Suggested Contacts where Outlook has it; everything else is a folder of its own, named like the container with its owner.
 */
export async function pairFolders(
  containers: readonly Container[],
  folders: OutlookFolders,
  how: 'run' | 'rehearse',
): Promise<readonly FolderPair[]> {
  const defaults = await folders.defaults();
  const known = new Map((await folders.list()).map((folder) => [folder.containerUid, folder.id]));
  const pairs: FolderPair[] = [];
  for (const container of containers.filter(({ offlineSync }) => offlineSync)) {
    const own = ownFolder(container, defaults);
    const made = async () => (how === 'run' ? (await folders.create(newFolder(container))).id : '');
    const folder = own ?? known.get(container.uid) ?? (await made());
    const name = (own && defaults.names.get(own)) ?? folderName(container);
    pairs.push({ container, folder, name, place: own === undefined ? 'ours' : 'own' });
  }
  return pairs;
}

function ownFolder(container: Container, defaults: DefaultFolders): FolderId | undefined {
  if (!container.mine) return undefined;
  if (container.isDefault) return container.kind === 'calendar' ? defaults.calendar : defaults.contacts;
  return isCollected(container) ? defaults.suggestedContacts : undefined;
}

/** @source BlueMind API 2.1: the uid is the only mark that collected contacts have */
function isCollected(container: Container): boolean {
  return container.kind === 'addressbook' && container.uid === `book:CollectedContacts_${container.owner}`;
}

/** @source BlueMind API 2.1: the book that a domain's directory is, owned by itself */
function isDirectory({ kind, uid, owner }: Container): boolean {
  return kind === 'addressbook' && uid.startsWith('addressbook_') && owner === uid;
}

function newFolder(container: Container) {
  const kind = container.kind === 'calendar' ? ('calendar' as const) : ('contacts' as const);
  return { kind, name: folderName(container), containerUid: container.uid };
}

/** `Team calendar (Bruno Martin)` for what others share, the plain name for the user's own, `Directory` for the domain's. */
function folderName(container: Container): string {
  if (isDirectory(container)) return 'Directory';
  return container.mine || container.ownerName === '' || container.ownerName === container.name
    ? container.name
    : `${container.name} (${container.ownerName})`;
}
