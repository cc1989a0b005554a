import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Slot } from '../../wire/freebusy.ts';
import { day, event, paris, series } from '../testing/events.ts';
import { ask } from '../testing/http.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const CALENDAR = '/calendars/calendar:Default:U1';
beforeAll(async () => {
  world = await openWorld();
  const { john } = world;
  await john.call('PUT', `${CALENDAR}/plain`, series());
  await john.call('PUT', `${CALENDAR}/maybe`, series({ summary: 'Maybe', status: 'Tentative' }));
  await john.call('PUT', `${CALENDAR}/free`, series({ summary: 'Free', transparency: 'Transparent' }));
  await john.call('PUT', `${CALENDAR}/secret`, series({ summary: 'Secret', classification: 'Private' }));
  const declined = { mailto: 'john@acme.test', partStatus: 'Declined' } as const;
  await john.call(
    'PUT',
    `${CALENDAR}/declined`,
    series({ summary: 'No', organizer: { mailto: 'ann@acme.test' }, attendees: [declined] }),
  );
});
afterAll(() => world.close());

const WINDOW = {
  dtstart: paris('2026-03-09T00:00'),
  dtend: paris('2026-03-10T00:00'),
  excludedEvents: [],
  withOOFSlots: false,
};

const kinds = (slots: readonly Slot[]) => slots.map((slot) => `${slot.type} ${slot.summary}`).sort();

test('[FB1] [FB2] events count by transparency and status, not when they were declined', async () => {
  const { slots } = await world.john.call('POST', '/calendars/vfreebusy/freebusy:U1', WINDOW);
  expect(kinds(slots)).toEqual(['BUSY Point', 'BUSY Secret', 'BUSYTENTATIVE Maybe', 'FREE Free']);
  expect(slots[0].dtstart).toEqual({ iso8601: '2026-03-09T08:00:00.000Z', timezone: 'UTC', precision: 'DateTime' });
});

test('[FB3] excluded events do not count, and a null list is a bare fault', async () => {
  const asked = { ...WINDOW, excludedEvents: ['plain', 'free', 'secret'] };
  const { slots } = await world.john.call('POST', '/calendars/vfreebusy/freebusy:U1', asked);
  expect(kinds(slots)).toEqual(['BUSYTENTATIVE Maybe']);
  const broken = { ...WINDOW, excludedEvents: null };
  expect(await world.john.refused('POST', '/calendars/vfreebusy/freebusy:U1', broken)).toBe('- 500');
});

test('[FB4] summaries are blank without Read, and filtered without All', async () => {
  const { john, ann } = world;
  const blank = await ann.call('POST', '/calendars/vfreebusy/freebusy:U1', WINDOW);
  expect(kinds(blank.slots)).toEqual(['BUSY null', 'BUSY null', 'BUSYTENTATIVE null', 'FREE null']);
  const acl = '/containers/_manage/calendar:Default:U1/_acl';
  const before = await john.call('GET', acl);
  await john.call('PUT', acl, [...before, { subject: 'U2', verb: 'Read' }]);
  const read = await ann.call('POST', '/calendars/vfreebusy/freebusy:U1', WINDOW);
  expect(kinds(read.slots)).toEqual(['BUSY Point', 'BUSY Private', 'BUSYTENTATIVE Maybe', 'FREE Free']);
  await john.call('PUT', acl, before);
});

test('[FB5] times outside working hours are unavailable', async () => {
  const asked = { ...WINDOW, withOOFSlots: true, excludedEvents: ['plain', 'maybe', 'free', 'secret'] };
  const { slots } = await world.john.call('POST', '/calendars/vfreebusy/freebusy:U1', asked);
  expect(slots.map((slot: Slot) => [slot.type, slot.dtstart?.iso8601, slot.dtend?.iso8601])).toEqual([
    ['BUSYUNAVAILABLE', '2026-03-08T23:00:00.000Z', '2026-03-09T07:00:00.000Z'],
    ['BUSYUNAVAILABLE', '2026-03-09T17:00:00.000Z', '2026-03-09T23:00:00.000Z'],
  ]);
});

test('[FB6] series are expanded: removed and moved occurrences, over a change of the clocks', async () => {
  const uid = 'calendar:UserCreated:fb';
  await world.john.call('PUT', `/mgmt/calendars/${uid}`, {
    name: 'More',
    owner: 'U1',
    domainUid: 'acme.test',
    settings: {},
  });
  await world.john.call('PUT', `/mgmt/freebusy/freebusy:U1/${uid}`);
  expect(await world.john.call('GET', '/mgmt/freebusy/freebusy:U1')).toEqual([uid]);
  const moved = {
    ...event({ dtstart: paris('2026-03-24T14:00'), dtend: paris('2026-03-24T15:00'), summary: 'Moved' }),
  };
  await world.john.call(
    'PUT',
    `/calendars/${uid}/weekly`,
    series(
      { rrule: { frequency: 'WEEKLY' }, exdate: [paris('2026-03-16T09:00')], summary: 'Weekly' },
      { occurrences: [{ ...moved, recurid: paris('2026-03-23T09:00') }] },
    ),
  );
  const asked = {
    ...WINDOW,
    dtstart: paris('2026-03-15T00:00'),
    dtend: paris('2026-04-01T00:00', '+02:00'),
  };
  const { slots } = await world.john.call('POST', '/calendars/vfreebusy/freebusy:U1', asked);
  expect(slots.map((slot: Slot) => [slot.summary, slot.dtstart?.iso8601])).toEqual([
    ['Moved', '2026-03-24T13:00:00.000Z'],
    ['Weekly', '2026-03-30T07:00:00.000Z'],
  ]);
});

test('[FB7] anybody may ask by mail address, and gets a text without titles', async () => {
  const answer = await ask({ method: 'GET', url: `${world.server.url}/api/calendars/sfreebusy/john@acme.test` });
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/calendar;charset=UTF-8']);
  expect(answer.text).toContain('FREEBUSY;FBTYPE=BUSY:20260309T080000Z/20260309T090000Z');
  expect(answer.text).not.toContain('Point');
});

test('[PB1] [PB2] [PB3] [PB4] a calendar is published under a token, non-public events blanked unless private, until it ends', async () => {
  const { john, ann } = world;
  const path = '/calendars/publish/calendar:Default:U1';
  expect(await ann.refused('PUT', `${path}/_generate/PUBLIC`)).toBe('PERMISSION_DENIED 403');
  const open: string = await john.call('PUT', `${path}/_generate/PUBLIC`);
  const secret: string = await john.call('PUT', `${path}/_create/PRIVATE?token=token-1234`);
  expect(secret).toBe(
    `${world.server.url}/api/calendars/publish/calendar%3ADefault%3AU1/x-calendar-private-token-1234`,
  );
  const read = async (url: string) => (await ask({ method: 'GET', url })).text;
  expect(await read(open)).toContain('X-WR-CALNAME:John Doe');
  expect(await read(open)).not.toMatch(/Secret|SUMMARY:No/);
  expect(await read(secret)).toContain('Secret');
  expect(await john.call('GET', `${path}/generated/PRIVATE`)).toEqual([secret]);
  await john.call('POST', `${path}/_disable`, secret);
  expect((await ask({ method: 'GET', url: secret })).status).toBe(404);
});

test('[VW1] [VW2] a new user has a default view, and one view is the default one', async () => {
  const { john } = world;
  const path = '/users/acme.test/U1/calendar-views';
  expect((await john.call('GET', `${path}/default`)).value).toEqual({
    label: 'default',
    type: 'WEEK',
    isDefault: true,
    calendars: ['calendar:Default:U1'],
  });
  await john.call('PUT', '/calendars/view/calendarview:U1/month', { label: 'Month', type: 'MONTH' });
  await john.call('POST', `${path}/month/_asdefault`);
  const { values } = await john.call('GET', `${path}/_list`);
  expect(
    values.map((view: { uid: string; value: { isDefault: boolean } }) => [view.uid, view.value.isDefault]),
  ).toEqual([
    ['default', false],
    ['month', true],
  ]);
});

test('[FB8] an all-day event counts by the days of its calendar’s zone', async () => {
  await world.john.call(
    'PUT',
    `${CALENDAR}/day`,
    series({ dtstart: day('2026-05-04'), dtend: null, transparency: 'Opaque' }),
  );
  const asked = { ...WINDOW, dtstart: paris('2026-05-03T00:00', '+02:00'), dtend: paris('2026-05-06T00:00', '+02:00') };
  const { slots } = await world.john.call('POST', '/calendars/vfreebusy/freebusy:U1', {
    ...asked,
    excludedEvents: ['weekly'],
  });
  expect(slots.map((slot: Slot) => [slot.dtstart?.iso8601, slot.dtend?.iso8601])).toEqual([
    ['2026-05-03T22:00:00.000Z', '2026-05-04T22:00:00.000Z'],
  ]);
});
