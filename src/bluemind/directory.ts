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
