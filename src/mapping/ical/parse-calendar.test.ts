import { describe, expect, it } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import type { VEvent, VEventSeries } from '../../wire/calendar.ts';
import { parseCalendar } from './parse-calendar.ts';

const WINDOWS_PARIS = [
  'BEGIN:VTIMEZONE',
  'TZID:(UTC+01:00) Bruxelles\\, Copenhague\\, Madrid\\, Paris',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

function calendar(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

function event(...lines: readonly string[]): readonly string[] {
  return ['BEGIN:VEVENT', 'UID:u1', 'SUMMARY:Point', ...lines, 'END:VEVENT'];
}

function only(text: string): VEventSeries {
  const { series, refused } = parseCalendar(text);
  expect(refused).toEqual([]);
  expect(series).toHaveLength(1);
  return series[0]?.value ?? {};
}

function main(text: string): VEvent {
  return only(text).main ?? {};
}

function iso(value: VEvent['dtstart']): string {
  return `${value?.iso8601} ${value?.timezone}`;
}

describe('parseCalendar', () => {
  it('[H10] finds the zone of a localised Outlook name by its rules', () => {
    const tzid = 'TZID="(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris"';
    const read = main(
      calendar(...WINDOWS_PARIS, ...event(`DTSTART;${tzid}:20240701T090000`, `DTEND;${tzid}:20240701T100000`)),
    );
    expect([iso(read.dtstart), iso(read.dtend)]).toEqual([
      '2024-07-01T09:00:00.000+02:00 Europe/Paris',
      '2024-07-01T10:00:00.000+02:00 Europe/Paris',
    ]);
  });

  it.each([
    ['Romance Standard Time', '2024-07-01T09:00:00.000+02:00 Europe/Paris'],
    ['europe/paris', '2024-07-01T09:00:00.000+02:00 Europe/Paris'],
    ['/freeassociation.sourceforge.net/Tzfile/Europe/Paris', '2024-07-01T09:00:00.000+02:00 Europe/Paris'],
    ['tzone://Microsoft/Utc', '2024-07-01T09:00:00.000Z UTC'],
  ])('[H10] reads the zone name %s', (name, expected) => {
    expect(iso(main(calendar(...event(`DTSTART;TZID="${name}":20240701T090000`))).dtstart)).toBe(expected);
  });

  it('[H10] keeps the instant where no zone keeps the time of the definition', () => {
    const lines = [
      'BEGIN:VTIMEZONE',
      'TZID:Odd',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0117',
      'TZOFFSETTO:+0117',
    ];
    const read = main(
      calendar(...lines, 'END:STANDARD', 'END:VTIMEZONE', ...event('DTSTART;TZID=Odd:20240701T090000')),
    );
    expect(iso(read.dtstart)).toBe('2024-07-01T07:43:00.000Z UTC');
  });

  it('[H14] keeps floating times floating', () => {
    expect(iso(main(calendar(...event('DTSTART:20240701T090000'))).dtstart)).toBe('2024-07-01T09:00:00.000 null');
  });

  it.each([
    ['without an end', ['DTSTART;VALUE=DATE:20240701'], '2024-07-02'],
    ['that ends when it starts', ['DTSTART;VALUE=DATE:20240701', 'DTEND;VALUE=DATE:20240701'], '2024-07-02'],
    ['of a duration', ['DTSTART;VALUE=DATE:20240701', 'DURATION:P10D'], '2024-07-11'],
    ['that ends before it starts', ['DTSTART;VALUE=DATE:20240701', 'DTEND;VALUE=DATE:20240601'], '2024-07-02'],
    [
      'marked by Outlook',
      ['DTSTART:20240701T000000', 'DTEND:20240703T000000', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'],
      '2024-07-03',
    ],
  ])('[H13] gives an all-day event %s its exclusive end', (_, lines, end) => {
    expect(main(calendar(...event(...lines))).dtend).toEqual({ iso8601: end, timezone: null, precision: 'Date' });
  });

  it('[H12] leaves a timed event from midnight to midnight timed', () => {
    const read = main(
      calendar(...event('DTSTART;TZID=Europe/Paris:20240701T000000', 'DTEND;TZID=Europe/Paris:20240702T000000')),
    );
    expect(read.dtstart?.precision).toBe('DateTime');
  });

  it('[H4] brings EXDATE and RECURRENCE-ID of any form to that of the start', () => {
    const series = only(
      calendar(
        ...event(
          'DTSTART;TZID=Europe/Paris:20240301T090000',
          'DTEND;TZID=Europe/Paris:20240301T100000',
          'RRULE:FREQ=DAILY',
          'EXDATE:20240302T080000Z',
          'EXDATE;VALUE=DATE:20240303',
          'EXDATE:20240402T070000Z',
        ),
        ...event('RECURRENCE-ID:20240404T070000Z', 'DTSTART;TZID=Europe/Paris:20240404T110000'),
      ),
    );
    expect(series.main?.exdate?.map(iso)).toEqual([
      '2024-03-02T09:00:00.000+01:00 Europe/Paris',
      '2024-03-03T09:00:00.000+01:00 Europe/Paris',
      '2024-04-02T09:00:00.000+02:00 Europe/Paris',
    ]);
    expect(series.occurrences?.map((one) => [iso(one.recurid), iso(one.dtend)])).toEqual([
      ['2024-04-04T09:00:00.000+02:00 Europe/Paris', '2024-04-04T12:00:00.000+02:00 Europe/Paris'],
    ]);
  });

  it('completes an exception from the main event', () => {
    const series = only(
      calendar(
        ...event(
          'DTSTART:20240301T090000Z',
          'DTEND:20240301T100000Z',
          'RRULE:FREQ=DAILY',
          'LOCATION:Room 4',
          'CLASS:PRIVATE',
          'CATEGORIES:Work,a\\,b',
        ),
        'BEGIN:VEVENT',
        'UID:u1',
        'RECURRENCE-ID:20240302T090000Z',
        'DTSTART:20240302T110000Z',
        'END:VEVENT',
      ),
    );
    expect(series.occurrences?.[0]).toMatchObject({
      summary: 'Point',
      location: 'Room 4',
      classification: 'Private',
      categories: [{ label: 'Work' }, { label: 'a,b' }],
    });
  });

  it('[H9] keeps an exception without a main event by itself', () => {
    const series = only(
      calendar(
        ...event('RECURRENCE-ID;TZID=Europe/Paris:20240301T090000', 'DTSTART;TZID=Europe/Paris:20240301T140000'),
      ),
    );
    expect([series.main, series.occurrences?.map((one) => iso(one.recurid))]).toEqual([
      null,
      ['2024-03-01T09:00:00.000+01:00 Europe/Paris'],
    ]);
  });

  it('[H5] says the last day of the month without the negative numbers that the server refuses', () => {
    const rule = main(calendar(...event('DTSTART;VALUE=DATE:20240131', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1'))).rrule;
    expect([rule?.byMonthDay, rule?.bySetPos, rule?.byDay?.length]).toEqual([null, [-1], 7]);
  });

  it.each([
    ['[H6] as a date', 'UNTIL=20240401', { iso8601: '2024-04-01', timezone: null, precision: 'Date' }],
    [
      '[H6] in UTC',
      'UNTIL=20240401T070000Z',
      { iso8601: '2024-04-01T07:00:00.000Z', timezone: 'UTC', precision: 'DateTime' },
    ],
    [
      '[H6] floating, in the zone of the start',
      'UNTIL=20240401T090000',
      { iso8601: '2024-04-01T09:00:00.000+02:00', timezone: 'Europe/Paris', precision: 'DateTime' },
    ],
  ])('keeps the end of a series %s', (_, until, expected) => {
    const read = main(calendar(...event('DTSTART;TZID=Europe/Paris:20240301T090000', `RRULE:FREQ=DAILY;${until}`)));
    expect(read.rrule?.until).toEqual(expected);
  });

  it('prefers the HTML description and drops its scripts', () => {
    const html = '<html><body><p>a<script>alert(1)</script></p></body></html>';
    expect(
      main(calendar(...event('DTSTART:20240301T090000Z', 'DESCRIPTION:a', `X-ALT-DESC;FMTTYPE=text/html:${html}`)))
        .description,
    ).toBe('<p>a</p>');
    expect(main(calendar(...event('DTSTART:20240301T090000Z', 'DESCRIPTION:1 < 2\\nb'))).description).toBe(
      '1 &lt; 2<br>b',
    );
  });

  it('measures every kind of trigger from the start', () => {
    const alarm = (...lines: string[]) => ['BEGIN:VALARM', 'ACTION:DISPLAY', ...lines, 'END:VALARM'];
    const read = main(
      calendar(
        ...event(
          'DTSTART:20240301T090000Z',
          'DURATION:PT1H',
          ...alarm('TRIGGER:-PT15M'),
          ...alarm('TRIGGER;RELATED=END:PT0S'),
          ...alarm('TRIGGER;VALUE=DATE-TIME:20240301T083000Z'),
          ...alarm('TRIGGER:garbage'),
        ),
      ),
    );
    expect(read.alarm?.map((one) => one.trigger)).toEqual([-900, 3600, -1800]);
  });

  it('refuses one event with a reason and keeps the others', () => {
    const { series, refused } = parseCalendar(
      calendar(
        'BEGIN:VEVENT',
        'UID:bad',
        'DTSTART:20241301T090000',
        'END:VEVENT',
        ...event('DTSTART:20240301T090000Z', 'no colon here'),
      ),
    );
    expect(series.map(({ uid }) => uid)).toEqual(['u1']);
    expect(refused).toEqual([{ index: 0, uid: 'bad', reason: 'has a start that cannot be read' }]);
  });

  it('names the calendar and refuses what is none', () => {
    expect(parseCalendar(calendar('X-WR-CALNAME:Team\\, all')).name).toBe('Team, all');
    for (const text of ['', '<html></html>', 'BEGIN:VCARD\r\nEND:VCARD']) {
      expect(() => parseCalendar(text)).toThrow(expect.toSatisfy((error) => isFailure(error, 'ICAL_UNPARSABLE')));
    }
  });
});
