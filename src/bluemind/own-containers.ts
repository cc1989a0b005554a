import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { ContainerKind } from './containers.ts';
import { serverErrorOf } from './failures.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** A further calendar or book of the account itself. */
export type OwnContainer = { readonly uid: string; readonly kind: ContainerKind; readonly name: string };

/** The uid of a calendar or book that the user makes. `seed` is unique (API 2.1). */
export function newContainerUid(kind: ContainerKind, seed: string): string {
  return kind === 'calendar' ? `calendar:UserCreated:${seed}` : `book:UserCreated_${seed}`;
}

/** Makes a calendar or book of the account; one that is there already is no error. Nobody is subscribed to it by this (API 2.4). */
export async function createOwnContainer(
  session: Session,
  container: OwnContainer,
  signal?: AbortSignalLike,
): Promise<void> {
  try {
    await session.call({
      method: 'PUT',
      path: pathOf(container),
      query: container.kind === 'calendar' ? {} : { isDefault: false },
      body: await descriptorOf(session, container),
      signal,
    });
  } catch (error) {
    if (!isFailure(error) || serverErrorOf(error)?.errorCode !== 'ALREADY_EXISTS') throw error;
  }
}

/** @throws NO_RIGHT, NOT_FOUND */
export async function renameOwnContainer(
  session: Session,
  container: OwnContainer,
  signal?: AbortSignalLike,
): Promise<void> {
  const body = { name: container.name, defaultContainer: false, deleted: false };
  await session.call({ method: 'POST', path: path`/containers/_manage/${container.uid}`, body, signal });
}

/**
 * Deletes a calendar or book with everything in it and everybody's subscriptions. The server guards nothing: never call it for a
 * default container. One that is not there is no error.
 */
export async function deleteOwnContainer(
  session: Session,
  container: Pick<OwnContainer, 'uid' | 'kind'>,
  signal?: AbortSignalLike,
): Promise<void> {
  try {
    await session.call({ method: 'DELETE', path: pathOf(container), signal });
  } catch (error) {
    if (!isFailure(error, 'NOT_FOUND')) throw error;
  }
}

function pathOf({ kind, uid }: Pick<OwnContainer, 'uid' | 'kind'>): string {
  return kind === 'calendar' ? path`/mgmt/calendars/${uid}` : path`/mgmt/addressbooks/${uid}`;
}

async function descriptorOf(session: Session, { name }: OwnContainer) {
  const user = await session.user();
  return { name, domainUid: user.domainUid, owner: user.uid, system: false, settings: {}, orgUnitUid: null };
}
