import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import type { Place } from '../place.ts';
import { series } from '../values.ts';

const vevent = ({ calendar }: Place) => calendar.replace('/calendars/', '/calendars/vevent/');
const OCTETS = { 'content-type': 'application/octet-stream', accept: 'application/json' } as const;

async function imported(place: Place, text: string) {
  const answer = await place.me.raw('PUT', vevent(place), { headers: OCTETS, body: text });
  assert.equal(answer.status, 200, answer.text);
  return place.me.task(JSON.parse(answer.text));
}

const ics = (uid: string, lines: readonly string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//conformance//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260301T000000Z',
    'DTSTART:20260309T080000Z',
    'DTEND:20260309T090000Z',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

/** Calendars and cards as texts, free/busy and publishing. @source fact sheet 4.1, 5.1 and 7 */
export const texts: readonly Check[] = [
  check('I1', 'an import is a task, and merges on the ICS uid', async (place) => {
    const uid = place.fresh();
    const first = await imported(place, ics(uid, ['SUMMARY:First', 'LAST-MODIFIED:20260301T000000Z']));
    assert.deepEqual([first.state, first.result.total], ['Success', 1]);
    const second = await imported(place, ics(uid, ['SUMMARY:Second', 'LAST-MODIFIED:20260302T000000Z']));
    assert.equal(second.state, 'Success');
    const [item, ...more] = await place.me.call('GET', `${place.calendar}/_icsuid/${encodeURIComponent(uid)}`);
    assert.deepEqual([item.value.main.summary, more], ['Second', []]);
  }),
  check('R4', 'an event is exported as iCalendar', async (place) => {
    const uid = place.fresh();
    await place.me.call('PUT', `${place.calendar}/${uid}`, series({ summary: 'Exported' }));
    const answer = await place.me.raw('GET', `${vevent(place)}/${uid}`, { headers: { accept: 'text/calendar' } });
    assert.match(answer.text, /BEGIN:VEVENT[\s\S]*SUMMARY:Exported/);
    assert.match((await place.me.raw('GET', vevent(place))).text, /^BEGIN:VCALENDAR[\s\S]*SUMMARY:Exported/);
  }),
  check('VC1', 'cards are imported by a task, under the uid of the text', async ({ me, book, fresh }) => {
    const uid = fresh();
    const vcf = ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, 'FN:Imported', 'N:Imported;;;;', 'END:VCARD', ''].join(
      '\r\n',
    );
    const path = book.replace('/addressbooks/', '/addressbooks/vcards/');
    const { state } = await me.task(await me.call('PUT', path, vcf));
    assert.equal(state, 'Success');
    assert.equal((await me.call('GET', `${book}/${uid}/complete`)).displayName, 'Imported');
    const all = await me.raw('GET', path);
    assert.match(all.text, /BEGIN:VCARD[\s\S]*VERSION:3.0[\s\S]*FN:Imported/);
  }),
  check('PB1', 'a published calendar is read by its address alone, until it is disabled', async (place) => {
    const { me, calendar, fresh } = place;
    await me.call('PUT', `${calendar}/${fresh()}`, series({ summary: 'Open' }));
    await me.call('PUT', `${calendar}/${fresh()}`, series({ summary: 'Secret', classification: 'Private' }));
    const path = calendar.replace('/calendars/', '/calendars/publish/');
    const url = await me.call('PUT', `${path}/_generate/PUBLIC`);
    const token = url.slice(url.lastIndexOf('/') + 1);
    assert.match(token, /^x-calendar-public-/);
    const read = () => me.raw('GET', `${path}/${token}`, { anonymous: true });
    const { text } = await read();
    assert.ok(text.includes('SUMMARY:Open') && !text.includes('Secret'));
    assert.ok((await me.call('GET', `${path}/generated/PUBLIC`)).includes(url));
    await me.call('POST', `${path}/_disable`, url);
    assert.ok((await read()).status >= 400);
  }),
  check('CS1', 'calendar settings are null until they are set', async ({ me, calendar }) => {
    const before = await me.call('GET', `${calendar}/_config`);
    assert.deepEqual([before.workingDays ?? [], before.timezoneId ?? null], [[], null]);
    assert.equal(await me.outcome('POST', `${calendar}/_config`, { workingDays: ['MO'] }), 'INVALID_PARAMETER 500');
    const wanted = {
      workingDays: ['MO', 'TU'],
      dayStart: 28_800_000,
      dayEnd: 64_800_000,
      minDuration: 60,
      timezoneId: 'Europe/Paris',
    };
    await me.call('POST', `${calendar}/_config`, wanted);
    assert.deepEqual(await me.call('GET', `${calendar}/_config`), wanted);
  }),
  check('VW1', 'a view is kept, listed and removed', async ({ me, calendarUid, fresh, later }) => {
    const path = `/users/${me.domain}/${me.uid}/calendar-views`;
    const uid = fresh();
    later(() => me.outcome('DELETE', `${path}/${uid}`));
    await me.call('PUT', `${path}/${uid}`, {
      label: 'conformance',
      type: 'WEEK',
      isDefault: false,
      calendars: [calendarUid],
    });
    const [view] = await me.call('POST', `${path}/_mget`, [uid]);
    assert.deepEqual([view.value.label, view.value.calendars], ['conformance', [calendarUid]]);
  }),
];
