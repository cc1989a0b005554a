/** ATTENDEE and ORGANIZER ↔ the server's people. */
import type { Attendee, Organizer } from '../../wire/calendar.ts';
import { type ContentLine, firstValue } from '../vcard/content-line.ts';

const ROLES: Readonly<Record<string, NonNullable<Attendee['role']>>> = {
  CHAIR: 'Chair',
  'REQ-PARTICIPANT': 'RequiredParticipant',
  'OPT-PARTICIPANT': 'OptionalParticipant',
  'NON-PARTICIPANT': 'NonParticipant',
};
const KINDS: Readonly<Record<string, NonNullable<Attendee['cutype']>>> = {
  INDIVIDUAL: 'Individual',
  GROUP: 'Group',
  RESOURCE: 'Resource',
  ROOM: 'Room',
  UNKNOWN: 'Unknown',
};
const ANSWERS: Readonly<Record<string, NonNullable<Attendee['partStatus']>>> = {
  'NEEDS-ACTION': 'NeedsAction',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  TENTATIVE: 'Tentative',
  DELEGATED: 'Delegated',
  COMPLETED: 'Completed',
};

/** The mail address of a calendar address: `mailto:` in any case, or a bare address; undefined when it is something else. */
export function mailOf(value: string | undefined): string | undefined {
  const text = (value ?? '')
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .trim();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text) && text !== NO_ADDRESS ? text : undefined;
}

/** Stands for an address that is not known: iCalendar has no people without one. @source RFC 2606 2 */
export const NO_ADDRESS = 'unknown@invalid';

/** One attendee; undefined when the line names nobody. */
export function readAttendee(line: ContentLine): Attendee | undefined {
  const word = (name: string) => firstValue(line.parameters, name)?.trim().toUpperCase() ?? '';
  const mailto = mailOf(line.value) ?? mailOf(firstValue(line.parameters, 'EMAIL'));
  const commonName = nameOf(line);
  if (mailto === undefined && commonName === undefined) return undefined;
  return {
    cutype: KINDS[word('CUTYPE')] ?? 'Individual',
    member: mailOf(firstValue(line.parameters, 'MEMBER')) ?? null,
    role: ROLES[word('ROLE')] ?? 'RequiredParticipant',
    partStatus: ANSWERS[word('PARTSTAT')] ?? 'NeedsAction',
    rsvp: word('RSVP') === 'TRUE',
    delTo: mailOf(firstValue(line.parameters, 'DELEGATED-TO')) ?? null,
    delFrom: mailOf(firstValue(line.parameters, 'DELEGATED-FROM')) ?? null,
    sentBy: mailOf(firstValue(line.parameters, 'SENT-BY')) ?? null,
    commonName: commonName ?? null,
    dir: directoryOf(line),
    lang: firstValue(line.parameters, 'LANGUAGE') ?? null,
    mailto: mailto ?? null,
    uri: null,
    internal: false,
    responseComment: firstValue(line.parameters, 'X-RESPONSE-COMMENT') ?? null,
    counter: null,
  };
}

/** The organizer; undefined when the line names nobody. */
export function readOrganizer(line: ContentLine): Organizer | undefined {
  const mailto = mailOf(line.value) ?? mailOf(firstValue(line.parameters, 'EMAIL'));
  const commonName = nameOf(line);
  if (mailto === undefined && commonName === undefined) return undefined;
  return { uri: null, commonName: commonName ?? null, mailto: mailto ?? null, dir: directoryOf(line) };
}

function nameOf(line: ContentLine): string | undefined {
  const name = firstValue(line.parameters, 'CN')?.trim();
  return name === undefined || name === '' ? undefined : name.replace(/^'(.*)'$/, '$1');
}

/** Only the server's own directory entries mean something to it. */
function directoryOf(line: ContentLine): string | null {
  const dir = firstValue(line.parameters, 'DIR') ?? '';
  return dir.startsWith('bm://') ? dir : null;
}

/** iCalendar's word for a value of the server's, the other way round. */
export const ROLE_WORDS = inverted(ROLES);
export const KIND_WORDS = inverted(KINDS);
export const ANSWER_WORDS = inverted(ANSWERS);

function inverted<T extends string>(words: Readonly<Record<string, T>>): ReadonlyMap<T, string> {
  return new Map(Object.entries(words).map(([word, value]) => [value, word]));
}
