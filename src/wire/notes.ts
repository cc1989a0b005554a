/** Notes (INote, INotes). */
import { type Static, Type } from 'typebox';
import { maybe, maybeList, record } from './lenient.ts';
import { TagRef } from './tags.ts';

const text = () => maybe(Type.String());
const number = () => maybe(Type.Integer());

export const VNoteColor = Type.Union([
  Type.Literal('BLUE'),
  Type.Literal('GREEN'),
  Type.Literal('PINK'),
  Type.Literal('YELLOW'),
  Type.Literal('WHITE'),
]);
export type VNoteColor = Static<typeof VNoteColor>;

/** A sticky note; sizes and positions @units pixels */
export const VNote = record({
  height: number(),
  width: number(),
  posX: number(),
  posY: number(),
  color: maybe(VNoteColor),
  body: text(),
  subject: text(),
  categories: maybeList(TagRef),
});
export type VNote = Static<typeof VNote>;

const change = record({ uid: text(), value: maybe(VNote) });

/** Body of `_mupdates`. */
export const VNoteChanges = record({
  add: maybeList(change),
  modify: maybeList(change),
  delete: maybeList(record({ uid: text() })),
});
export type VNoteChanges = Static<typeof VNoteChanges>;

/** `size` -1 = all (the default); `query` is an Elasticsearch query string over the JSON paths of a note. */
export const VNoteQuery = record({
  from: number(),
  size: number(),
  query: text(),
  escapeQuery: maybe(Type.Boolean()),
});
export type VNoteQuery = Static<typeof VNoteQuery>;

/** Body of `notes/_search`: over the given containers, or all of the owner's. */
export const VNotesQuery = record({
  owner: text(),
  containers: maybeList(Type.String()),
  vnoteQuery: maybe(VNoteQuery),
});
export type VNotesQuery = Static<typeof VNotesQuery>;
