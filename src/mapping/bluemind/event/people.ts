/**
 * Organizer and attendees. People are told apart by mail address, else by name; whoever stays keeps what Outlook does not know of them:
 * directory entry, delegation, language, comment, answer wanted.
 * @source bluemind-api.md 4.4
 */
import type { Attendee, AttendeeKind, AttendeeRole, Person, Response } from '../../../domain/person.ts';
import type { Organizer, Attendee as ServerAttendee, VEvent } from '../../../wire/calendar.ts';
import { type Field, isSame, patching } from '../../field.ts';

const ROLES = {
  required: 'RequiredParticipant',
  optional: 'OptionalParticipant',
  chair: 'Chair',
  none: 'NonParticipant',
} as const satisfies Record<AttendeeRole, NonNullable<ServerAttendee['role']>>;

const KINDS = {
  individual: 'Individual',
  group: 'Group',
  resource: 'Resource',
  room: 'Room',
  unknown: 'Unknown',
} as const satisfies Record<AttendeeKind, NonNullable<ServerAttendee['cutype']>>;

const RESPONSES = {
  needsAction: 'NeedsAction',
  accepted: 'Accepted',
  declined: 'Declined',
  tentative: 'Tentative',
  delegated: 'Delegated',
  completed: 'Completed',
} as const satisfies Record<Response, NonNullable<ServerAttendee['partStatus']>>;

/**
 * Who called the meeting.
 * @loss an address in capitals; somebody with neither name nor address
 */
export const organizer: Field<VEvent, Person | undefined> = patching({
  read: (event) => (event.organizer == null ? undefined : known(personOf(event.organizer))),
  write: (event, value) => {
    const person = survivesPerson(value);
    return {
      ...event,
      organizer: person === undefined ? null : { ...organizerFor(event.organizer, person), ...members(person) },
    };
  },
  survives: survivesPerson,
});

/** Of somebody else nothing is kept; of the same person the directory entry. */
function organizerFor(current: Organizer | null | undefined, person: Person): Organizer {
  const isSamePerson = current != null && personOf(current).address === person.address;
  return isSamePerson ? current : { uri: null, commonName: null, mailto: null, dir: null };
}

/**
 * Who is invited, in the server's order.
 * @loss as {@link organizer}; of two entries of one address the first counts
 */
export const attendees: Field<VEvent, readonly Attendee[]> = patching({
  read: (event) => distinct((event.attendees ?? []).map(attendeeOf)),
  write: (event, value) => {
    const current = new Map<string, ServerAttendee>();
    for (const attendee of event.attendees ?? []) {
      const key = keyOf(attendeeOf(attendee));
      if (!current.has(key)) current.set(key, attendee);
    }
    return {
      ...event,
      attendees: survivesAttendees(value).map((attendee) => writeAttendee(current.get(keyOf(attendee)), attendee)),
    };
  },
  survives: survivesAttendees,
});

function writeAttendee(current: ServerAttendee | undefined, attendee: Attendee): ServerAttendee {
  if (current !== undefined && isSame(attendeeOf(current), attendee)) return current;
  const role = ROLES[attendee.role];
  const cutype = KINDS[attendee.kind];
  const partStatus = RESPONSES[attendee.response];
  return { ...(current ?? NEW_ATTENDEE), ...members(attendee), role, cutype, partStatus };
}

const NEW_ATTENDEE: ServerAttendee = {
  cutype: 'Individual',
  member: null,
  role: 'RequiredParticipant',
  partStatus: 'NeedsAction',
  rsvp: true,
  delTo: null,
  delFrom: null,
  sentBy: null,
  commonName: null,
  dir: null,
  lang: null,
  mailto: null,
  uri: null,
  internal: false,
  responseComment: null,
  counter: null,
};

function members({ name, address }: Person): { commonName: string | null; mailto: string | null } {
  return { commonName: name === '' ? null : name, mailto: address === '' ? null : address };
}

function personOf(person: Organizer | ServerAttendee): Person {
  return { name: person.commonName ?? '', address: (person.mailto ?? '').toLowerCase() };
}

function attendeeOf(attendee: ServerAttendee): Attendee {
  return {
    ...personOf(attendee),
    role: keyFor(ROLES, attendee.role) ?? 'required',
    kind: keyFor(KINDS, attendee.cutype) ?? 'individual',
    response: keyFor(RESPONSES, attendee.partStatus) ?? 'needsAction',
  };
}

function keyFor<K extends string, W extends string>(
  words: Readonly<Record<K, W>>,
  word: W | null | undefined,
): K | undefined {
  return (Object.keys(words) as K[]).find((key) => words[key] === word);
}

function known<P extends Person>(person: P): P | undefined {
  return person.name === '' && person.address === '' ? undefined : person;
}

function survivesPerson(person: Person | undefined): Person | undefined {
  return person && known({ name: person.name, address: person.address.toLowerCase() });
}

function survivesAttendees(attendees: readonly Attendee[]): readonly Attendee[] {
  return distinct(attendees.map((attendee) => ({ ...attendee, address: attendee.address.toLowerCase() })));
}

function keyOf(attendee: Person): string {
  return attendee.address || attendee.name;
}

function distinct(attendees: readonly Attendee[]): readonly Attendee[] {
  const found = new Map<string, Attendee>();
  for (const attendee of attendees)
    if (keyOf(attendee) !== '' && !found.has(keyOf(attendee))) found.set(keyOf(attendee), attendee);
  return [...found.values()];
}
