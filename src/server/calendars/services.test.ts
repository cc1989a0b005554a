import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutboxMessage } from '../store/store.ts';
import { event, paris, series } from '../testing/events.ts';
import { ask } from '../testing/http.ts';
import { DOMAIN, openWorld, type World } from '../testing/world.ts';

const PATH = '/calendars/calendar:Default:U1';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sent = () =>
  world.server.kernel.store.outbox
    .all()
    .map(({ method, from, to, summary }: OutboxMessage) => `${method} ${from} > ${to.join(',')}: ${summary}`);

const MEETING = {
  organizer: { mailto: 'john@acme.test' },
  attendees: [{ mailto: 'ann@acme.test' }, { mailto: 'x@other.test' }],
};

test('[M1] [M2] [M3] the organiser’s copy would mail requests and cancellations, only when told to', async () => {
  const { john, server } = world;
  await john.call('PUT', `${PATH}/quiet`, series(MEETING));
  expect(sent()).toEqual([]);
  await john.call('PUT', `${PATH}/meeting?sendNotifications=true`, series(MEETING));
  const accepted = {
    ...MEETING,
    attendees: MEETING.attendees.map((one) => ({ ...one, partStatus: 'Accepted' as const })),
  };
  await john.call('POST', `${PATH}/meeting?sendNotifications=true`, series(accepted));
  const fewer = { ...MEETING, attendees: [{ mailto: 'ann@acme.test' }], summary: 'Changed' };
  await john.call('POST', `${PATH}/meeting?sendNotifications=true`, series(fewer));
  await john.call('DELETE', `${PATH}/meeting?sendNotifications=true`);
  expect(sent()).toEqual([
    'REQUEST john@acme.test > ann@acme.test,x@other.test: Point',
    'REQUEST john@acme.test > ann@acme.test: Changed',
    'CANCEL john@acme.test > x@other.test: Changed',
    'CANCEL john@acme.test > ann@acme.test: Changed',
  ]);
  server.kernel.store.outbox.clear();
});

test('[M4] an attendee’s copy would mail his answer, and decline when it is removed', async () => {
  const { ann, server } = world;
  const path = '/calendars/calendar:Default:U2';
  const copy = (partStatus: 'NeedsAction' | 'Tentative') =>
    series({ ...MEETING, attendees: [{ mailto: 'ann@acme.test', partStatus }] });
  await ann.call('PUT', `${path}/copy?sendNotifications=true`, copy('NeedsAction'));
  await ann.call('POST', `${path}/copy?sendNotifications=true`, copy('Tentative'));
  await ann.call('DELETE', `${path}/copy?sendNotifications=true`);
  expect(sent()).toEqual([
    'REPLY ann@acme.test > john@acme.test: Point',
    'REPLY ann@acme.test > john@acme.test: Point',
  ]);
  server.kernel.store.outbox.clear();
});

test('[M5] [M6] other calendars than the default one mail nothing, drafts are not cancelled', async () => {
  const { john } = world;
  const uid = 'calendar:UserCreated:quiet';
  await john.call('PUT', `/mgmt/calendars/${uid}`, { name: 'Quiet', owner: 'U1', domainUid: DOMAIN, settings: {} });
  await john.call('PUT', `/calendars/${uid}/a?sendNotifications=true`, series(MEETING));
  await john.call('PUT', `${PATH}/draft`, series({ ...MEETING, draft: true }));
  await john.call('DELETE', `${PATH}/draft?sendNotifications=true`);
  expect(sent()).toEqual([]);
});

test('[Q1] [Q2] [Q3] a search looks at texts, at the window, at the answer of somebody', async () => {
  const { john } = world;
  const uid = 'calendar:UserCreated:search';
  await john.call('PUT', `/mgmt/calendars/${uid}`, { name: 'Search', owner: 'U1', domainUid: DOMAIN, settings: {} });
  const path = `/calendars/${uid}`;
  const answered = { mailto: 'ann@acme.test', partStatus: 'Tentative' as const };
  await john.call('PUT', `${path}/march`, series({ summary: 'Budget', ...MEETING, attendees: [answered] }));
  await john.call('PUT', `${path}/weekly`, series({ summary: 'Weekly', rrule: { frequency: 'WEEKLY' } }));
  const may = { dtstart: paris('2026-05-04T09:00', '+02:00'), dtend: paris('2026-05-04T10:00', '+02:00') };
  await john.call('PUT', `${path}/may`, series({ summary: 'Budget of May', ...may }));
  const found = async (query: object) =>
    (await john.call('POST', `${path}/_search`, query)).values.map((item: { uid: string }) => item.uid);
  expect(await found({ query: 'value.main.summary:budget' })).toEqual(['march', 'may']);
  expect(
    await found({ dateMin: paris('2026-04-10T00:00', '+02:00'), dateMax: paris('2026-06-01T00:00', '+02:00') }),
  ).toEqual(['weekly', 'may']);
  const dir = `bm://${DOMAIN}/users/U2`;
  expect(await found({ attendee: { dir, partStatus: 'Tentative' } })).toEqual(['march']);
  const paged = await john.call('POST', `${path}/_search`, { from: 1, size: 1 });
  expect([paged.total, paged.values.length]).toEqual([3, 1]);
  const across = await john.call('POST', '/calendars/_search', {
    containers: [uid, 'none'],
    eventQuery: { query: 'weekly' },
  });
  expect(across.map((item: { containerUid: string; uid: string }) => [item.containerUid, item.uid])).toEqual([
    [uid, 'weekly'],
  ]);
});

test('[Q4] who sees private events blanked does not find them by what they say', async () => {
  const { john, ann } = world;
  await john.call('PUT', `${PATH}/hidden`, series({ summary: 'Surgery', classification: 'Confidential' }));
  const acl = '/containers/_manage/calendar:Default:U1/_acl';
  const before = await john.call('GET', acl);
  await john.call('PUT', acl, [...before, { subject: 'U2', verb: 'Read' }]);
  expect((await ann.call('POST', `${PATH}/_search`, { query: 'surgery' })).total).toBe(0);
  expect((await john.call('POST', `${PATH}/_search`, { query: 'surgery' })).total).toBe(1);
  await john.call('PUT', acl, before);
});

test('[CS1] [CS2] [CS3] the settings of a calendar are null until they are set, and then all needed', async () => {
  const { john } = world;
  const path = `${PATH}/_config`;
  const unset = { workingDays: null, minDuration: null, dayStart: null, dayEnd: null, timezoneId: null };
  expect(await john.call('GET', path)).toEqual(unset);
  const wanted = { workingDays: ['MO', 'TU'], dayStart: 30_600_000, dayEnd: 64_800_000, timezoneId: 'Europe/Paris' };
  expect(await john.refused('POST', path, { ...wanted, dayEnd: null, minDuration: 60 })).toBe('INVALID_PARAMETER 500');
  expect(await john.refused('POST', path, wanted)).toBe('- 500');
  await john.call('POST', path, { ...wanted, minDuration: 60 });
  expect(await john.call('GET', path)).toEqual({ ...wanted, minDuration: 60 });
  expect(await john.call('GET', '/containers/_manage/calendar:Default:U1/_settings')).toEqual({
    'calendar.workingDays': 'MO,TU',
    'calendar.minDuration': '60',
    'calendar.dayStart': '08:30',
    'calendar.dayEnd': '18:00',
    'calendar.timezone': 'Europe/Paris',
  });
});

test('[C2] [C3] [C5] a calendar is created without a subscription, for oneself, and removed by its owner, loudly when unknown', async () => {
  const { john, ann } = world;
  const path = '/mgmt/calendars/calendar:UserCreated:mine';
  const wanted = { name: 'Mine', owner: 'U1', domainUid: DOMAIN, settings: {} };
  expect(await ann.refused('PUT', path, wanted)).toBe('PERMISSION_DENIED 403');
  await john.call('PUT', path, wanted);
  const subscribed = await john.call('GET', `/users/${DOMAIN}/subscriptions/U1?type=calendar`);
  expect(subscribed.map((one: { containerUid: string }) => one.containerUid)).toEqual(['calendar:Default:U1']);
  expect(await john.refused('POST', path, { ...wanted, owner: 'U2' })).toBe('INVALID_PARAMETER 500');
  expect(await ann.refused('DELETE', path)).toBe('PERMISSION_DENIED 403');
  await john.call('DELETE', path);
  expect(await john.refused('DELETE', path)).toBe('NOT_FOUND 404');
  expect((await john.raw('DELETE', '/containers/_manage/never')).status).toBe(200);
});

test('[CT1] pending proposals are listed', async () => {
  const { john } = world;
  const counter = {
    originator: { commonName: 'Ann', email: 'ann@acme.test' },
    counter: { ...event({ dtstart: paris('2026-03-09T11:00'), dtend: paris('2026-03-09T12:00') }), recurid: null },
  };
  await john.call('PUT', `${PATH}/countered`, series({}, { counters: [counter] }));
  const { values } = await john.call('GET', `${PATH}/_search_counters`);
  expect(values.map((item: { uid: string }) => item.uid)).toEqual(['countered']);
});

test('[AT1] [AT2] [AT3] files are shared under an address, fetched without a session, as a file to keep', async () => {
  const { john, ann } = world;
  const path = `/attachment/${DOMAIN}`;
  const share = async (call: string) =>
    JSON.parse((await john.raw('PUT', `${path}/${call}`, { body: 'hello' })).text) as {
      publicUrl: string;
      name: string;
    };
  const file = await share('agenda%20%C3%A9.txt/share');
  expect(file.name).toBe('agenda é.txt');
  const read = await ask({ method: 'GET', url: file.publicUrl });
  expect([read.text, read.headers['content-type'], read.headers['content-disposition']]).toEqual([
    'hello',
    'application/octet-stream',
    "attachment; filename*=UTF-8''agenda%20%C3%A9.txt",
  ]);
  expect(await ann.refused('DELETE', `${path}/${encodeURIComponent(file.publicUrl)}/unshare`)).toBe('NOT_FOUND 404');
  expect((await share('txt/share_dedup')).publicUrl).toBe(file.publicUrl);
  await john.call('DELETE', `${path}/${encodeURIComponent(file.publicUrl)}/unshare`);
  expect((await ask({ method: 'GET', url: file.publicUrl })).status).toBe(404);
});
