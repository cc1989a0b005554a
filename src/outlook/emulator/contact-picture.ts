/** The picture of a contact: one hidden attachment, re-encoded by Outlook. @source outlook-objects.md section 6.5; MS-OXOCNTC 2.2.1.8 */
import { existsSync, readFileSync } from 'node:fs';
import { text } from './arguments.ts';
import type { MemberTable } from './dispatch.ts';
import { fail } from './fault.ts';
import type { LiveItem, Part } from './live-item.ts';
import { named, PROP, PSETID, tag } from './property.ts';
import { PropertyBag } from './property-bag.ts';

const HAS_PICTURE = named(PSETID.address, 0x8015);
const KINDS = /\.(ico|gif|jpe?g|bmp|tiff?|wmf|emf|png)$/i;

/** The members. */
export const CONTACT_PICTURE_MEMBERS: MemberTable<LiveItem> = {
  // True only after Save.
  HasPicture: { get: (item) => item.bag.bool(HAS_PICTURE) },
  AddPicture: {
    call: (item, [path]) => {
      addPicture(item, text(path));
      return null;
    },
  },
  RemovePicture: {
    call: (item) => {
      removePicture(item);
      return null;
    },
  },
};

/** Part of Save. */
export function settlePicture(item: LiveItem): void {
  item.bag.setBool(HAS_PICTURE, item.attachments.some(isPicture));
}

function addPicture(item: LiveItem, path: string): void {
  if (!KINDS.test(path)) fail('INVALID_ARGUMENT');
  if (!existsSync(path)) fail('NOT_FOUND');
  removePicture(item);
  const bag = new PropertyBag();
  bag.setText(PROP.displayName, 'ContactPicture.jpg');
  bag.setText(PROP.attachFileName, 'ContactPicture.jpg');
  bag.setText(tag(0x3703), '.jpg');
  bag.setLong(PROP.attachMethod, 1);
  bag.setBool(PROP.contactPhoto, true);
  bag.setBool(PROP.attachHidden, true);
  bag.setBinary(PROP.attachData, reEncoded(readFileSync(path)));
  item.attachments.push({ bag, number: 0 });
  item.partsDirty = true;
}

function removePicture(item: LiveItem): void {
  const index = item.attachments.findIndex(isPicture);
  if (index < 0) return;
  item.attachments.splice(index, 1);
  item.partsDirty = true;
}

function isPicture(part: Part): boolean {
  return part.bag.bool(PROP.contactPhoto);
}

/** Other bytes, the same picture: a comment segment after a JPEG's start, trailing bytes after anything else. */
function reEncoded(bytes: Uint8Array): Uint8Array {
  const note = Buffer.from('resized', 'ascii');
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (!isJpeg) return new Uint8Array(Buffer.concat([bytes, note]));
  const segment = Buffer.from([0xff, 0xfe, 0, note.length + 2]);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, 2), segment, note, bytes.subarray(2)]));
}
