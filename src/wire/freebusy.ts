import type { Static } from 'typebox';
import { BmDateTime } from './common.ts';
import { flag, list, maybe, primitive, shape, text, word } from './schema.ts';

/** `excludedEvents` must be a list: the original crashes on null. */
export const VFreebusyQuery = shape(
  {
    dtstart: maybe(BmDateTime),
    dtend: maybe(BmDateTime),
    excludedEvents: maybe(list(text), []),
    withOOFSlots: primitive(flag, true),
  },
  'VFreebusyQuery',
);
export type VFreebusyQuery = Static<typeof VFreebusyQuery>;

export const SLOT_TYPES = ['FREE', 'BUSY', 'BUSYUNAVAILABLE', 'BUSYTENTATIVE'] as const;
export type SlotType = (typeof SLOT_TYPES)[number];

export const Slot = shape(
  { dtstart: maybe(BmDateTime), dtend: maybe(BmDateTime), type: maybe(word(SLOT_TYPES)), summary: maybe(text) },
  'Slot',
);
export type Slot = Static<typeof Slot>;

export const VFreebusy = shape(
  { dtstart: maybe(BmDateTime), dtend: maybe(BmDateTime), slots: maybe(list(Slot), []) },
  'VFreebusy',
);
export type VFreebusy = Static<typeof VFreebusy>;
