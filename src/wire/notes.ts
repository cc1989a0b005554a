/** Notes (INote, INotes). */
import type { Static } from 'typebox';
import { flag, list, maybe, primitive, shape, text, whole, word } from './schema.ts';
import { TagRef } from './tags.ts';

export const VNoteColor = word(['BLUE', 'GREEN', 'PINK', 'YELLOW', 'WHITE']);
export type VNoteColor = Static<typeof VNoteColor>;

/** A sticky note; sizes and positions @units pixels */
export const VNote = shape(
  {
    height: primitive(whole, 0),
    width: primitive(whole, 0),
    posX: primitive(whole, 0),
    posY: primitive(whole, 0),
    color: maybe(VNoteColor),
    body: maybe(text),
    subject: maybe(text),
    categories: maybe(list(TagRef), []),
  },
  'VNote',
);
export type VNote = Static<typeof VNote>;

const change = shape({ uid: maybe(text), value: maybe(VNote) });

/** Body of `_mupdates`. */
export const VNoteChanges = shape(
  {
    add: maybe(list(change)),
    modify: maybe(list(change)),
    delete: maybe(list(shape({ uid: maybe(text) }))),
  },
  'VNoteChanges',
);
export type VNoteChanges = Static<typeof VNoteChanges>;

/** `size` -1 = all (the default); `query` is an Elasticsearch query string over the JSON paths of a note. */
export const VNoteQuery = shape(
  {
    from: primitive(whole, 0),
    size: primitive(whole, -1),
    query: maybe(text),
    escapeQuery: primitive(flag, false),
  },
  'VNoteQuery',
);
export type VNoteQuery = Static<typeof VNoteQuery>;

/** Body of `notes/_search`: over the given containers, or all of the owner's. */
export const VNotesQuery = shape(
  {
    owner: maybe(text),
    containers: maybe(list(text)),
    vnoteQuery: maybe(VNoteQuery),
  },
  'VNotesQuery',
);
export type VNotesQuery = Static<typeof VNotesQuery>;
