/**
 * Organizer and attendees. People are told apart by mail address, else by name, else by directory entry; whoever stays keeps what Outlook
 * does not know of them: directory entry, delegation, language, comment, answer wanted. The server counts everybody, so everybody is read:
 * also an attendee of whom it says nothing at all, whom only Outlook leaves out.
 * @source bluemind-api.md 4.4
 */
import {
  type Attendee,
  type AttendeeKind,
  type AttendeeRole,
  isDirectoryEntry,
  type Person,
  type Response,
} from '../../../domain/person.ts';
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
 * Who called the meeting; without a mail address the directory entry stands for it.
 * @loss an address in capitals; somebody with neither name, address nor directory entry
 */
export const organizer: Field<VEvent, Person | undefined> = patching({
  read: (event) => (event.organizer == null ? undefined : known(organizerOf(event.organizer))),
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
  const isSamePerson = current != null && organizerOf(current).address === person.address;
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
      attendees: survivesAttendees(value).flatMap((attendee) => {
        const first = current.get(keyOf(attendee));
        if (keyOf(attendee) !== '' || first === undefined) return [writeAttendee(first, attendee)];
        const same = nobodies(event);
        return isSame(attendeeOf(first), attendee) ? same : same.map((known) => writeAttendee(known, attendee));
      }),
    };
  },
  survives: survivesAttendees,
});

/** Attendees of whom the server says nothing stay or go together: nothing tells them apart. */
function nobodies(event: VEvent): readonly ServerAttendee[] {
  return (event.attendees ?? []).filter((attendee) => keyOf(attendeeOf(attendee)) === '');
}

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

function members({ name, address }: Person): { commonName: string | null; mailto: string | null; dir?: string } {
  const commonName = name === '' ? null : name;
  if (isDirectoryEntry(address)) return { commonName, mailto: null, dir: address };
  return { commonName, mailto: address === '' ? null : address };
}

function organizerOf(person: Organizer): Person {
  return { name: person.commonName ?? '', address: mailOf(person) || (person.dir ?? '') };
}

/** By name before directory entry: the name is what Outlook knows somebody by who has no address. */
function personOf(person: ServerAttendee): Person {
  const name = person.commonName ?? '';
  return { name, address: mailOf(person) || (name === '' ? (person.dir ?? '') : '') };
}

function mailOf({ mailto }: { readonly mailto?: string | null | undefined }): string {
  return (mailto ?? '').toLowerCase();
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
  return person && known({ name: person.name, address: settled(person.address) });
}

function survivesAttendees(attendees: readonly Attendee[]): readonly Attendee[] {
  return distinct(attendees.map((attendee) => ({ ...attendee, address: settled(attendee.address) })));
}

function settled(address: string): string {
  return isDirectoryEntry(address) ? address : address.toLowerCase();
}

function keyOf(attendee: Person): string {
  return attendee.address || attendee.name;
}

function distinct(attendees: readonly Attendee[]): readonly Attendee[] {
  const found = new Map<string, Attendee>();
  for (const attendee of attendees) if (!found.has(keyOf(attendee))) found.set(keyOf(attendee), attendee);
  return [...found.values()];
}
