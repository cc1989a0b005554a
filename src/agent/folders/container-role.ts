import type { Container } from '../../bluemind/containers.ts';
import type { DefaultFolders } from '../../outlook/side-folders.ts';
import type { FolderId } from '../../sync/side.ts';

/**
 * What a container is to the account.
 * - `default`: the own calendar and the own book, which are Outlook's default folders
 * - `collected`: the own collected contacts, which are Suggested Contacts where Outlook has that folder
 * - `directory`: the domain's people, which only the administrator edits
 * - `personal`: made by the user, who may rename and delete it
 * - `shared`: somebody else's, or the domain's
 */
export type ContainerRole = 'default' | 'collected' | 'directory' | 'personal' | 'shared';

type Described = Pick<Container, 'uid' | 'kind' | 'owner' | 'mine' | 'isDefault'>;

/** @source BlueMind API 2.1: the uid is the only mark that collected contacts and the directory have */
export function roleOf({ uid, kind, owner, mine, isDefault }: Described): ContainerRole {
  if (kind === 'addressbook' && uid.startsWith('addressbook_') && owner === uid) return 'directory';
  if (!mine) return 'shared';
  if (isDefault) return 'default';
  return kind === 'addressbook' && uid === `book:CollectedContacts_${owner}` ? 'collected' : 'personal';
}

/** The folder of Outlook's own that shows a container, where it has one: reminders ring and invitations land only there. */
export function ownFolder(container: Described, defaults: DefaultFolders): FolderId | undefined {
  switch (roleOf(container)) {
    case 'default':
      return container.kind === 'calendar' ? defaults.calendar : defaults.contacts;
    case 'collected':
      return defaults.suggestedContacts;
    default:
      return undefined;
  }
}

/** `Team calendar (Bruno Martin)` for what others share, the plain name for the user's own, `Directory` for the domain's. */
export function folderName(container: Container): string {
  if (roleOf(container) === 'directory') return 'Directory';
  return container.mine || container.ownerName === '' || container.ownerName === container.name
    ? container.name
    : `${container.name} (${container.ownerName})`;
}
