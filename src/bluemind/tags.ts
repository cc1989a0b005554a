import type { AbortSignalLike } from '../base/clock.ts';
import type { ItemValue } from '../wire/container.ts';
import type { Tag } from '../wire/tags.ts';
import { listIn } from './answers.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** A tag that the account may put on its items. `color` is hex without `#`. */
export type KnownTag = {
  readonly containerUid: string;
  readonly itemUid: string;
  readonly label: string;
  readonly color: string;
};

/** The colour of a tag made for a category that BlueMind does not know yet, as its own imports use. */
const DEFAULT_COLOR = '3d98ff';

/** The account's own tags and its domain's. */
export async function listTags(session: Session, signal?: AbortSignalLike): Promise<readonly KnownTag[]> {
  const user = await session.user();
  const lists = await Promise.all([user.uid, user.domainUid].map((owner) => tagsOf(session, `tags_${owner}`, signal)));
  return lists.flat();
}

/** Makes a tag of the account's own; the server drops categories that are no tags (API 8). */
export async function createTag(
  session: Session,
  tag: { itemUid: string; label: string },
  signal?: AbortSignalLike,
): Promise<KnownTag> {
  const user = await session.user();
  const containerUid = `tags_${user.uid}`;
  const body: Tag = { label: tag.label, color: DEFAULT_COLOR };
  await session.call({ method: 'PUT', path: path`/tags/${containerUid}/${tag.itemUid}`, body, signal });
  return { containerUid, itemUid: tag.itemUid, label: tag.label, color: DEFAULT_COLOR };
}

async function tagsOf(
  session: Session,
  containerUid: string,
  signal: AbortSignalLike | undefined,
): Promise<KnownTag[]> {
  const items = await session.call({ method: 'GET', path: path`/tags/${containerUid}`, signal });
  return listIn<ItemValue<Tag>>(items).map(({ uid, value }) => ({
    containerUid,
    itemUid: uid,
    label: value.label ?? '',
    color: value.color ?? '',
  }));
}
