/**
 * The hard cases of calendars (H1 to H21, H26, H28, H30), each as changes that break it. A change must be noticed by a test named after
 * the case: only those of `tests` whose name holds `[H…]` are run. `from` stands once in `file`.
 */
import { type CaseMutant, of } from './case-mutant.ts';
import { RECURRENCE_CASES } from './mutants-of-recurrence.ts';

const OUTLOOK = 'src/mapping/outlook/event';
const SERVER = 'src/mapping/bluemind/event';
const EVENT_TEST = `${OUTLOOK}/event.test.ts`;
const HARD_TEST = `${OUTLOOK}/hard-cases.test.ts`;
const LATER_TEST = `${OUTLOOK}/later-part.property.test.ts`;
const NOTE_TEST = `${OUTLOOK}/note.test.ts`;
const SERVER_TEST = `${SERVER}/event.test.ts`;
const ICAL_TEST = 'src/mapping/ical/parse-calendar.test.ts';
const SIDE_TEST = 'src/outlook/side.test.ts';
const POLICY = 'src/agent/event-policy';

export const CASES: readonly CaseMutant[] = [
  ...RECURRENCE_CASES,
  ...of(
    'H10',
    [
      'the IANA zone is guessed from the Windows zone each time',
      `${OUTLOOK}/when`,
      'return fits ? [start, end] : ',
      'return ',
      EVENT_TEST,
    ],
    [
      'a zone changed in Outlook is not believed',
      `${OUTLOOK}/when`,
      'const fits = isKnown && windowsFor(start) === item.startZone && windowsFor(end) === item.endZone;',
      'const fits = isKnown;',
      EVENT_TEST,
    ],
    [
      'Windows names are not known in calendars',
      'src/mapping/ical/zone-names',
      "behindPrefix(bare) ?? zoneOf(ianaZoneOf(bare) ?? '')",
      'behindPrefix(bare)',
      ICAL_TEST,
    ],
    [
      'no zone is found by its rules',
      'src/mapping/ical/zone-rules',
      'if (match !== undefined) return match;',
      '',
      ICAL_TEST,
    ],
  ),
  ...of(
    'H11',
    [
      'an event is written in the zone of the PC',
      `${OUTLOOK}/when`,
      'const startZone = windowsFor(start.zone);',
      'const startZone = home;',
      EVENT_TEST,
    ],
    [
      'the change of the clock is forgotten',
      'src/domain/zones',
      'if (offsetAt(zone, first) === early) return first;',
      'return first;',
      'src/domain/zones.test.ts',
    ],
  ),
  ...of(
    'H12',
    [
      'a timed item from midnight to midnight is read as whole days',
      `${OUTLOOK}/when`,
      'if (item.allDay) return survives',
      "if (item.allDay || (item.start + item.end).endsWith('T00:00:00')) return survives",
      EVENT_TEST,
    ],
    [
      'a timed event from midnight to midnight is whole days',
      'src/mapping/ical/read-when',
      'return isMarkedAllDay(event) && isMidnight',
      'return isMidnight',
      ICAL_TEST,
    ],
  ),
  ...of(
    'H13',
    [
      'whole days without an end have none',
      'src/mapping/ical/read-when',
      'end: last > start ? last : addDays(start, 1)',
      'end: last',
      ICAL_TEST,
    ],
    [
      'whole days end at the midnight before the last',
      `${OUTLOOK}/when`,
      'return dateOf(dayOf(addSeconds(wall, 86_399)));',
      'return dateOf(dayOf(wall) - 1);',
      EVENT_TEST,
    ],
  ),
  ...of(
    'H14',
    [
      'a floating event gets the zone it is shown in',
      `${OUTLOOK}/when`,
      'return tag !== undefined && tag === item.startZone && tag === item.endZone;',
      'return false;',
      EVENT_TEST,
    ],
    [
      'a floating event stays floating when its zone is changed',
      `${OUTLOOK}/when`,
      'return tag !== undefined && tag === item.startZone && tag === item.endZone;',
      'return tag !== undefined;',
      EVENT_TEST,
    ],
    [
      'floating times of calendars are UTC',
      'src/mapping/ical/zone-rules',
      'if (tzid === undefined) return { wall, zone: undefined };',
      "if (tzid === undefined) return { wall, zone: 'UTC' };",
      ICAL_TEST,
    ],
  ),
  ...of(
    'H15',
    [
      'what Outlook never showed counts as removed',
      'src/domain/merge',
      '  return { server: server.now, outlook: outlook.now };\n}\n\n/** What is still there',
      '  return { server: outlook.now, outlook: outlook.now };\n}\n\n/** What is still there',
      HARD_TEST,
    ],
    [
      'what lay in another part counts as removed',
      'src/domain/shown-part',
      'if (dates === undefined || isSame(base.shown?.dates, dates)) return sides;',
      'return sides;',
      LATER_TEST,
    ],
    [
      'a later part comes without what the server has of it',
      'src/domain/shown-part',
      'if (shown === undefined) return merged;',
      'return merged;',
      LATER_TEST,
    ],
    [
      'the part moves on with any write',
      `${OUTLOOK}/series`,
      'from: given === undefined ? recent : later(keptFrom(item) ?? given.from, start),',
      'from: recent,',
      LATER_TEST,
    ],
    [
      'a new item of a part shows another one',
      `${OUTLOOK}/series`,
      'keptFrom(item) ?? given.from',
      'keptFrom(item) ?? recent',
      'src/outlook/later-part.test.ts',
    ],
    [
      'a later part is never due',
      `${OUTLOOK}/partial-series`,
      'due: hidden && dueOn(truth.from, hidden, isTight),',
      'due: undefined,',
      LATER_TEST,
    ],
    [
      'the side does not look when a part is due',
      'src/outlook/side-rev',
      '|| awaits || isDue(due, now)) return false;',
      '|| awaits) return false;',
      'src/outlook/later-part.test.ts',
    ],
    [
      'the engine does nothing about a part that is due',
      'src/sync/decide',
      "if (kit.isDue?.(sight.item.content) === true) return 'changed';",
      "if (link.server.digest === sight.item.rev) return 'changed';\n  if (kit.isDue?.(sight.item.content) === true) return 'same';",
      'src/outlook/later-part.test.ts',
    ],
  ),
  ...of(
    'H16',
    [
      'an attendee’s copy takes any edit',
      POLICY,
      'return isAttendeeCopy(now, rights.owner) ? asAttendee(now, wanted, rights.owner) : wanted;',
      'return wanted;',
      `${POLICY}.test.ts`,
    ],
    [
      'an attendee’s copy does not take the own answer',
      POLICY,
      'attendees: now.attendees.map(answered),',
      '',
      `${POLICY}.test.ts`,
    ],
  ),
  ...of(
    'H17',
    [
      'an item without our tag has no uid',
      `${OUTLOOK}/event`,
      "const uid = item.tags[TAG.uid] ?? uidOfGlobalId(item.globalId) ?? '';",
      "const uid = item.tags[TAG.uid] ?? '';",
      HARD_TEST,
    ],
    [
      'a new item gets no id of the calendar world',
      `${OUTLOOK}/event`,
      "const globalId = item.globalId === '' && uid !== '' ? globalIdOfUid(uid) : item.globalId;",
      'const { globalId } = item;',
      HARD_TEST,
    ],
  ),
  ...of(
    'H18',
    [
      'answers of others are read on a received meeting',
      `${OUTLOOK}/people`,
      'const answer = !received ? recipient.response : address === own ? item.responseStatus : 0;',
      'const answer = recipient.response;',
      EVENT_TEST,
    ],
    [
      'what the connector writes notifies',
      'src/bluemind/item-service',
      '({ ...rest, sendNotification: false })',
      '({ ...rest, sendNotification: true })',
      'test/end-to-end/no-mail.test.ts',
    ],
  ),
  ...of('H19', [
    'the cancelled bit is not read',
    `${OUTLOOK}/status`,
    'read: ({ meetingStatus }) => meetingStatus === 5 || meetingStatus === 7,',
    'read: () => false,',
    EVENT_TEST,
  ]),
  ...of(
    'H20',
    [
      'the reader of a calendar is its organizer',
      `${OUTLOOK}/people`,
      'const received = organizer !== undefined && organizer.address !== own;',
      'const received = organizer === undefined;',
      HARD_TEST,
    ],
    [
      'an attendee is written anew for an answer',
      `${SERVER}/people`,
      'return { ...(current ?? NEW_ATTENDEE), ...members(attendee), role, cutype, partStatus };',
      'return { ...NEW_ATTENDEE, ...members(attendee), role, cutype, partStatus };',
      HARD_TEST,
    ],
    [
      'blanked events of others are written',
      POLICY,
      'if (!rights.readPrivate && isHidden(now)) return now;',
      '',
      `${POLICY}.test.ts`,
    ],
  ),
  ...of(
    'H21',
    [
      'attendees without an address are not read',
      `${SERVER}/people`,
      'read: (event) => distinct((event.attendees ?? []).map(attendeeOf)),',
      "read: (event) => distinct((event.attendees ?? []).map(attendeeOf)).filter(({ address }) => address !== ''),",
      SERVER_TEST,
    ],
    [
      'attendees without an address are not shown',
      `${OUTLOOK}/people`,
      "if (key === '' || isDirectoryEntry",
      "if (attendee.address === '' || isDirectoryEntry",
      EVENT_TEST,
    ],
  ),
  ...of(
    'H26',
    [
      'after a lost bookmark absence is believed',
      'src/sync/look',
      "const doubt = lost ? 'G4' : ",
      'const doubt = ',
      'src/sync/run.test.ts',
    ],
    [
      'a restored account is not noticed',
      'src/agent/replaced-account',
      "distrust(storage.state(pair.id), 'server');",
      '',
      'src/agent/replaced-account.test.ts',
    ],
  ),
  ...of(
    'H28',
    [
      'an item changed just now counts as settled',
      'src/outlook/side-rev',
      'const HOT = 2000;',
      'const HOT = 0;',
      SIDE_TEST,
    ],
    [
      'an exception that comes out of sight is removed',
      'src/domain/likened',
      'if (own.length > 0 && said.length === 0) return undefined;',
      'return undefined;',
      HARD_TEST,
    ],
    [
      'one whose other differences go as well is removed',
      'src/domain/likened',
      'if (own.length > 0 && said.length === 0) return undefined;',
      'if (said.length < own.length) return undefined;',
      HARD_TEST,
    ],
    [
      'an occurrence that was cut where the next one begins is an exception',
      `${OUTLOOK}/series`,
      'truth?.partial === undefined ? exception : uncut(exception, plain, there)',
      'exception',
      HARD_TEST,
    ],
    [
      'an exception that comes into sight takes its poorer copy along',
      'src/domain/likened',
      'const appeared = outlook.now.exceptions\n',
      'const appeared = ([] as Exception[])\n',
      HARD_TEST,
    ],
    [
      'an item is written although it says so already',
      'src/outlook/program/write-appointment',
      "if (run.steps.length > untouched || before === undefined) run.call(item, 'Save');",
      "run.call(item, 'Save');",
      'src/outlook/emulator/contract.test.ts',
    ],
  ),
  ...of(
    'H30',
    [
      'the same words cost a text its formatting on the server',
      'src/mapping/rich-text',
      'if (current && plainOfHtml(current) === text.plain) return current;',
      '',
      SERVER_TEST,
    ],
    [
      'a text in another form is another text',
      `${OUTLOOK}/body`,
      'read: (item) => plainText(item.body),',
      'read: (item) => ({ plain: item.body, html: undefined }),',
      EVENT_TEST,
    ],
    ['category names keep separators', `${OUTLOOK}/categories`, '[,;\\u061b', '[\\u061b', EVENT_TEST],
    [
      'lines of the user among ours are taken off',
      `${OUTLOOK}/note`,
      '.filter((line) => !ours.has(compared(line)))',
      '.slice(0, 0)',
      NOTE_TEST,
    ],
    ['the note is read as words', `${OUTLOOK}/note`, 'if (lines.length === 0) return item;', 'return item;', NOTE_TEST],
  ),
];
