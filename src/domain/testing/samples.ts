import { BLANK_CONTACT, type Contact } from '../contact.ts';
import type { Event, Exception, Series } from '../event.ts';

const NO_TEXT = { plain: '', html: undefined };

/** An event of one hour with nothing else set. */
export function anEvent(members: Partial<Event> = {}): Event {
  return {
    title: '',
    when: {
      kind: 'time',
      start: { wall: '2026-03-02T09:00:00', zone: 'Europe/Paris' },
      end: { wall: '2026-03-02T10:00:00', zone: 'Europe/Paris' },
    },
    location: '',
    body: NO_TEXT,
    reminders: [],
    busy: 'busy',
    privacy: 'public',
    importance: 'normal',
    categories: [],
    organizer: undefined,
    attendees: [],
    cancelled: false,
    url: '',
    conference: undefined,
    files: [],
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
