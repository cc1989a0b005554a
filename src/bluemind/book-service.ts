/**
 * Books with the photos of their cards. The server keeps a photo beside its card and gives the card no new version when only the
 * photo changes (API 5.2), so a photo-only change is in no change log. It is found in two ways, neither of which asks for every
 * card: one search tells which cards have a photo at all, and a few photos of each run are fetched in turn and compared.
 */
import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { PhotoId } from '../domain/contact.ts';
import type { PhotoAlbum } from '../domain/photo-album.ts';
import type { StoredCard } from '../mapping/bluemind/contact/stored-card.ts';
import type { VCard } from '../wire/addressbook.ts';
import type { ItemValue } from '../wire/container.ts';
import { type ItemService, itemService, type NewValue } from './item-service.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** Photos of unchanged cards that one run fetches. */
export const PHOTOS_PER_RUN = 10;
/** Photos fetched at the same time. */
const AT_ONCE = 4;

type Photos = Pick<PhotoAlbum, 'keep' | 'bytes'>;

/** Cards with their photos, as items of one kind. What it has fetched it believes as long as it lives, which is one run. */
export function bookService(session: Session, album: Photos): ItemService<StoredCard> {
  const inner = itemService<VCard>(session, 'addressbooks');
  const fetched = new Map<string, Promise<PhotoId | undefined>>();
  const photoIn = (container: string, uid: string, signal?: AbortSignalLike) => {
    const key = JSON.stringify([container, uid]);
    const known =
      fetched.get(key) ?? fetchPhoto(session, container, uid, signal).then((bytes) => bytes && album.keep(bytes));
    fetched.set(key, known);
    return known;
  };
  return {
    ...inner,
    aside: ({ photo }) => photo,
    get: async (container, uids, signal) => {
      const items = await inner.get(container, uids, signal);
      return eachOf(items, AT_ONCE, async (item): Promise<ItemValue<StoredCard>> => {
        const has = item.value.identification?.photo === true;
        return {
          ...item,
          value: { card: item.value, photo: has ? await photoIn(container, item.uid, signal) : undefined },
        };
      });
    },
    change: async (container, changes, signal) => {
      const sent = (lines: readonly NewValue<StoredCard>[]) => eachOf(lines, AT_ONCE, (line) => lineOf(line, album));
      const written = { add: await sent(changes.add), modify: await sent(changes.modify), delete: changes.delete };
      for (const { uid, value } of [...changes.add, ...changes.modify])
        if (value.sends) fetched.delete(JSON.stringify([container, uid]));
      return inner.change(container, written, signal);
    },
    unreported: async (container, known, { after, all }, signal) => {
      const missing = all ? await otherwise(session, container, known, signal) : [];
      const turn = inTurn(
        [...known].filter(([, rev]) => rev.includes('+')).map(([uid]) => uid),
        after,
      );
      const moved = await eachOf(turn, AT_ONCE, async (uid) => {
        const photo = await photoIn(container, uid, signal);
        return known.get(uid)?.endsWith(`+${photo}`) ? [] : [uid];
      });
      return { uids: [...new Set([...missing, ...moved.flat()])], after: turn.at(-1) ?? '' };
    },
  };
}

/** The photo of a card; undefined when it has none. */
export async function fetchPhoto(
  session: Session,
  container: string,
  uid: string,
  signal?: AbortSignalLike,
): Promise<Uint8Array | undefined> {
  const answer = await session.call({ method: 'GET', path: path`/addressbooks/${container}/${uid}/photo`, signal });
  return typeof answer === 'string' && answer !== '' ? Buffer.from(answer, 'base64') : undefined;
}

/** A photo that nobody has any more is left as it is. */
async function lineOf({ uid, value }: NewValue<StoredCard>, album: Photos): Promise<NewValue<VCard>> {
  const { card, photo, sends } = value;
  if (!sends) return { uid, value: card };
  const bytes = photo === undefined ? EMPTY : await album.bytes(photo, uid);
  return { uid, value: card, photo: bytes === undefined ? null : Buffer.from(bytes).toString('base64') };
}

const EMPTY = new Uint8Array(0);

/** Known cards that have a photo now and had none, or the other way round. */
async function otherwise(
  session: Session,
  container: string,
  known: ReadonlyMap<string, string>,
  signal?: AbortSignalLike,
): Promise<readonly string[]> {
  const body = { from: 0, size: -1, query: null, orderBy: 'FormatedName', escapeQuery: false };
  const answer = await session
    .call({ method: 'POST', path: path`/addressbooks/${container}/_search`, body, signal })
    .catch((error: unknown) => {
      // A server whose search is out of order has everything else: the photos have their turns.
      if (isFailure(error) && (error.code === 'SERVER_ERROR' || error.code === 'SERVER_REJECTED')) return undefined;
      throw error;
    });
  const found =
    (answer as { values?: readonly ItemValue<{ photo?: boolean } | null>[] | null } | undefined)?.values ?? [];
  return found.flatMap(({ uid, value }) => {
    const rev = known.get(uid);
    return rev === undefined || rev.includes('+') === (value?.photo === true) ? [] : [uid];
  });
}

/** The next ones in the order of uids, beginning again behind the last. */
function inTurn(uids: readonly string[], after: string): readonly string[] {
  const sorted = [...uids].sort();
  const first = sorted.findIndex((uid) => uid > after);
  const from = Math.max(first, 0);
  return [...sorted.slice(from), ...sorted.slice(0, from)].slice(0, PHOTOS_PER_RUN);
}

/** Does `work` for each, some at the same time; results stand at the places of their inputs. */
async function eachOf<T, R>(inputs: readonly T[], atOnce: number, work: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < inputs.length; at = next++) results[at] = await work(inputs[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, worker));
  return results;
}
