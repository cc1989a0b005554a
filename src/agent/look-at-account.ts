import { type Container, listSubscriptions, type Unreachable } from '../bluemind/containers.ts';
import { addressesOfEntry } from '../bluemind/directory.ts';
import type { BlueMindUser, Session } from '../bluemind/session.ts';
import { readUserSettings } from '../bluemind/settings.ts';
import { createTag, listTags } from '../bluemind/tags.ts';
import { outlookFolders } from '../outlook/side-folders.ts';
import type { PairRecord } from '../storage/records.ts';
import type { RunOptions } from './agent.ts';
import { type FolderPair, pairFolders } from './folder-pairs.ts';
import { noticeReplacedAccount } from './replaced-account.ts';
import { type TagBook, tagBook } from './tagging.ts';
import type { Working } from './working.ts';

/** A container with the folder that shows it and what is remembered of them. */
export type AccountPair = {
  readonly record: PairRecord;
  readonly container: Container;
  /** Mail addresses of the container's owner, lower-case. */
  readonly owner: ReadonlySet<string>;
  readonly place: FolderPair['place'];
  /** Not remembered before this run: what lies in the folder already is not ours. */
  readonly fresh: boolean;
};

/** What all pairs of a run share. `zone` is the user's, an IANA id. */
export type Shared = {
  readonly tags: TagBook;
  readonly zone: string;
  /** `rehearse`: nothing is written anywhere, the memory included. */
  readonly how: 'run' | 'rehearse';
};

/** The account as a run finds it: books before calendars, because Outlook makes appointments out of contacts. */
export type LookedAt = Shared & { readonly pairs: readonly AccountPair[]; readonly notes: readonly string[] };

/**
 * Asks the server for the subscriptions and pairs them with Outlook folders.
 * @param how `run`: missing folders are made and pairs remembered; `rehearse`: nothing is written anywhere, a folder that would be
 *   made has the id ''
 */
export async function lookAtAccount(
  working: Working,
  how: 'run' | 'rehearse',
  { signal }: RunOptions,
): Promise<LookedAt> {
  const { session, executor, newId } = working;
  const user = await session.user();
  if (how === 'run') noticeReplacedAccount(working, user);
  const { containers, unreachable } = await listSubscriptions(session, signal);
  const settings = await readUserSettings(session, signal);
  const tags = tagBook(await listTags(session, signal), (label) =>
    createTag(session, { itemUid: newId(), label }, signal),
  );
  const folders = outlookFolders(executor);
  try {
    const pairs: AccountPair[] = [];
    for (const pair of await pairFolders([...containers].sort(booksFirst), folders, how)) {
      const owner = await ownerOf(session, user, pair.container);
      pairs.push({ ...pair, ...recordOf(working, pair, how), owner });
    }
    return { how, tags, zone: settings['timezone'] || 'UTC', pairs, notes: unreachable.map(unreachableNote) };
  } finally {
    await folders.close();
  }
}

function booksFirst(a: Container, b: Container): number {
  return Number(a.kind === 'calendar') - Number(b.kind === 'calendar') || Number(b.isDefault) - Number(a.isDefault);
}

function unreachableNote({ name, uid, reason }: Unreachable): string {
  const why = reason === 'no-right' ? 'you may not read it any more' : 'it is not on the server';
  return `${name || uid}: ${why}; what Outlook shows was left alone.`;
}

async function ownerOf(session: Session, user: BlueMindUser, container: Container): Promise<ReadonlySet<string>> {
  if (container.mine || container.kind !== 'calendar') return new Set(user.addresses);
  return new Set(await addressesOfEntry(session, container.owner));
}

/** The record of a pair: kept over runs by the container's uid; a container that got another folder begins anew. */
function recordOf(
  { storage, account, newId }: Working,
  { container, folder, name }: FolderPair,
  how: 'run' | 'rehearse',
): Pick<AccountPair, 'record' | 'fresh'> {
  const { write } = container.access;
  const known = storage.pairs.all().find(({ folders }) => folders.server === container.uid);
  if (known !== undefined && known.folders.outlook === folder) {
    const record = { ...known, name, value: { ...known.value, write } };
    const moved = known.name !== name || known.value['write'] !== write;
    if (how === 'run' && moved) storage.pairs.put(record);
    return { record, fresh: false };
  }
  if (known !== undefined && how === 'run') storage.pairs.delete(known.id);
  const folders = { server: container.uid, outlook: folder };
  return {
    record: { id: newId(), account: account.id, kind: container.kind, name, folders, value: { write } },
    fresh: true,
  };
}
