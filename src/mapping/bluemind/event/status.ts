import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, lossless, patching } from '../../field.ts';
import { OWN_PROPERTY, withOwnProperty } from './own-properties.ts';

/**
 * Whether it was called off. Taking it back restores `tentative` where that was its busy state.
 * The server never changes an event again that it holds as cancelled (bluemind-api.md 10.2 rule 9).
 */
export const cancelled: Field<VEvent, boolean> = patching(
  lossless({
    read: (event) => event.status === 'Cancelled',
    write: (event, value) => {
      if (value) {
        // The status can no longer say tentative: the property of `busy.ts` does.
        const isTentative =
          (event.status === 'Tentative' || event.status === 'NeedsAction') && event.transparency !== 'Transparent';
        const kept = isTentative && event.properties?.[OWN_PROPERTY.busy] !== 'outOfOffice';
        return { ...(kept ? withOwnProperty(event, 'busy', 'tentative') : event), status: 'Cancelled' };
      }
      const wasTentative = event.properties?.[OWN_PROPERTY.busy] === 'tentative';
      return {
        ...(wasTentative ? withOwnProperty(event, 'busy', undefined) : event),
        status: wasTentative ? 'Tentative' : 'Confirmed',
      };
    },
  }),
);
