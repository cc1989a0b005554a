/**
 * What lay in Outlook before the connector: in its own Calendar and Contacts, item by item, and in the folders that the user had made below
 * them, whole. Birthdays that Outlook makes out of contacts are none of it.
 */
import { birthdayEvents } from '../../outlook/side-birthdays.ts';
import { outlookFolders } from '../../outlook/side-folders.ts';
import { readReadable } from '../../sync/look.ts';
import type { Run } from '../../sync/run.ts';
import type { FolderId, Item, ItemId } from '../../sync/side.ts';
import { foldersBefore } from '../folders/survey.ts';
import type { AccountPair, LookedAt } from '../look-at-account.ts';
import { remembered } from '../with-sides.ts';
import type { Working } from '../working.ts';

/** A folder of Outlook with items from before. */
export type OutlookSource = {
  readonly folder: FolderId;
  readonly name: string;
  readonly kind: 'calendar' | 'addressbook';
  /** The pair whose folder it is; undefined for one that the user had made. */
  readonly pair: AccountPair | undefined;
};

export async function outlookSources(working: Working, account: LookedAt): Promise<readonly OutlookSource[]> {
  const own = account.pairs
    .filter(({ place, record }) => place === 'own' && remembered(record).length > 0)
    .map((pair): OutlookSource => {
      const { record, container } = pair;
      return { folder: record.folders.outlook, name: record.name, kind: container.kind, pair };
    });
  const before = new Set(foldersBefore(working.storage.accounts.get(working.account.id)?.value ?? {}) ?? []);
  const folders = outlookFolders(working.executor);
  try {
    const made = (await folders.list()).filter(({ id, containerUid }) => before.has(id) && containerUid === undefined);
    const others = made.map(({ id, name, kind }): OutlookSource => {
      return { folder: id, name, kind: kind === 'calendar' ? 'calendar' : 'addressbook', pair: undefined };
    });
    return [...own, ...others];
  } finally {
    await folders.close();
  }
}

/** Items from before, and those that cannot be read with the reason. */
export type ItemsBefore<C> = {
  readonly items: readonly Item<C>[];
  readonly unreadable: readonly { readonly id: ItemId; readonly reason: string }[];
};

/** @param run over any pair of the kind: only its view of Outlook is used */
export async function itemsOfSource<C>(
  run: Run<C>,
  source: OutlookSource,
  birthdays: ReadonlySet<ItemId>,
): Promise<ItemsBefore<C>> {
  const { outlook } = run.sides;
  if (source.pair === undefined) {
    const { moved, unreadable } = await outlook.view(source.folder, new Map(), undefined, run.signal);
    return { items: moved, unreadable };
  }
  const ids = remembered(source.pair.record).flatMap(([id]) => (birthdays.has(id) ? [] : [id]));
  const read = await readReadable(outlook, { folder: source.folder, ids, signal: run.signal });
  return { items: read.items, unreadable: [...read.unreadable].map(([id, reason]) => ({ id, reason })) };
}

/** The appointments that Outlook has made out of the contacts of all books. */
export async function birthdaysOf(working: Working, account: LookedAt): Promise<ReadonlySet<ItemId>> {
  const books = account.pairs.filter(
    ({ container, record }) => container.kind === 'addressbook' && record.folders.outlook !== '',
  );
  return birthdayEvents(
    working.executor,
    books.map(({ record }) => record.folders.outlook),
  );
}
