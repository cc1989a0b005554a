import type { Container } from '../bluemind/containers.ts';
import { addressesOfEntry } from '../bluemind/directory.ts';
import type { BlueMindUser, Session } from '../bluemind/session.ts';
import { readUserSettings } from '../bluemind/settings.ts';
import { createTag, listTags } from '../bluemind/tags.ts';
import type { NoteLanguage } from '../mapping/outlook/event/note-words.ts';
import type { RunNote } from '../storage/run-records.ts';
import type { RunOptions } from './agent.ts';
import { lookAtFolders } from './folders/look-at-folders.ts';
import type { ReadyPair } from './folders/ready-pair.ts';
import { mustBeSameAccount, noticeReplacedAccount } from './replaced-account.ts';
import type { FolderRun } from './summary.ts';
import { type TagBook, tagBook } from './tagging.ts';
import type { Working } from './working.ts';

/** A container with the folder that shows it and what is remembered of them. */
export type AccountPair = ReadyPair & {
  /** Mail addresses of the container's owner, lower-case. */
  readonly owner: ReadonlySet<string>;
};

/** What all pairs of a run share. `zone` is the user's, an IANA id; `language` is that of what is said on items. */
export type Shared = {
  readonly tags: TagBook;
  readonly zone: string;
  readonly language: NoteLanguage;
  /** `rehearse`: nothing is written anywhere, the memory included. */
  readonly how: 'run' | 'rehearse';
};

/** The account as a run finds it: books before calendars, because Outlook makes appointments out of contacts. */
export type LookedAt = Shared & {
  readonly pairs: readonly AccountPair[];
  /** Whole folders about which the user is asked. */
  readonly held: readonly FolderRun[];
  readonly notes: readonly RunNote[];
};

/**
 * Asks the server for the subscriptions and pairs them with Outlook folders.
 * @param how `run`: folders are made, renamed and removed, and pairs remembered; `rehearse`: nothing is written anywhere, a folder
 *   that would be made has the id ''
 */
export async function lookAtAccount(working: Working, how: 'run' | 'rehearse', options: RunOptions): Promise<LookedAt> {
  const { session } = working;
  const user = await session.user();
  mustBeSameAccount(working, user);
  if (how === 'run') noticeReplacedAccount(working, user);
  const shared = await lookAtUser(working, how, options);
  const { pairs, held, notes } = await lookAtFolders(working, shared, options);
  const owned: AccountPair[] = [];
  for (const pair of [...pairs].sort(booksFirst))
    owned.push({ ...pair, owner: await ownerOf(session, user, pair.container) });
  return { ...shared, pairs: owned, held, notes };
}

/** What the server tells of the user beside the folders: all that is needed where Outlook has no part. */
export async function lookAtUser(
  { session, newId }: Pick<Working, 'session' | 'newId'>,
  how: 'run' | 'rehearse',
  { signal }: Pick<RunOptions, 'signal'>,
): Promise<Shared> {
  const settings = await readUserSettings(session, signal);
  const tags = tagBook(await listTags(session, signal), (label) =>
    createTag(session, { itemUid: newId(), label }, signal),
  );
  return { how, tags, zone: settings['timezone'] || 'UTC', language: settings['lang'] === 'fr' ? 'fr' : 'en' };
}

function booksFirst({ container: a }: ReadyPair, { container: b }: ReadyPair): number {
  return Number(a.kind === 'calendar') - Number(b.kind === 'calendar') || Number(b.isDefault) - Number(a.isDefault);
}

async function ownerOf(session: Session, user: BlueMindUser, container: Container): Promise<ReadonlySet<string>> {
  if (container.mine || container.kind !== 'calendar') return new Set(user.addresses);
  return new Set(await addressesOfEntry(session, container.owner));
}
