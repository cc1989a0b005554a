/** Tags (ITags): a label and a colour; items point to them with a TagRef. */
import { type Static, Type } from 'typebox';
import { maybe, maybeList, record } from './lenient.ts';

/**
 * A category that items can refer to.
 * `color` @units hex digits `rrggbb` without `#`; both members are refused when empty
 */
export const Tag = record({ label: maybe(Type.String()), color: maybe(Type.String()) });
export type Tag = Static<typeof Tag>;

/** An item's reference to a tag; `label` and `color` are copies, filled by the server from the tag. */
export const TagRef = record({
  containerUid: maybe(Type.String()),
  itemUid: maybe(Type.String()),
  label: maybe(Type.String()),
  color: maybe(Type.String()),
});
export type TagRef = Static<typeof TagRef>;

/** Body of `_mupdates`. */
export const TagChanges = record({
  add: maybeList(record({ uid: maybe(Type.String()), value: maybe(Tag) })),
  modify: maybeList(record({ uid: maybe(Type.String()), value: maybe(Tag) })),
  delete: maybeList(record({ uid: maybe(Type.String()) })),
});
export type TagChanges = Static<typeof TagChanges>;
