import type { AbortSignalLike } from '../base/clock.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** Subscribes the account to containers, or changes whether a local copy is wanted of them. */
export async function subscribe(
  session: Session,
  containers: readonly { readonly containerUid: string; readonly offlineSync: boolean }[],
  signal?: AbortSignalLike,
): Promise<void> {
  const user = await session.user();
  const body = containers.map((container) => ({ ...container, automount: true }));
  await session.call({
    method: 'POST',
    path: path`/users/${user.domainUid}/subscriptions/${user.uid}/_subscribe`,
    body,
    signal,
  });
}

/** Ends subscriptions; the server silently keeps that of the account's own default calendar and book (API 3). */
export async function unsubscribe(
  session: Session,
  containerUids: readonly string[],
  signal?: AbortSignalLike,
): Promise<void> {
  const user = await session.user();
  await session.call({
    method: 'POST',
    path: path`/users/${user.domainUid}/subscriptions/${user.uid}/_unsubscribe`,
    body: containerUids,
    signal,
  });
}
