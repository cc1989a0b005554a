import { Temporal } from 'temporal-polyfill';
import type { Series } from '../../domain/event.ts';
import type { LocalDate, When } from '../../domain/time.ts';
import { type Details, event, every, PARIS, repeating, single } from './demo-event.ts';
import { type DemoPerson, pick } from './demo-people.ts';

/** A year of a working person's calendar around `today`: half a year back, half a year ahead. */
export function demoCalendar(today: LocalDate, people: readonly DemoPerson[]): readonly Series[] {
  const days = new Days(today);
  return [
    ...meetings(days, people),
    ...habits(days),
    ...celebrations(days, people),
    ...travels(days, people),
    ...singles(days, people),
  ];
}

/** The team's calendar, which the demo account may change. */
export function demoTeamCalendar(today: LocalDate, people: readonly DemoPerson[]): readonly Series[] {
  const days = new Days(today);
  return Array.from({ length: 24 }, (_, index) => {
    const start = days.monday(index * 2 - 24);
    const person = pick(people, index * 3 + 1);
    return single(
      `demo-team-${index}`,
      event(`${person.given} on call`, allDay(start, 7), { categories: ['On call'] }),
    );
  });
}

/** The company's calendar, which the demo account may only read. */
export function demoCompanyCalendar(today: LocalDate): readonly Series[] {
  const year = Number(today.slice(0, 4));
  const fixed = [
    ['01-01', "New Year's Day"],
    ['05-01', 'Labour Day'],
    ['07-14', 'Bastille Day'],
    ['08-15', 'Assumption'],
    ['11-01', "All Saints' Day"],
    ['12-25', 'Christmas Day'],
  ] as const;
  const holidays = fixed.map(([day, title]) =>
    repeating(`demo-holiday-${day}`, event(title, allDay(`${year - 1}-${day}`, 1)), { frequency: 'YEARLY' }),
  );
  const allHands = event('All hands', timed(new Days(today).monday(-20), '16:00', 60), { location: 'Auditorium' });
  return [
    ...holidays,
    repeating('demo-all-hands', allHands, { frequency: 'MONTHLY', byDay: [{ day: 'MO', offset: 1 }] }),
  ];
}

class Days {
  readonly #today: Temporal.PlainDate;
  constructor(today: LocalDate) {
    this.#today = Temporal.PlainDate.from(today);
  }
  /** `days` from today. */
  at(days: number): LocalDate {
    return this.#today.add({ days }).toString();
  }
  /** The Monday `weeks` from this week's. */
  monday(weeks: number): LocalDate {
    return this.#today.add({ days: 1 - this.#today.dayOfWeek + weeks * 7 }).toString();
  }
}

function plus(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function allDay(start: LocalDate, days: number): When {
  return { kind: 'date', start, end: plus(start, days) };
}

function timed(date: LocalDate, time: string, minutes: number, zone = PARIS, endZone = zone): When {
  const start = Temporal.PlainDateTime.from(`${date}T${time}:00`);
  const wall = (at: Temporal.PlainDateTime) => at.toString({ smallestUnit: 'second' });
  const end = start.toZonedDateTime(zone).add({ minutes }).withTimeZone(endZone).toPlainDateTime();
  return { kind: 'time', start: { wall: wall(start), zone }, end: { wall: wall(end), zone: endZone } };
}

function meetings(days: Days, people: readonly DemoPerson[]): Series[] {
  const me = pick(people, 0);
  const team = people.slice(1, 7);
  const start = days.monday(-26);
  const weekly: Details = {
    location: 'Room Garonne',
    minutes: 15,
    categories: ['Team'],
    organizer: me,
    attendees: team,
    text: 'Round of news, then the board.',
  };
  const moved = plus(start, 7 * 24);
  const later = plus(start, 7 * 28);
  return [
    repeating('demo-standup', event('Stand-up', timed(start, '09:30', 15), { minutes: 5, categories: ['Team'] }), {
      frequency: 'WEEKLY',
      byDay: every('MO', 'TU', 'WE', 'TH', 'FR'),
    }),
    repeating(
      'demo-team-meeting',
      event('Team meeting', timed(start, '14:00', 60), weekly),
      { frequency: 'WEEKLY', byDay: every('MO') },
      {
        excluded: [`${plus(start, 7 * 20)}T14:00:00`],
        exceptions: [
          {
            original: { at: `${moved}T14:00:00`, zone: undefined },
            event: event('Team meeting (moved)', timed(plus(moved, 1), '10:00', 60), weekly),
          },
          {
            original: { at: `${later}T14:00:00`, zone: undefined },
            event: event('Team meeting', timed(later, '14:00', 90), { ...weekly, location: 'Room Canal' }),
          },
        ],
      },
    ),
    repeating(
      'demo-one-to-one',
      event('1:1 with Bruno', timed(plus(start, 2), '11:00', 30), { minutes: 10, privacy: 'private' }),
      {
        frequency: 'WEEKLY',
        interval: 2,
        byDay: every('WE'),
      },
    ),
    repeating(
      'demo-steering',
      event('Steering committee', timed(plus(start, 3), '15:30', 90), {
        importance: 'high',
        organizer: pick(people, 9),
        attendees: [me, ...people.slice(10, 14)],
      }),
      {
        frequency: 'MONTHLY',
        byDay: [{ day: 'TH', offset: -1 }],
        end: { kind: 'count', count: 14 },
      },
    ),
    repeating(
      'demo-closing',
      event('Monthly closing', timed(plus(start, 4), '17:00', 45), { categories: ['Finance'] }),
      { frequency: 'MONTHLY', byMonthDay: [28] },
    ),
  ];
}

function habits(days: Days): Series[] {
  const start = days.monday(-25);
  return [
    repeating(
      'demo-swimming',
      event('Swimming', timed(plus(start, 1), '12:15', 60), { busy: 'outOfOffice', privacy: 'private' }),
      { frequency: 'WEEKLY', byDay: every('TU') },
    ),
    repeating('demo-focus', event('Focus time', timed(plus(start, 3), '09:00', 120), { busy: 'tentative' }), {
      frequency: 'WEEKLY',
      byDay: every('TH'),
      end: { kind: 'untilDate', date: days.at(150) },
    }),
    repeating('demo-backup', event('Change the backup tape', timed(start, '18:00', 15), { busy: 'free', minutes: 0 }), {
      frequency: 'DAILY',
      interval: 3,
    }),
  ];
}

function celebrations(days: Days, people: readonly DemoPerson[]): Series[] {
  return people
    .slice(1, 11)
    .map((person, index) =>
      repeating(
        `demo-birthday-${index}`,
        event(`Birthday of ${person.given}`, allDay(days.at(-170 + index * 34), 1), { categories: ['Birthday'] }),
        { frequency: 'YEARLY' },
      ),
    );
}

function travels(days: Days, people: readonly DemoPerson[]): Series[] {
  const trip = days.monday(5);
  return [
    single('demo-holiday-past', event('Holidays', allDay(days.monday(-14), 14), { busy: 'outOfOffice' })),
    single('demo-holiday-next', event('Holidays', allDay(days.monday(12), 7), { busy: 'outOfOffice' })),
    single(
      'demo-flight',
      event('Flight Paris – New York', timed(trip, '10:30', 500, PARIS, 'America/New_York'), {
        location: 'CDG, Terminal 2E',
        minutes: 180,
      }),
    ),
    single(
      'demo-customer',
      event('Workshop at the customer', timed(plus(trip, 1), '09:00', 420, 'America/New_York'), {
        location: 'Broadway 120',
        attendees: people.slice(3, 5),
        organizer: pick(people, 0),
      }),
    ),
    single(
      'demo-flight-back',
      event('Flight New York – Paris', timed(plus(trip, 3), '19:05', 430, 'America/New_York', PARIS), {
        location: 'JFK',
        minutes: 180,
      }),
    ),
    single(
      'demo-call-tokyo',
      event('Call with Tokyo', timed(days.at(9), '17:00', 45, 'Asia/Tokyo'), {
        minutes: 15,
        text: 'Line and agenda follow.',
      }),
    ),
  ];
}

const TITLES = [
  'Lunch with %',
  'Interview: candidate',
  'Review with %',
  'Demo for the customer',
  'Dentist',
  'Training',
  'Workshop with %',
  'Phone call: %',
  'Budget',
  'Release',
];
const PLACES = ['Room Garonne', 'Room Canal', '', 'Le Bistrot', 'Online', 'Room Capitole'];

function singles(days: Days, people: readonly DemoPerson[]): Series[] {
  return Array.from({ length: 180 }, (_, index) => {
    const person = pick(people, index * 7 + 1);
    const title = pick(TITLES, index).replace('%', person.given);
    const start = `${String(8 + ((index * 3) % 10)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;
    const details: Details = {
      location: pick(PLACES, index * 5),
      categories: index % 4 === 0 ? [pick(['Customer', 'Team', 'Private errand'], index)] : [],
      privacy: title === 'Dentist' ? 'private' : 'public',
      ...(index % 3 === 0 ? {} : { minutes: 15 }),
    };
    return single(
      `demo-single-${index}`,
      event(title, timed(days.at(index * 2 - 180), start, 30 + (index % 4) * 30), details),
    );
  });
}
