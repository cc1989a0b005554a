/**
 * Organizer and attendees. An organizer's copy has the meeting status 1 (5 when cancelled), an attendee's copy 3 (7). On an attendee's copy
 * Outlook knows one answer, the user's own, and shows nothing true about those of others (gromox notes); so there the others'
 * answers read as open and are never written.
 * @source outlook-calendar.md 5.1, 5.3, 5.4
 */
import {
  type Attendee,
  type AttendeeKind,
  type AttendeeRole,
  isDirectoryEntry,
  type Person,
  type Response,
} from '../../../domain/person.ts';
import type {
  Appointment,
  MeetingStatus,
  Recipient,
  RecipientType,
  ResponseStatus,
} from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';
import type { OutlookEventContext } from './context.ts';

/** Both together: who called decides whose answer is whose. */
export type Meeting = { readonly organizer: Person | undefined; readonly attendees: readonly Attendee[] };

const RESPONSES = {
  needsAction: 5,
  accepted: 3,
  declined: 4,
  tentative: 2,
  delegated: 5,
  completed: 3,
} as const satisfies Record<Response, ResponseStatus>;

/**
 * Who called the meeting and who is invited.
 * @loss the roles chair and none (required and optional), kinds other than resource, answers Outlook has no word for; an organizer where
 * nobody is invited; answers of others on an attendee's copy; somebody with neither name nor mail address
 */
export function meeting(context: OutlookEventContext): Field<Appointment, Meeting> {
  const own = context.ownAddress.toLowerCase();
  const survives = (value: Meeting): Meeting => survivesMeeting(value, own);
  return patching({
    read: (item) => readMeeting(item, own),
    write: (item, value) => writeMeeting(item, survives(value), own),
    survives,
  });
}

function isReceived(status: MeetingStatus): boolean {
  return status === 3 || status === 7;
}

function readMeeting(item: Appointment, own: string): Meeting {
  const received = isReceived(item.meetingStatus);
  const organizer = item.organizer && { name: item.organizer.name, address: item.organizer.address.toLowerCase() };
  const attendees = item.recipients
    .filter((recipient) => recipient.type !== 0)
    .map((recipient): Attendee => {
      const address = recipient.address.toLowerCase();
      const answer = !received ? recipient.response : address === own ? item.responseStatus : 0;
      return { name: recipient.name, address, ...sortOf(recipient.type), response: responseOf(answer) };
    });
  // Outlook names an organizer on every item: the user's own on plain appointments.
  const isMeeting = item.meetingStatus !== 0 && (attendees.length > 0 || received);
  return survivesMeeting(
    isMeeting ? { organizer: organizer ?? undefined, attendees } : { organizer: undefined, attendees: [] },
    own,
  );
}

function sortOf(type: RecipientType): { role: AttendeeRole; kind: AttendeeKind } {
  if (type === 3) return { role: 'required', kind: 'resource' };
  return { role: type === 2 ? 'optional' : 'required', kind: 'individual' };
}

function typeOf({ role, kind }: Attendee): RecipientType {
  if (kind === 'resource' || kind === 'room') return 3;
  return role === 'optional' || role === 'none' ? 2 : 1;
}

function responseOf(status: ResponseStatus): Response {
  switch (status) {
    case 1:
    case 3:
      return 'accepted';
    case 2:
      return 'tentative';
    case 4:
      return 'declined';
    default:
      return 'needsAction';
  }
}

function survivesMeeting({ organizer, attendees }: Meeting, own: string): Meeting {
  const invited = new Map<string, Attendee>();
  const received = organizer !== undefined && organizer.address.toLowerCase() !== own;
  for (const attendee of attendees) {
    const key = keyOf(attendee);
    if (key === '' || isDirectoryEntry(attendee.address) || invited.has(key)) continue;
    const address = attendee.address.toLowerCase();
    const isHidden = received && address !== own;
    const response = isHidden ? 'needsAction' : responseOf(RESPONSES[attendee.response]);
    invited.set(key, { name: attendee.name, address, ...sortOf(typeOf(attendee)), response });
  }
  const called = organizer && (organizer.name !== '' || organizer.address !== '') ? organizer : undefined;
  if (invited.size === 0 && !(called && received)) return { organizer: undefined, attendees: [] };
  return {
    organizer: called && { name: called.name, address: called.address.toLowerCase() },
    attendees: [...invited.values()],
  };
}

function writeMeeting(item: Appointment, { organizer, attendees }: Meeting, own: string): Appointment {
  const isCancelled = item.meetingStatus === 5 || item.meetingStatus === 7;
  const received = organizer !== undefined && organizer.address !== own;
  const status = statusOf(attendees.length > 0 || received, received, isCancelled);
  const known = new Map(item.recipients.map((recipient) => [keyOf(recipient), recipient]));
  const answer = attendees.find(({ address }) => address === own)?.response;
  return {
    ...item,
    meetingStatus: status,
    responseStatus: responseStatusFor(item, status, answer),
    // Outlook names an organizer on plain appointments too: the user.
    organizer: attendees.length > 0 || received ? organizer : item.organizer,
    recipients: attendees.map((attendee) => writeRecipient(known.get(keyOf(attendee)), attendee, received)),
  };
}

function statusOf(isMeeting: boolean, received: boolean, isCancelled: boolean): MeetingStatus {
  if (received) return isCancelled ? 7 : 3;
  if (isCancelled) return 5;
  return isMeeting ? 1 : 0;
}

/** The answer of the item itself: the user's own on an attendee's copy, "organized" on the organizer's. */
function responseStatusFor(item: Appointment, status: MeetingStatus, answer: Response | undefined): ResponseStatus {
  if (isReceived(status)) {
    const shown = answer === undefined ? 'needsAction' : answer;
    const wasReceived = isReceived(item.meetingStatus);
    return wasReceived && responseOf(item.responseStatus) === shown && item.responseStatus !== 1
      ? item.responseStatus
      : RESPONSES[shown];
  }
  return status === 1 ? 1 : status === 0 ? 0 : item.responseStatus;
}

function writeRecipient(current: Recipient | undefined, attendee: Attendee, received: boolean): Recipient {
  const { name, address } = attendee;
  const type = current !== undefined && isSameSort(current.type, attendee) ? current.type : typeOf(attendee);
  // What Outlook tells about answers on an attendee's copy means nothing and is left as it is.
  if (received) return { name, address: current?.address ?? address, type, response: current?.response ?? 0 };
  const isSameAnswer = current !== undefined && responseOf(current.response) === attendee.response;
  return {
    name,
    address: current?.address ?? address,
    type,
    response: isSameAnswer ? current.response : RESPONSES[attendee.response],
  };
}

function isSameSort(type: RecipientType, attendee: Attendee): boolean {
  const sort = sortOf(type);
  return type !== 0 && sort.role === attendee.role && sort.kind === attendee.kind;
}

function keyOf(person: Person): string {
  return (person.address || person.name).toLowerCase();
}
