import type { LinkedFile } from '../../../domain/event.ts';
import type { AttachedFile, VEvent } from '../../../wire/calendar.ts';
import { type Field, patching } from '../../field.ts';

/**
 * Files linked to the event, by address. One that stays keeps its content id and expiry; one without an address is left alone.
 * @loss of two files at one address the first counts; a file without a name is called by its address, as the server wants a name
 * @source bluemind-api.md 4.9, 10.1
 */
export const files: Field<VEvent, readonly LinkedFile[]> = patching({
  read: (event) =>
    survives((event.attachments ?? []).map((file) => ({ name: file.name ?? '', url: file.publicUrl ?? '' }))),
  write: (event, value) => {
    const known = event.attachments ?? [];
    const written = survives(value).map(({ name, url }): AttachedFile => {
      const current = known.find((file) => file.publicUrl === url);
      return { ...(current ?? { expirationDate: null, cid: null }), publicUrl: url, name };
    });
    return { ...event, attachments: [...written, ...known.filter((file) => !file.publicUrl)] };
  },
  survives,
});

function survives(files: readonly LinkedFile[]): readonly LinkedFile[] {
  const found = new Map<string, LinkedFile>();
  for (const { name, url } of files) if (url !== '' && !found.has(url)) found.set(url, { name: name || url, url });
  return [...found.values()];
}
