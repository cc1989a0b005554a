/** Tags (ITags): a label and a colour; items point to them with a TagRef. */
import type { Static } from 'typebox';
import { list, maybe, shape, text } from './schema.ts';

/**
 * A category that items can refer to.
 * `color` @units hex digits `rrggbb` without `#`; both members are refused when empty
 */
export const Tag = shape({ label: maybe(text), color: maybe(text) }, 'Tag');
export type Tag = Static<typeof Tag>;

/** An item's reference to a tag; `label` and `color` are copies, filled by the server from the tag. */
export const TagRef = shape(
  {
    containerUid: maybe(text),
    itemUid: maybe(text),
    label: maybe(text),
    color: maybe(text),
  },
  'TagRef',
);
export type TagRef = Static<typeof TagRef>;

/** Body of `_mupdates`. */
export const TagChanges = shape(
  {
    add: maybe(list(shape({ uid: maybe(text), value: maybe(Tag) }))),
    modify: maybe(list(shape({ uid: maybe(text), value: maybe(Tag) }))),
    delete: maybe(list(shape({ uid: maybe(text) }))),
  },
  'TagChanges',
);
export type TagChanges = Static<typeof TagChanges>;
