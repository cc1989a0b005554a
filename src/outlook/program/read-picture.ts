/** The picture of a contact: one of its attachments, found by its mark, then read alone, for others may be large. */
import { ATTACHMENT } from './contact-schema.ts';
import { accessorOf, type ItemPlace, openItem } from './item-place.ts';
import type { Part } from './reading.ts';
import { ITEM } from './schema-names.ts';
import type { Ref, Script } from './script.ts';
import { BadValue, bytes, date, flag, list } from './values.ts';

/**
 * Reads the bytes of the picture; none when the contact has no picture after all.
 * @param lastModified the picture is read only while the item is as it was then
 */
export function readPicture(place: ItemPlace, lastModified: string): Part<Uint8Array | undefined> {
  return (run) => {
    const { item, modified } = openAgain(run, place);
    const marks = run.each(attachmentsOf(run, item), 'Attachment', (each, attachment) => [
      each.optional.call(attachmentAccessor(each, attachment), 'GetProperty', ATTACHMENT.contactPhoto),
    ]);
    return {
      wanted: [modified, ...marks],
      decode: (values) => {
        expectSame(date(values[modified]), lastModified);
        const at = list(values[marks[0] ?? '']).findIndex((mark) => mark === true && flag(mark));
        if (at < 0) return { kind: 'value', value: undefined };
        return { kind: 'more', next: readBytes(place, lastModified, at + 1) };
      },
    };
  };
}

function readBytes(place: ItemPlace, lastModified: string, index: number): Part<Uint8Array | undefined> {
  return (run) => {
    const { item, modified } = openAgain(run, place);
    const attachment = run.open(attachmentsOf(run, item), 'Item', 'Attachment', index);
    const data = run.call(attachmentAccessor(run, attachment), 'GetProperty', ATTACHMENT.data);
    return {
      wanted: [modified, data],
      decode: (values) => {
        expectSame(date(values[modified]), lastModified);
        return { kind: 'value', value: bytes(values[data]) };
      },
    };
  };
}

function openAgain(run: Script, place: ItemPlace) {
  const item = openItem(run, place, 'ContactItem');
  return { item, modified: run.call(accessorOf(run, item), 'GetProperty', ITEM.lastModified) };
}

function attachmentsOf(run: Script, item: Ref<'ContactItem'>): Ref<'Attachments'> {
  return run.object(item, 'Attachments', 'Attachments');
}

function attachmentAccessor(run: Script, attachment: Ref<'Attachment'>): Ref<'PropertyAccessor'> {
  return run.object(attachment, 'PropertyAccessor', 'PropertyAccessor');
}

function expectSame(modified: string, lastModified: string): void {
  if (`${modified}Z` !== lastModified) throw new BadValue('it changed while it was read');
}
