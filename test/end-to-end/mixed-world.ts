/** A few events and cards of every kind, as text, for worlds that are made many times. */
import { importCalendar, importCards } from '../../src/bluemind/import.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { BOOK, CALENDAR, LOGIN } from './world.ts';

type Lines = readonly string[];

const PARIS = 'TZID=Europe/Paris';
const YORK = 'TZID=America/New_York';

/** Uid, lines of the main event, and lines of changed occurrences. */
const EVENTS: readonly (readonly [string, Lines, ...(readonly Lines[])])[] = [
  [
    'timed',
    [`DTSTART;${PARIS}:20270309T110000`, `DTEND;${PARIS}:20270309T123000`, 'LOCATION:Here', 'CATEGORIES:Red,Blue'],
  ],
  ['day', ['DTSTART;VALUE=DATE:20270310', 'DTEND;VALUE=DATE:20270311', 'TRANSP:TRANSPARENT']],
  ['days', ['DTSTART;VALUE=DATE:20270311', 'DTEND;VALUE=DATE:20270314']],
  ['midnights', [`DTSTART;${PARIS}:20270315T000000`, `DTEND;${PARIS}:20270316T000000`]],
  ['floating', ['DTSTART:20270316T090000', 'DTEND:20270316T100000']],
  ['private', ['DTSTART:20270317T090000Z', 'DTEND:20270317T100000Z', 'CLASS:PRIVATE', 'PRIORITY:1']],
  ['long', ['DTSTART:20270318T090000Z', 'DTEND:20270318T100000Z', `DESCRIPTION:${'A word and another. '.repeat(500)}`]],
  [
    'weekly',
    [
      `DTSTART;${PARIS}:20270301T090000`,
      `DTEND;${PARIS}:20270301T100000`,
      'RRULE:FREQ=WEEKLY;COUNT=8',
      `EXDATE;${PARIS}:20270315T090000`,
    ],
    [`RECURRENCE-ID;${PARIS}:20270308T090000`, `DTSTART;${PARIS}:20270309T150000`, `DTEND;${PARIS}:20270309T170000`],
    [`RECURRENCE-ID;${PARIS}:20270322T090000`, `DTSTART;${PARIS}:20270322T090000`, `DTEND;${PARIS}:20270322T093000`],
  ],
  [
    'far',
    [`DTSTART;${YORK}:20270302T080000`, `DTEND;${YORK}:20270302T083000`, 'RRULE:FREQ=DAILY;COUNT=30'],
    [`RECURRENCE-ID;${YORK}:20270310T080000`, `DTSTART;${YORK}:20270310T200000`, `DTEND;${YORK}:20270310T203000`],
    [`RECURRENCE-ID;${YORK}:20270312T080000`, `DTSTART;${YORK}:20270312T090000`, `DTEND;${YORK}:20270312T093000`],
  ],
  [
    'friday',
    [`DTSTART;${PARIS}:20270326T170000`, `DTEND;${PARIS}:20270326T180000`, 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=6'],
  ],
  [
    'years',
    [`DTSTART;${PARIS}:20270501T100000`, `DTEND;${PARIS}:20270501T110000`, 'RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=4'],
  ],
  [
    'workdays',
    [
      `DTSTART;${PARIS}:20270301T080000`,
      `DTEND;${PARIS}:20270301T081500`,
      'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=20',
    ],
  ],
  [
    'holidays',
    [
      'DTSTART;VALUE=DATE:20270405',
      'DTEND;VALUE=DATE:20270406',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'EXDATE;VALUE=DATE:20270412',
    ],
  ],
  [
    'meeting',
    [
      ...[`DTSTART;${PARIS}:20270320T090000`, `DTEND;${PARIS}:20270320T100000`, `ORGANIZER;CN=Jane:mailto:${LOGIN}`],
      'ATTENDEE;CN=Ann Poe;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:ann@other.test',
      'ATTENDEE;CN=Bob Roe;ROLE=OPT-PARTICIPANT:mailto:bob@other.test',
    ],
  ],
  [
    'invited',
    [
      ...[
        `DTSTART;${PARIS}:20270321T090000`,
        `DTEND;${PARIS}:20270321T100000`,
        'ORGANIZER;CN=Ann Poe:mailto:ann@other.test',
      ],
      `ATTENDEE;CN=Jane;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${LOGIN}`,
    ],
  ],
  [
    'alarm',
    [
      'DTSTART:20270323T090000Z',
      'DTEND:20270323T100000Z',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-PT45M',
      'END:VALARM',
    ],
  ],
];

const CARDS: readonly (readonly [string, Lines])[] = [
  [
    'plain',
    ['N:Poe;Ann;;Dr.;', 'FN:Dr. Ann Poe', 'EMAIL:ann@other.test', 'TEL;TYPE=CELL:+33 6 12 34 56 78', 'CATEGORIES:Red'],
  ],
  [
    'mails',
    [
      'N:Roe;Bob',
      'FN:Bob Roe',
      'EMAIL;TYPE=WORK:bob@other.test',
      'EMAIL;TYPE=HOME:bob@home.test',
      'EMAIL:b@third.test',
    ],
  ],
  ['born', ['N:Moe;Cid', 'FN:Cid Moe', 'BDAY:1980-02-29', 'ANNIVERSARY:2010-06-05', 'NOTE:A note\\nof two lines']],
  [
    'firm',
    [
      'FN:Firm Ltd',
      'ORG:Firm Ltd',
      'TEL;TYPE=WORK:+1 555 0100',
      'URL:https://firm.test',
      'ADR;TYPE=WORK:;;1 Way;Town;;12345;Land',
    ],
  ],
];

const folded = (lines: Lines): string => `${lines.join('\r\n')}\r\n`;

/** Puts them all on the server. */
export async function loadMixedWorld(session: Session): Promise<void> {
  const events = EVENTS.flatMap(([uid, main, ...others]) =>
    [main, ...others].flatMap((lines) => [
      ...['BEGIN:VEVENT', `UID:${uid}`, `SUMMARY:Event ${uid}`],
      ...lines,
      'END:VEVENT',
    ]),
  );
  await importCalendar(
    session,
    systemClock,
    CALENDAR,
    folded(['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR']),
  );
  const cards = CARDS.flatMap(([uid, lines]) => ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD']);
  await importCards(session, systemClock, BOOK, folded(cards));
}

export const EVENT_UIDS = EVENTS.map(([uid]) => uid);
