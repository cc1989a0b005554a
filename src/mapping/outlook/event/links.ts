/**
 * What a series links to, kept in a tag of the item: Outlook has no member for it, and shows it as lines of the note (`note.ts`). The tag
 * is read, the lines are not, so that nothing the user does to the text is taken for a change of a link.
 */
import type { LinkedFile } from '../../../domain/event.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { type Field, patching } from '../../field.ts';
import { withTag } from './tags.ts';

/** `lines`: those of the note, as they were written. */
export type Links = {
  readonly url: string;
  readonly conference: string | undefined;
  readonly files: readonly LinkedFile[];
  readonly lines: readonly string[];
};

const NONE: Links = { url: '', conference: undefined, files: [], lines: [] };

type Written = {
  readonly u?: string;
  readonly c?: string;
  readonly f?: readonly (readonly [name: string, url: string])[];
  readonly l?: readonly string[];
};

/** The links of an item; none where the tag says nothing that can be read. */
export function linksOf(item: Appointment): Links {
  const text = item.tags[TAG.note];
  if (text === undefined) return NONE;
  try {
    const { u = '', c, f = [], l = [] } = JSON.parse(text) as Written;
    return { url: u, conference: c, files: f.map(([name, url]) => ({ name, url })), lines: l };
  } catch {
    return NONE;
  }
}

/** The item with other links; without the tag where there is nothing to say. */
export function withLinks(item: Appointment, change: Partial<Links>): Appointment {
  const { url, conference, files, lines } = { ...linksOf(item), ...change };
  const written: Written = {
    ...(url === '' ? {} : { u: url }),
    ...(conference === undefined ? {} : { c: conference }),
    ...(files.length === 0 ? {} : { f: files.map((file) => [file.name, file.url] as const) }),
    ...(lines.length === 0 ? {} : { l: lines }),
  };
  return withTag(item, TAG.note, Object.keys(written).length === 0 ? undefined : JSON.stringify(written));
}

/** A tag is read by one call that does not take texts of any length. @units UTF-16 units */
const MOST_ADDRESS = 700;
const MOST_FILES = 1500;

/** The page of the event. @loss an address of more than 700 characters; that of a single occurrence is its series' */
export const url: Field<Appointment, string> = patching({
  read: (item) => linksOf(item).url,
  write: (item, value) => withLinks(item, { url: shown(value) ?? '' }),
  survives: (value) => shown(value) ?? '',
});

/** Where people meet online. @loss as the page */
export const conference: Field<Appointment, string | undefined> = patching({
  read: (item) => linksOf(item).conference,
  write: (item, value) => withLinks(item, { conference: shown(value) }),
  survives: shown,
});

/** Linked files: Outlook's attachments are contents, not links. @loss files beyond 1,500 characters together; as the page */
export const files: Field<Appointment, readonly LinkedFile[]> = patching({
  read: (item) => linksOf(item).files,
  write: (item, value) => withLinks(item, { files: shownFiles(value) }),
  survives: shownFiles,
});

function shown(address: string | undefined): string | undefined {
  return address !== undefined && address !== '' && address.length <= MOST_ADDRESS ? address : undefined;
}

function shownFiles(all: readonly LinkedFile[]): readonly LinkedFile[] {
  let length = 0;
  return all.filter(({ name, url: address }) => {
    const own = name.length + address.length;
    if (length + own > MOST_FILES) return false;
    length += own;
    return true;
  });
}
