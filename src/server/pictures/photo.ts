import { type Picture, readPicture, shrink, sizeWithin } from '../../node/pictures/picture.ts';
import { writePng } from '../../node/pictures/png.ts';
import { fault } from '../kernel/fault.ts';

/** @units bytes of a photo as it is kept */
const LARGEST = 1_000_000;
/** @units bytes that are looked at all */
const LARGEST_SENT = 10_000_000;
/** @units pixels */
const ICON_SIDE = 22;

/**
 * The photo as it is kept: PNG of less than a megabyte, made smaller until it fits. Rules [AB32], [AB33].
 * @throws INVALID_PARAMETER when the bytes are no picture, ENTITY_TOO_LARGE when there are too many
 */
export function photoFrom(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LARGEST_SENT) throw fault('ENTITY_TOO_LARGE', 'The photo is too large.');
  let picture = readPicture(bytes);
  if (picture === undefined) throw fault('INVALID_PARAMETER', 'The photo is neither PNG nor JPEG.');
  for (;;) {
    const png = writePng(picture);
    if (png.length < LARGEST) return png;
    // The bytes of a PNG grow about as its pixels do; a little less, so that a second round is rare.
    const factor = Math.min(0.9, Math.sqrt(LARGEST / png.length) * 0.95);
    picture = within(picture, Math.max(1, Math.floor(Math.max(picture.width, picture.height) * factor)));
  }
}

/** A photo at the size of an icon, as PNG; null when the bytes are no picture (batches store whatever they are sent). */
export function iconOf(photo: Uint8Array): Uint8Array | null {
  const picture = readPicture(photo);
  return picture === undefined ? null : writePng(within(picture, ICON_SIDE));
}

function within(picture: Picture, side: number): Picture {
  const { width, height } = sizeWithin(picture, side);
  return shrink(picture, width, height);
}
