import { APPOINTMENT } from './appointment/appointment-item.ts';
import { MEETING } from './appointment/respond.ts';
import { CONTACT } from './contact-item.ts';
import { DIST_LIST } from './dist-list-item.ts';
import type { ItemClass } from './item-class.ts';

/** The item classes of the emulator; a message class belongs to the longest prefix here, anything else is a mail. */
export const ITEM_CLASSES: readonly ItemClass[] = [CONTACT, DIST_LIST, APPOINTMENT, MEETING];
