import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { DirEntry } from '../wire/directory.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** The mail addresses of a directory entry (a user, usually), lower-case; none when it is unknown or hidden from the account. */
export async function addressesOfEntry(
  session: Session,
  entryUid: string,
  signal?: AbortSignalLike,
): Promise<readonly string[]> {
  const user = await session.user();
  try {
    const call = { method: 'GET', path: path`/directory/${user.domainUid}/entry-uid/${entryUid}`, signal } as const;
    const entry = (await session.call(call)) as DirEntry | undefined;
    const all = [entry?.email, ...(entry?.emails ?? []).map(({ address }) => address)].flatMap((address) =>
      address ? [address.toLowerCase()] : [],
    );
    return [...new Set(all)];
  } catch (error) {
    if (isFailure(error, 'NOT_FOUND') || isFailure(error, 'NO_RIGHT')) return [];
    throw error;
  }
}

/** Kinds of entries that are people: a group of the directory cannot be a member of a group in another book (API 5.4). */
const PEOPLE: ReadonlySet<string> = new Set(['USER', 'EXTERNALUSER']);

/** A person of the domain as its directory book holds him: the book's uid and the card's. */
export type Person = { readonly bookUid: string; readonly cardUid: string };

/** The person who has this mail address, lower-case; undefined where nobody has, or is hidden from the account. */
export async function personOfAddress(
  session: Session,
  address: string,
  signal?: AbortSignalLike,
): Promise<Person | undefined> {
  const user = await session.user();
  try {
    const call = { method: 'GET', path: path`/directory/${user.domainUid}/_byEmail/${address}`, signal } as const;
    const entry = (await session.call(call)) as DirEntry | undefined;
    if (!entry?.entryUid || entry.hidden || entry.archived || !PEOPLE.has(entry.kind ?? '')) return undefined;
    return { bookUid: `addressbook_${user.domainUid}`, cardUid: entry.entryUid };
  } catch (error) {
    if (isFailure(error, 'NOT_FOUND') || isFailure(error, 'NO_RIGHT')) return undefined;
    throw error;
  }
}
