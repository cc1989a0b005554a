import type { Importance } from '../../../domain/event.ts';
import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, lossless, patching } from '../../field.ts';

const PRIORITY = { high: 1, normal: 5, low: 9 } as const satisfies Record<Importance, number>;

/**
 * Importance ↔ priority: 1 to 4 high, 5 and none normal, 6 to 9 low. A priority that already means the importance keeps its number.
 * @source RFC 5545 3.8.1.9
 */
export const importance: Field<VEvent, Importance> = patching(
  lossless({
    read: ({ priority }) => {
      if (priority == null || priority === 5 || priority < 1) return 'normal';
      return priority < 5 ? 'high' : 'low';
    },
    write: (event, value) => ({ ...event, priority: PRIORITY[value] }),
  }),
);
