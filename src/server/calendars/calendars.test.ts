import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../base/assert.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import { saveDirectoryEntry } from '../directory/publish.ts';
import { day, event, paris, series } from '../testing/events.ts';
import { DOMAIN, openWorld, type Person, type World } from '../testing/world.ts';

const PATH = '/calendars/calendar:Default:U1';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let last = 0;
/** Stores a series and gives back what the server made of it. */
async function stored(value: VEventSeries): Promise<VEventSeries> {
  const uid = `stored-${++last}`;
  await world.john.call('PUT', `${PATH}/${uid}`, value);
  return (await world.john.call('GET', `${PATH}/${uid}/complete`)).value;
}

async function main(change: Parameters<typeof event>[0]): Promise<NonNullable<VEventSeries['main']>> {
  const { main: found } = await stored(series(change));
  if (!found) throw new Error('the main event is gone');
  return found;
}

async function refused(value: VEventSeries | null): Promise<string> {
  return world.john.refused('PUT', `${PATH}/refused-${++last}`, value);
}

test('[V1] a body that is null or holds no event is refused', async () => {
  expect(await refused(null)).toBe('EVENT_ERROR 500');
  expect(await refused({ main: null, occurrences: [] })).toBe('EVENT_ERROR 500');
});

test('[V2] an event needs a start', async () => {
  expect(await refused(series({ dtstart: null }))).toBe('NO_EVENT_DATE 500');
});

test('[V3] [D1] [D2] [D3] [D4] dates must be readable, and right about their zone', async () => {
  for (const dtstart of [
    { iso8601: '', timezone: null, precision: 'Date' },
    { iso8601: '2026-03-09', timezone: null, precision: null },
    { iso8601: '2026-02-30', timezone: null, precision: 'Date' },
    { iso8601: '2026-03-09', timezone: 'Europe/Paris', precision: 'Date' },
    { iso8601: '2026-03-09T09:00:00.000+02:00', timezone: 'Europe/Paris', precision: 'DateTime' },
    { iso8601: '2026-03-09T09:00:00Z', timezone: 'Europe/Paris', precision: 'DateTime' },
    { iso8601: 'soon', timezone: null, precision: 'DateTime' },
  ] as const)
    expect([dtstart.iso8601, await refused(series({ dtstart }))]).toEqual([dtstart.iso8601, 'INVALID_PARAMETER 500']);
});

test('[D5] an unknown zone is a bare fault', async () => {
  const dtstart = { iso8601: '2026-03-09T09:00:00.000', timezone: 'Romance Standard Time', precision: 'DateTime' };
  expect(await refused(series({ dtstart } as never))).toBe('- 500');
});

test('[D6] a time comes back with milliseconds and its zone’s offset, floating ones without', async () => {
  const short = { iso8601: '2026-03-09T09:00:00+01:00', timezone: 'Europe/Paris', precision: 'DateTime' } as const;
  expect((await main({ dtstart: short, dtend: null })).dtstart).toEqual(paris('2026-03-09T09:00'));
  const floating = { iso8601: '2026-03-09T09:00', timezone: null, precision: 'DateTime' } as const;
  expect((await main({ dtstart: floating, dtend: null })).dtstart?.iso8601).toBe('2026-03-09T09:00:00.000');
});

test('[V4] an event does not end before it starts', async () => {
  expect(await refused(series({ dtend: paris('2026-03-09T08:00') }))).toBe('EVENT_ERROR 500');
});

test('[V5] [V6] [V7] [V8] rules have a frequency, an end after the start, real weekdays and parts in bounds', async () => {
  const rule = (rrule: object) => refused(series({ rrule } as never));
  expect(await rule({ interval: 1 })).toBe('EVENT_ERROR 500');
  expect(await rule({ frequency: 'DAILY', until: paris('2026-03-08T09:00') })).toBe(
    'EVENT_ENDREPEAT_PRIOR_TO_EVENT_DATE 500',
  );
  expect(await rule({ frequency: 'WEEKLY', byDay: [{ day: 'XX', offset: 0 }] })).toBe('EVENT_WEEKDAY_INVALID 500');
  for (const part of [
    { byMonthDay: [-1] },
    { byMonth: [13] },
    { byHour: [24] },
    { byWeekNo: [0] },
    { byMinute: [null] },
  ])
    expect(await rule({ frequency: 'YEARLY', ...part })).toBe('EVENT_ERROR 500');
});

test('[V9] [V10] [V11] titles, recurids and attachments', async () => {
  expect(await refused(series({ summary: '' }))).toBe('EMPTY_EVENT_TITLE 500');
  const occurrence = { ...event(), recurid: paris('2026-03-16T09:00') };
  const rrule = { frequency: 'WEEKLY' } as const;
  expect(await refused(series({ rrule }, { occurrences: [{ ...occurrence, summary: null }] }))).toBe(
    'EMPTY_EVENT_TITLE 500',
  );
  expect(await refused(series({ rrule }, { occurrences: [occurrence, occurrence] }))).toBe(
    'EVENT_DUPLICATED_RECURID 500',
  );
  expect(await refused(series({ attachments: [{ name: 'a.pdf' }] }))).toBe('EMPTY_EVENT_ATTACHMENT_VALUE 500');
});

test('[V12] [V13] proposals are refused where none are accepted, and two of one person', async () => {
  const counter = {
    originator: { commonName: 'Ann', email: 'ann@acme.test' },
    counter: { ...event({ dtstart: paris('2026-03-09T11:00'), dtend: paris('2026-03-09T12:00') }), recurid: null },
  };
  expect(await refused(series({}, { counters: [counter], acceptCounters: false }))).toBe(
    'EVENT_ACCEPTS_NO_COUNTERS 500',
  );
  expect(await refused(series({}, { counters: [counter, counter] }))).toBe('MULTIPLE_EVENT_COUNTERS 500');
});

test('[V14] [K1] the ICS uid starts as the item uid, cannot change, and stays when null is sent', async () => {
  const { john } = world;
  await john.call('PUT', `${PATH}/ics-1`, series());
  expect((await john.call('GET', `${PATH}/ics-1/complete`)).value.icsUid).toBe('ics-1');
  expect(await john.refused('POST', `${PATH}/ics-1`, series({}, { icsUid: 'other' }))).toBe('INVALID_PARAMETER 500');
  await john.call('POST', `${PATH}/ics-1`, series({ summary: 'Later' }));
  expect((await john.call('GET', `${PATH}/_icsuid/ICS-1`))[0].value.main.summary).toBe('Later');
});

test('[V15] creating twice and updating or removing nothing are refused; nothing is 204', async () => {
  const { john } = world;
  await john.call('PUT', `${PATH}/twice`, series());
  expect(await john.refused('PUT', `${PATH}/twice`, series())).toBe('ALREADY_EXISTS 500');
  expect(await john.refused('POST', `${PATH}/never`, series())).toBe('NOT_FOUND 404');
  expect(await john.refused('DELETE', `${PATH}/never`)).toBe('NOT_FOUND 404');
  expect((await john.raw('GET', `${PATH}/never/complete`)).status).toBe(204);
});

test('[N1] [N2] an update without a list of occurrences, or of single occurrences to a series, is a bare fault', async () => {
  const { john } = world;
  await john.call('PUT', `${PATH}/null-1`, series());
  expect(await john.refused('POST', `${PATH}/null-1`, { ...series(), occurrences: null })).toBe('- 500');
  const occurrences = [{ ...event(), recurid: paris('2026-03-16T09:00') }];
  await john.call('PUT', `${PATH}/null-2`, { main: null, occurrences });
  expect(await john.refused('POST', `${PATH}/null-2`, series())).toBe('- 500');
});

test('[K2] the properties of a series stay when null is sent, and go with {}', async () => {
  const { john } = world;
  const properties = async () => (await john.call('GET', `${PATH}/props/complete`)).value.properties;
  await john.call('PUT', `${PATH}/props`, series({}, { properties: { a: 'b' } }));
  await john.call('POST', `${PATH}/props`, series());
  expect(await properties()).toEqual({ a: 'b' });
  await john.call('POST', `${PATH}/props`, series({}, { properties: {} }));
  expect(await properties()).toEqual({});
});

test('[W1] status, priority and transparency get their defaults', async () => {
  const timed = await main({ priority: 12 });
  expect([timed.status, timed.priority, timed.transparency, timed.classification]).toEqual([
    'Confirmed',
    9,
    'Opaque',
    'Public',
  ]);
  expect((await main({ dtstart: day('2026-03-09'), dtend: null })).transparency).toBe('Transparent');
});

const ANN = { commonName: 'Somebody', mailto: 'ANN@acme.test' };

test('[W2] organiser and attendees stand only beside each other', async () => {
  expect((await main({ attendees: [ANN] })).attendees).toEqual([]);
  expect((await main({ organizer: { mailto: 'x@other.test' } })).organizer).toBeNull();
  const nobody = await main({ organizer: { mailto: 'nobody' }, attendees: [ANN] });
  expect([nobody.organizer, nobody.attendees]).toEqual([null, []]);
});

test('[W3] people of the directory are told as the directory tells them, once each, the organiser not among them', async () => {
  const found = await main({
    organizer: { mailto: 'john@acme.test', commonName: 'Johnny' },
    attendees: [
      ANN,
      { dir: `bm://${DOMAIN}/users/U2` },
      { mailto: 'john@acme.test' },
      { mailto: 'x@other.test', dir: 'bm://gone/users/x' },
    ],
  });
  expect(found.organizer).toEqual({
    uri: null,
    commonName: 'John Doe',
    mailto: 'john@acme.test',
    dir: `bm://${DOMAIN}/users/U1`,
  });
  expect(
    found.attendees?.map(({ mailto, dir, commonName, partStatus, role, internal }) => ({
      mailto,
      dir,
      commonName,
      partStatus,
      role,
      internal,
    })),
  ).toEqual([
    {
      mailto: 'ann@acme.test',
      dir: `bm://${DOMAIN}/users/U2`,
      commonName: 'Ann Doe',
      partStatus: 'NeedsAction',
      role: 'RequiredParticipant',
      internal: true,
    },
    {
      mailto: 'x@other.test',
      dir: null,
      commonName: null,
      partStatus: 'NeedsAction',
      role: 'RequiredParticipant',
      internal: false,
    },
  ]);
});

test('[W3] an attendee that points to a card is its person, unless the writer may not read that book', async () => {
  const card = {
    kind: 'individual',
    identification: { formatedName: { value: 'Zoe Card', parameters: [] } },
    communications: { emails: [{ value: 'zoe@other.test', parameters: [] }], tels: [], impps: [], langs: [] },
  };
  await world.john.call('PUT', '/addressbooks/book:Contacts_U1/zoe', card);
  const of = async (person: Person, calendar: string) => {
    const attendees = [{ uri: 'book:Contacts_U1/zoe' }];
    const organizer = { mailto: 'someone@other.test' };
    await person.call('PUT', `/calendars/${calendar}/with-card`, series({ organizer, attendees }));
    const found = await person.call('GET', `/calendars/${calendar}/with-card/complete`);
    return found.value.main.attendees.map(({ mailto }: { mailto: string | null }) => mailto);
  };
  expect(await of(world.john, 'calendar:Default:U1')).toEqual(['zoe@other.test']);
  expect(await of(world.ann, 'calendar:Default:U2')).toEqual([null]);
});

test('[W13] the text of an invited resource stands at the end of the description, once', async () => {
  const { kernel } = world.server;
  const ann = must(kernel.store.people.entry(DOMAIN, 'U2'));
  const emails = [{ address: 'hall@acme.test', isDefault: true, allAliases: false }];
  const hall = { ...ann, uid: 'hall', kind: 'RESOURCE', login: undefined, displayName: 'Hall', emails } as const;
  saveDirectoryEntry(kernel, { ...hall, settings: { template: '<p>Mind the step</p>' } });
  const event = { organizer: ANN, attendees: [{ mailto: 'hall@acme.test' }] };
  const first = await main({ ...event, description: '<p>Agenda</p>' });
  const text = '<p>Agenda</p><resourcetemplate id="hall"><p>Mind the step</p></resourcetemplate>';
  expect([first.description, first.attendees?.[0]?.cutype]).toEqual([text, 'Resource']);
  expect((await main({ ...event, description: text })).description).toBe(text);
});

test('[W4] an end is made where there is none, at the precision of the start', async () => {
  expect((await main({ dtend: null })).dtend).toEqual(paris('2026-03-09T09:00'));
  expect((await main({ dtstart: day('2026-03-09'), dtend: null })).dtend).toEqual(day('2026-03-10'));
  expect((await main({ dtstart: day('2026-03-09'), dtend: day('2026-03-09') })).dtend).toEqual(day('2026-03-10'));
  expect((await main({ dtstart: day('2026-03-09'), dtend: paris('2026-03-11T09:00') })).dtend).toEqual(
    day('2026-03-11'),
  );
});

test('[W5] exdates stand only beside a rule, all in the zone of the first', async () => {
  expect((await main({ exdate: [paris('2026-03-16T09:00')] })).exdate).toBeNull();
  const utc = { iso8601: '2026-03-23T08:00:00Z', timezone: 'UTC', precision: 'DateTime' } as const;
  const found = await main({ rrule: { frequency: 'WEEKLY' }, exdate: [paris('2026-03-16T09:00'), utc] });
  expect(found.exdate).toEqual([paris('2026-03-16T09:00'), paris('2026-03-23T09:00')]);
});

test('[W6] a weekly rule without weekdays takes that of the start; one without the start’s weekday moves the event', async () => {
  const plain = await main({ rrule: { frequency: 'WEEKLY' } });
  expect(plain.rrule?.byDay).toEqual([{ day: 'MO', offset: 0 }]);
  const moved = await main({
    dtstart: paris('2026-03-12T09:00'),
    dtend: paris('2026-03-12T10:00'),
    rrule: { frequency: 'WEEKLY', byDay: [{ day: 'FR' }, { day: 'TU' }] },
  });
  expect([moved.dtstart, moved.dtend]).toEqual([paris('2026-03-10T09:00'), paris('2026-03-10T10:00')]);
});

test('[W7] weekdays of a rule are sorted, once each, numbered only monthly and yearly', async () => {
  const weekly = await main({
    rrule: {
      frequency: 'WEEKLY',
      byDay: [
        { day: 'WE', offset: 2 },
        { day: 'MO', offset: 1 },
        { day: 'WE', offset: 0 },
      ],
    },
  });
  expect(weekly.rrule?.byDay).toEqual([
    { day: 'MO', offset: 0 },
    { day: 'WE', offset: 0 },
  ]);
  const monthly = await main({ rrule: { frequency: 'MONTHLY', byDay: [{ day: 'TU', offset: 2 }] } });
  expect(monthly.rrule?.byDay).toEqual([{ day: 'TU', offset: 2 }]);
});

test('[W8] alarms without a trigger go, a description is what stands in its body', async () => {
  const found = await main({
    alarm: [{ action: 'Display', trigger: -900 }, { action: 'Email' }],
    description: '<html><body class="x"><p>Agenda</p></body></html>',
  });
  expect([found.alarm?.length, found.description]).toEqual([1, '<p>Agenda</p>']);
});

test('[W9] a zone with the clock of the default one takes its name', async () => {
  const berlin = {
    iso8601: '2026-03-09T09:00:00.000+01:00',
    timezone: 'Europe/Berlin',
    precision: 'DateTime',
  } as const;
  const london = { iso8601: '2026-03-09T09:00:00.000Z', timezone: 'Europe/London', precision: 'DateTime' } as const;
  expect((await main({ dtstart: berlin, dtend: null })).dtstart).toEqual(paris('2026-03-09T09:00'));
  expect((await main({ dtstart: london, dtend: null })).dtstart?.timezone).toBe('Europe/London');
});

test('[W10] what is stored as cancelled never changes again', async () => {
  const { john } = world;
  const rrule = { frequency: 'WEEKLY' } as const;
  const occurrence = { ...event({ summary: 'Gone', status: 'Cancelled' }), recurid: paris('2026-03-16T09:00') };
  await john.call('PUT', `${PATH}/cancelled`, series({ rrule }, { occurrences: [occurrence] }));
  const back = { ...occurrence, summary: 'Back', status: 'Confirmed' };
  await john.call(
    'POST',
    `${PATH}/cancelled`,
    series({ rrule, status: 'Cancelled' }, { occurrences: [back as never] }),
  );
  await john.call('POST', `${PATH}/cancelled`, series({ rrule, summary: 'Changed' }, { occurrences: [back as never] }));
  const { value } = await john.call('GET', `${PATH}/cancelled/complete`);
  expect([value.main.summary, value.main.status, value.occurrences[0].summary]).toEqual(['Point', 'Cancelled', 'Gone']);
});

test('[W11] tags are kept on the main event only, with the label and colour of the tag, unknown ones not at all', async () => {
  const { john } = world;
  await john.call('PUT', '/tags/tags_U1/t1', { label: 'Work', color: 'ff0000' });
  const ref = { containerUid: 'tags_U1', itemUid: 't1', label: 'old', color: '000000' };
  const categories = [ref, { ...ref, itemUid: 'none' }];
  const found = await stored(
    series(
      { categories, rrule: { frequency: 'WEEKLY' } },
      { occurrences: [{ ...event({ categories }), recurid: paris('2026-03-16T09:00') }] },
    ),
  );
  expect(found.main?.categories).toEqual([{ ...ref, label: 'Work', color: 'ff0000' }]);
  expect(found.occurrences?.[0]?.categories).toEqual([]);
  expect(await refused(series({ categories: [{ itemUid: 't1' }] }))).toBe('- 500');
});

test('[W12] the expiry of attachments is not kept, and a draft that is sent is none any more', async () => {
  const { john } = world;
  const attachments = [{ name: 'a', publicUrl: 'https://x.test/a', expirationDate: 5, cid: null }];
  const found = await main({ attachments, draft: true });
  expect([found.attachments?.[0]?.expirationDate, found.draft]).toEqual([null, true]);
  await john.call('PUT', `${PATH}/sent?sendNotifications=true`, series({ draft: true }));
  expect((await john.call('GET', `${PATH}/sent/complete`)).value.main.draft).toBe(false);
});

test('[V16] writing needs Write, reading needs Read, free/busy is not enough', async () => {
  const { ann } = world;
  expect(await ann.refused('PUT', `${PATH}/x`, series())).toBe('PERMISSION_DENIED 403');
  expect(await ann.refused('GET', `${PATH}/_changeset?since=0`)).toBe('PERMISSION_DENIED 403');
});

test('[PV1] [PV2] who lacks ReadExtended sees private events blanked, and may save what he sees', async () => {
  const { john, ann } = world;
  const acl = '/containers/_manage/calendar:Default:U1/_acl';
  const before = await john.call('GET', acl);
  await john.call('PUT', `${PATH}/private`, series({ classification: 'Private', location: 'Here', summary: 'Secret' }));
  await john.call('PUT', acl, [...before, { subject: 'U2', verb: 'Write' }]);
  const seen = (await ann.call('GET', `${PATH}/private/complete`)).value;
  expect([seen.main.summary, seen.main.location, seen.main.dtstart]).toEqual([
    'Private',
    null,
    paris('2026-03-09T09:00'),
  ]);
  expect((await john.call('GET', `${PATH}/private/complete`)).value.main.summary).toBe('Secret');
  await ann.call('POST', `${PATH}/private`, seen);
  expect((await john.call('GET', `${PATH}/private/complete`)).value.main.summary).toBe('Private');
  await john.call('PUT', acl, before);
});
