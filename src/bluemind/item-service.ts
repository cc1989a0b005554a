import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { ContainerChangeset, ContainerUpdatesResult, ItemDescriptor, ItemValue } from '../wire/container.ts';
import { listIn, listOrNone, numberIn, objectIn } from './answers.ts';
import { serverErrorOf } from './failures.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** The services that hold items in containers and share one form. */
export type ItemServiceName = 'calendars' | 'addressbooks';

/** `photo`, of a card: base64 to set it, '' to delete it, null or nothing to keep it. */
export type NewValue<V> = { readonly uid: string; readonly value: V; readonly photo?: string | null };

/** What one `_mupdates` call changes. */
export type Changes<V> = {
  readonly add: readonly NewValue<V>[];
  readonly modify: readonly NewValue<V>[];
  readonly delete: readonly { readonly uid: string }[];
};

/** An item that the server did not take, with its reason; the others of the call were stored. */
export type Refusal = { readonly uid: string; readonly errorCode: string; readonly message: string };

/** Where a round over items that are looked at in turn stands, and whether it is time for a look at all of them. */
export type Patrol = { readonly after: string; readonly all: boolean };

/** Items of one kind of container: calendars' series, books' cards. Uids are item uids. */
export type ItemService<V> = {
  /** What of a value changes without a new version; it is part of the item's revision. */
  aside?(value: V): string | undefined;
  /** Looks for items that changed without a word in the change log, some at a time; `after` is where the next look goes on. */
  unreported?(
    container: string,
    known: ReadonlyMap<string, string>,
    patrol: Patrol,
    signal?: AbortSignalLike,
  ): Promise<{ readonly uids: readonly string[]; readonly after: string }>;
  version(container: string, signal?: AbortSignalLike): Promise<number>;
  changeset(container: string, since: number, signal?: AbortSignalLike): Promise<ContainerChangeset>;
  /** uid and version of every item, in one call. */
  list(container: string, signal?: AbortSignalLike): Promise<readonly ItemDescriptor[]>;
  count(container: string, signal?: AbortSignalLike): Promise<number>;
  /** Unknown uids are left out. Asked for in portions of {@link READ_PORTION}. */
  get(container: string, uids: readonly string[], signal?: AbortSignalLike): Promise<readonly ItemValue<V>[]>;
  /**
   * Stores changes and says what was refused. Never notifies anybody. A portion that fails as a whole without a business
   * error is halved until the offending items stand alone: they become refusals, the others are stored.
   */
  change(container: string, changes: Changes<V>, signal?: AbortSignalLike): Promise<readonly Refusal[]>;
};

/** @units items per `_mget` */
export const READ_PORTION = 200;
/** @units items per `_mupdates` */
export const WRITE_PORTION = 200;
/** @units characters of JSON per `_mupdates`: the server takes 10,000,000 bytes */
const WRITE_CHARACTERS = 3_000_000;

export function itemService<V>(session: Session, service: ItemServiceName): ItemService<V> {
  const at = (container: string) => path`/${service}/${container}`;
  return {
    version: async (container, signal) =>
      numberIn(await session.call({ method: 'GET', path: `${at(container)}/_version`, signal })),
    changeset: async (container, since, signal) =>
      readChangeset(
        await session.call({ method: 'GET', path: `${at(container)}/_changeset`, query: { since }, signal }),
      ),
    list: async (container, signal) =>
      listIn<ItemDescriptor>(
        await session.call({ method: 'GET', path: path`/containers/_manage/${container}/_list`, signal }),
      ),
    count: async (container, signal) => {
      const answer = await session.call({
        method: 'GET',
        path: path`/containers/_manage/${container}/_itemCount`,
        signal,
      });
      return numberIn(objectIn<{ total: unknown }>(answer).total);
    },
    get: async (container, uids, signal) => {
      const items: ItemValue<V>[] = [];
      for (const portion of portions(uids, READ_PORTION)) {
        items.push(
          ...listIn<ItemValue<V>>(
            await session.call({ method: 'POST', path: `${at(container)}/_mget`, body: portion, signal }),
          ),
        );
      }
      return items;
    },
    change: async (container, changes, signal) => {
      const refusals: Refusal[] = [];
      const send = (steps: readonly ChangeStep<V>[]) =>
        session.call({
          method: 'PUT',
          path: `${at(container)}/_mupdates`,
          body: bodyOf(steps),
          signal,
          repeatable: false,
        });
      for (const portion of changePortions(changes)) refusals.push(...(await changePortion(portion, send)));
      return refusals;
    },
  };
}

type ChangeStep<V> =
  | ({ readonly do: 'add' | 'modify' } & NewValue<V>)
  | { readonly do: 'delete'; readonly uid: string };

function changePortions<V>(changes: Changes<V>): ChangeStep<V>[][] {
  const steps: ChangeStep<V>[] = [
    ...changes.delete.map(({ uid }) => ({ do: 'delete' as const, uid })),
    ...changes.add.map((line) => ({ do: 'add' as const, ...line })),
    ...changes.modify.map((line) => ({ do: 'modify' as const, ...line })),
  ];
  const found: ChangeStep<V>[][] = [];
  let characters = 0;
  for (const step of steps) {
    const size = JSON.stringify(step).length;
    const last = found.at(-1);
    if (last === undefined || last.length >= WRITE_PORTION || characters + size > WRITE_CHARACTERS) {
      found.push([step]);
      characters = size;
    } else {
      last.push(step);
      characters += size;
    }
  }
  return found;
}

/** The body of `_mupdates`; books ignore `sendNotification`, calendars must have it false (product.md N5). */
function bodyOf<V>(steps: readonly ChangeStep<V>[]) {
  const of = (kind: ChangeStep<V>['do']) =>
    steps.filter((step) => step.do === kind).map(({ do: _, ...rest }) => ({ ...rest, sendNotification: false }));
  return { add: of('add'), modify: of('modify'), delete: of('delete') };
}

async function changePortion<V>(
  steps: readonly ChangeStep<V>[],
  send: (steps: readonly ChangeStep<V>[]) => Promise<unknown>,
): Promise<readonly Refusal[]> {
  try {
    return readRefusals(await send(steps), steps);
  } catch (error) {
    if (!isFailure(error) || !isItemFault(error)) throw error;
    const [only] = steps;
    if (steps.length === 1 && only !== undefined)
      return [{ uid: only.uid, errorCode: serverErrorOf(error)?.errorCode ?? error.code, message: error.message }];
    const half = Math.ceil(steps.length / 2);
    return [...(await changePortion(steps.slice(0, half), send)), ...(await changePortion(steps.slice(half), send))];
  }
}

/** A fault that one item of a portion can cause for all of it: a bare 500, an SQL error, a business error, a body too large. */
function isItemFault(error: { code: string }): boolean {
  return error.code === 'SERVER_ERROR' || error.code === 'SERVER_REJECTED' || error.code === 'REQUEST_TOO_LARGE';
}

function readRefusals<V>(answer: unknown, steps: readonly ChangeStep<V>[]): Refusal[] {
  const errors = listOrNone<{ uid?: string | null; errorCode?: string | null; message?: string | null }>(
    objectIn<ContainerUpdatesResult>(answer).errors,
  );
  // An error without uid concerns the whole portion (a book over its limit).
  return errors.flatMap((error) => {
    const refusal = { errorCode: error.errorCode ?? 'UNKNOWN', message: error.message ?? '' };
    return error.uid ? [{ uid: error.uid, ...refusal }] : steps.map(({ uid }) => ({ uid, ...refusal }));
  });
}

function readChangeset(answer: unknown): ContainerChangeset {
  const changes = objectIn<ContainerChangeset>(answer);
  return {
    created: [...listOrNone<string>(changes.created)],
    updated: [...listOrNone<string>(changes.updated)],
    deleted: [...listOrNone<string>(changes.deleted)],
    version: numberIn(changes.version),
  };
}

/** `all` in lists of at most `size`. */
export function portions<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
