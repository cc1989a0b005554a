import type { Privacy } from '../../../domain/event.ts';
import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, lossless, patching } from '../../field.ts';
import { OWN_PROPERTY, withOwnProperty } from './own-properties.ts';

const CLASSIFICATIONS = {
  public: 'Public',
  personal: 'Private',
  private: 'Private',
  confidential: 'Confidential',
} as const satisfies Record<Privacy, NonNullable<VEvent['classification']>>;

/**
 * Who may see what it is. Outlook's `personal` is Private on the server, so that it is never shown to more people than before, with a
 * property of ours that says which of the two it was.
 */
export const privacy: Field<VEvent, Privacy> = patching(
  lossless({
    read: readPrivacy,
    write: (event, value) =>
      withOwnProperty(
        { ...event, classification: CLASSIFICATIONS[value] },
        'privacy',
        value === 'personal' ? value : undefined,
      ),
  }),
);

function readPrivacy(event: VEvent): Privacy {
  switch (event.classification) {
    case 'Private':
      return event.properties?.[OWN_PROPERTY.privacy] === 'personal' ? 'personal' : 'private';
    case 'Confidential':
      return 'confidential';
    default:
      return 'public';
  }
}
