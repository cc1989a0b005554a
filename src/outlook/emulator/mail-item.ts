import type { ItemClass } from './item-class.ts';
import { PROP, PT } from './property.ts';

/**
 * MailItem, and anything whose class the emulator does not know in detail: enough to stand in a calendar or contacts folder as
 * the foreign object it is.
 */
export const MAIL: ItemClass = {
  className: 'MailItem',
  olClass: 43,
  itemType: 0,
  messageClass: 'IPM.Note',
  guarded: ['SenderName', 'SenderEmailAddress', 'To', 'CC', 'BCC', 'Recipients', 'Send'],
  members: {},
  start: (item) => item.bag.setText(PROP.subject, ''),
  columns: { Subject: { key: PROP.subject, type: PT.UNICODE } },
};
