/**
 * Pictures of contacts on their way through Outlook, which takes one from a file and keeps one of its own making: the item gets a
 * tag that says of which original its picture was made, so that the copy is never taken for a picture that the user chose.
 */
import { unreachable } from '../base/assert.ts';
import type { PhotoAlbum } from '../domain/photo-album.ts';
import type { OutlookContact, OutlookDistList } from './model/contact.ts';
import { TAG } from './model/named-properties.ts';
import type { PictureSeen } from './program/read-contact.ts';
import type { Prepared } from './side-kind.ts';

type Card = OutlookContact | OutlookDistList;

/** Shows the album each picture that is read. */
export function keepIn(album: Pick<PhotoAlbum, 'keep' | 'copied'>): PictureSeen {
  return (picture, tags) => {
    const shown = album.keep(picture);
    const [original, copy] = (tags[TAG.photo] ?? '').split(' ');
    if (original && copy === shown) album.copied(original, shown);
  };
}

/** A value whose picture lies in a file; one that cannot be had is left as it is. */
export async function prepareCard(
  before: Card | undefined,
  after: Card,
  album: Pick<PhotoAlbum, 'shown'> | undefined,
): Promise<Prepared<Card>> {
  if ('members' in after) return { value: after, file: undefined };
  const was = before !== undefined && !('members' in before) ? before : undefined;
  if (after.picture === '' || after.picture === was?.picture) return { value: after, file: undefined };
  const uid = after.tags[TAG.uid] ?? after.tags[TAG.token] ?? '';
  const shown = await (album?.shown(after.picture, uid) ?? ({ kind: 'missing' } as const));
  switch (shown.kind) {
    case 'file':
      return { value: after, file: shown.path };
    case 'unshowable':
      return { value: after, file: undefined };
    case 'missing':
      return { value: withPictureOf(after, was), file: undefined };
    default:
      return unreachable(shown);
  }
}

/** What is left to be said once Outlook has made its picture: of what it was made. */
export function unexplainedPicture(now: Card, wanted: Card): Card | undefined {
  if ('members' in now || 'members' in wanted) return undefined;
  if (wanted.picture === '' || wanted.picture === now.picture) return undefined;
  const photo = `${wanted.picture} ${now.picture}`;
  return now.tags[TAG.photo] === photo ? undefined : { ...now, tags: { ...now.tags, [TAG.photo]: photo } };
}

function withPictureOf(after: OutlookContact, was: OutlookContact | undefined): OutlookContact {
  const said = was?.tags[TAG.photo];
  const tags = said === undefined ? after.tags : { ...after.tags, [TAG.photo]: said };
  return { ...after, picture: was?.picture ?? '', tags };
}
