import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'jpeg-js';
import type { PhotoId } from '../domain/contact.ts';
import type { PhotoAlbum, ShownPhoto } from '../domain/photo-album.ts';
import { readPicture, shrink, sizeWithin } from '../node/pictures/picture.ts';
import { isPng } from '../node/pictures/png.ts';

/** Outlook shows no more. @units pixels @source the largest photo that Exchange keeps of a person is 648 by 648 */
const LARGEST_SIDE = 648;
/** Smaller ones are given to Outlook as they are. @units bytes */
const SMALL = 100_000;
/** Of the JPEG that a large photo becomes, of 100. */
const QUALITY = 85;

/**
 * The photos of one run, in a folder of its own that only the user can read, made with the first photo and removed at the end. In
 * a rehearsal nothing is written: photos are only told apart.
 */
export function openPhotoAlbum(how: 'run' | 'rehearse'): PhotoAlbum {
  const kept = new Set<PhotoId>();
  const copies = new Map<PhotoId, PhotoId>();
  const sources: ((uid: string) => Promise<Uint8Array | undefined>)[] = [];
  let folder: string | undefined;
  const fileOf = (name: string) => {
    folder ??= mkdtempSync(join(tmpdir(), 'connector-photos-'));
    return join(folder, name);
  };
  const keep = (bytes: Uint8Array): PhotoId => {
    const id = digestOf(bytes);
    if (!kept.has(id) && how === 'run') {
      writeFileSync(fileOf(id), bytes, { mode: 0o600 });
      kept.add(id);
    }
    return id;
  };
  const bytes = async (photo: PhotoId, uid: string): Promise<Uint8Array | undefined> => {
    if (kept.has(photo)) return readFileSync(fileOf(photo));
    const copy = copies.get(photo);
    for (const source of sources) {
      const found = await source(uid);
      // What its owner has now may be another than was asked for: then it is the newer one.
      if (found !== undefined) return found;
    }
    return copy === undefined || !kept.has(copy) ? undefined : readFileSync(fileOf(copy));
  };
  return {
    keep,
    bytes,
    copied: (original, copy) => void copies.set(original, copy),
    shown: async (photo, uid): Promise<ShownPhoto> => {
      const found = await bytes(photo, uid);
      if (found === undefined) return { kind: 'missing' };
      const small = forOutlook(found);
      if (small === undefined) return { kind: 'unshowable' };
      const path = fileOf(`${photo}.${isPng(small) ? 'png' : 'jpg'}`);
      writeFileSync(path, small, { mode: 0o600 });
      return { kind: 'file', path };
    },
    ask: (source) => void sources.push(source),
    close: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What `digestBytes` says, a few times as quick. */
function digestOf(bytes: Uint8Array): PhotoId {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** The picture as Outlook takes it: as it is, or as a smaller JPEG; undefined for what is neither PNG nor JPEG. */
function forOutlook(bytes: Uint8Array): Uint8Array | undefined {
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (bytes.length <= SMALL) return jpeg || isPng(bytes) ? bytes : undefined;
  const picture = readPicture(bytes);
  if (picture === undefined) return undefined;
  const { width, height } = sizeWithin(picture, LARGEST_SIDE);
  const { rgba } = shrink(picture, width, height);
  return encode({ width, height, data: rgba }, QUALITY).data;
}
