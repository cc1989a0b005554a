/** Lists in lists: which items they are, and by which names Outlook finds them. */
import type { AbortSignalLike } from '../base/clock.ts';
import type { DistListMember, OutlookContact, OutlookDistList } from './model/contact.ts';
import { findableName } from './program/find-lists.ts';
import { readParts } from './program/reading.ts';
import type { OpenFolder, OutlookSession } from './side-session.ts';
import { placeOf, scanFolder } from './side-view.ts';

type Card = OutlookContact | OutlookDistList;

/** The names of lists in a folder, by their uids; those that Outlook does not find by their names are missing. */
export type NamesOfLists = (uids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export function namesOfLists(
  session: OutlookSession,
  folder: OpenFolder,
  signal: AbortSignalLike | undefined,
): NamesOfLists {
  return async (uids) => {
    const rows = (await scanFolder(session, folder, signal)).filter(
      ({ token, entryId }) => uids.includes(token) && entryId !== '',
    );
    const names = await readParts(session.executor, {
      label: 'find lists',
      given: { session: folder.given.session },
      parts: rows.map((row) => findableName(placeOf(folder, row.entryId))),
      sliceSize: 10,
    });
    return new Map(
      rows.flatMap(({ token }, at): [string, string][] => {
        const name = names[at];
        return name?.kind === 'value' && name.value !== '' ? [[token, name.value]] : [];
      }),
    );
  };
}

/** The value without the lists that Outlook cannot take in; the new ones by the names that it finds them by. */
export async function withFoundLists(before: Card | undefined, after: Card, namesOf: NamesOfLists): Promise<Card> {
  if (!('members' in after)) return after;
  const had = new Set(before !== undefined && 'members' in before ? before.members.map(({ list }) => list) : []);
  const added = after.members.flatMap(({ list }) => (list && !had.has(list) ? [list] : []));
  if (added.length === 0) return after;
  const names = await namesOf(added);
  const members = after.members.flatMap((member): readonly DistListMember[] => {
    if (!member.list || had.has(member.list)) return [member];
    const name = names.get(member.list);
    return name === undefined ? [] : [{ ...member, name }];
  });
  return { ...after, members };
}

/** Whether a list in the list is no card yet: it becomes one in this run, and is known to the next. */
export function awaitsCards(value: Card): boolean {
  return 'members' in value && value.members.some(({ list }) => list === '');
}
