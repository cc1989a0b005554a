import { BLANK_CONTACT, type Contact } from '../contact.ts';
import { BLANK_EVENT, type Event, type Exception, type Series } from '../event.ts';

/** An event of one hour with nothing else set. */
export function anEvent(members: Partial<Event> = {}): Event {
  return {
    ...BLANK_EVENT,
    when: {
      kind: 'time',
      start: { wall: '2026-03-02T09:00:00', zone: 'Europe/Paris' },
      end: { wall: '2026-03-02T10:00:00', zone: 'Europe/Paris' },
    },
    ...members,
  };
}

/** A single event. */
export function aSeries(members: Partial<Series> = {}): Series {
  const rest = { recurrence: undefined, excluded: [], added: [], exceptions: [] };
  return { kind: 'event', uid: 'uid-1', main: anEvent(), ...rest, ...members };
}

/** An occurrence that differs from its series. */
export function anException(at: string, members: Partial<Event> = {}): Exception {
  return { original: { at, zone: undefined }, event: anEvent(members) };
}

/** A contact with nothing set but its uid. */
export function aContact(members: Partial<Contact> = {}): Contact {
  return { ...BLANK_CONTACT, uid: 'uid-1', ...members };
}
