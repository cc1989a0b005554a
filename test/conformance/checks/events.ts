import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import type { Place } from '../place.ts';
import { day, paris, series } from '../values.ts';

/** Stores a series and reads it back. */
async function stored({ me, calendar, fresh }: Place, value: object) {
  const uid = fresh();
  await me.call('PUT', `${calendar}/${uid}`, value);
  return me.call('GET', `${calendar}/${uid}/complete`);
}

const refused = (rule: string, says: string, value: object | null, outcome: string): Check =>
  check(rule, says, async ({ me, calendar, fresh }) => {
    assert.equal(await me.outcome('PUT', `${calendar}/${fresh()}`, value), outcome);
  });

const main = async (place: Place, change: object) => (await stored(place, series(change))).value.main;
const someone = { commonName: 'Some One', mailto: 'some.one@nowhere.test' };
const weekly = (days: readonly string[], more: object = {}) => ({
  frequency: 'WEEKLY',
  interval: 1,
  byDay: days.map((code) => ({ day: code, offset: 0 })),
  ...more,
});

/** What is refused, with its code. @source fact sheet 10.1 */
const refusals: readonly Check[] = [
  refused('V1', 'neither main event nor occurrences: EVENT_ERROR', series({}, { main: null }), 'EVENT_ERROR 500'),
  refused('V2', 'no start: NO_EVENT_DATE', series({ dtstart: null }), 'NO_EVENT_DATE 500'),
  refused(
    'V4',
    'an end before the start: EVENT_ERROR',
    series({ dtend: paris('2026-03-09T08:00') }),
    'EVENT_ERROR 500',
  ),
  refused('V5', 'a rule without frequency: EVENT_ERROR', series({ rrule: { interval: 1 } }), 'EVENT_ERROR 500'),
  refused(
    'V6',
    'a rule that ends before the start',
    series({ rrule: weekly(['MO'], { until: paris('2026-03-01T09:00') }) }),
    'EVENT_ENDREPEAT_PRIOR_TO_EVENT_DATE 500',
  ),
  refused('V7', 'a weekday that is none', series({ rrule: weekly(['XX']) }), 'EVENT_WEEKDAY_INVALID 500'),
  refused(
    'V8',
    'a negative day of the month: EVENT_ERROR',
    series({ rrule: { frequency: 'MONTHLY', interval: 1, byMonthDay: [-1] } }),
    'EVENT_ERROR 500',
  ),
  refused('V9', 'an empty title', series({ summary: '' }), 'EMPTY_EVENT_TITLE 500'),
  refused(
    'V10',
    'two occurrences of one recurid',
    series(
      { rrule: weekly(['MO']) },
      { occurrences: [1, 2].map(() => ({ ...series(), ...occurrence('2026-03-16T09:00') })) },
    ),
    'EVENT_DUPLICATED_RECURID 500',
  ),
  refused(
    'V11',
    'an attachment without address',
    series({ attachments: [{ name: 'x', publicUrl: null }] }),
    'EMPTY_EVENT_ATTACHMENT_VALUE 500',
  ),
  refused(
    'D3',
    'a day with a time zone: INVALID_PARAMETER',
    series({ dtstart: { iso8601: '2026-03-09', timezone: 'Europe/Paris', precision: 'Date' } }),
    'INVALID_PARAMETER 500',
  ),
  refused(
    'D4',
    'an offset that is not the zone’s: INVALID_PARAMETER',
    series({ dtstart: paris('2026-03-09T09:00', '+05:00') }),
    'INVALID_PARAMETER 500',
  ),
  check('V14', 'a changed icsUid: INVALID_PARAMETER', async (place) => {
    const { uid } = await stored(place, series());
    const outcome = await place.me.outcome('POST', `${place.calendar}/${uid}`, series({}, { icsUid: 'another' }));
    assert.equal(outcome, 'INVALID_PARAMETER 500');
  }),
  check('V15', 'creating what exists, changing what does not', async (place) => {
    const { uid } = await stored(place, series());
    assert.equal(await place.me.outcome('PUT', `${place.calendar}/${uid}`, series()), 'ALREADY_EXISTS 500');
    assert.equal(await place.me.outcome('POST', `${place.calendar}/${place.fresh()}`, series()), 'NOT_FOUND 404');
    assert.equal(await place.me.outcome('DELETE', `${place.calendar}/${place.fresh()}`), 'NOT_FOUND 404');
  }),
  check('N1', 'occurrences null on an update is a bare fault', async (place) => {
    const { uid } = await stored(place, series());
    const outcome = await place.me.outcome('POST', `${place.calendar}/${uid}`, series({}, { occurrences: null }));
    assert.equal(outcome, '- 500');
  }),
];

/** What is stored otherwise than it was sent. @source fact sheet 4.3 to 4.6 and 10.2 */
const rewriting: readonly Check[] = [
  check('K1', 'the icsUid starts as the uid, and is found in any case', async (place) => {
    const { uid, value } = await stored(place, series());
    assert.equal(value.icsUid, uid);
    const found = await place.me.call('GET', `${place.calendar}/_icsuid/${uid.toUpperCase()}`);
    assert.equal(found[0].uid, uid);
  }),
  check('K2', 'properties null keeps the map, {} clears it', async (place) => {
    const { uid } = await stored(place, series({}, { properties: { one: '1' } }));
    const path = `${place.calendar}/${uid}`;
    await place.me.call('POST', path, series({}, { properties: null }));
    assert.deepEqual((await place.me.call('GET', `${path}/complete`)).value.properties, { one: '1' });
    await place.me.call('POST', path, series({}, { properties: {} }));
    assert.deepEqual((await place.me.call('GET', `${path}/complete`)).value.properties, {});
  }),
  check('W1', 'status, transparency and priority have their defaults', async (place) => {
    const told = await main(place, { status: null, transparency: null, priority: 40 });
    assert.deepEqual([told.status, told.transparency, told.priority], ['Confirmed', 'Opaque', 9]);
    const allDay = await main(place, { dtstart: day('2026-03-09'), dtend: day('2026-03-10'), transparency: null });
    assert.equal(allDay.transparency, 'Transparent');
  }),
  check('W2', 'attendees without organiser go, an organiser without attendees too', async (place) => {
    assert.deepEqual((await main(place, { attendees: [someone] })).attendees, []);
    assert.equal((await main(place, { organizer: someone })).organizer, null);
  }),
  check('W3', 'people of the directory are told as it tells them; roles and states have defaults', async (place) => {
    const dir = `bm://${place.me.domain}/users/${place.me.uid}`;
    const told = await main(place, { organizer: { commonName: 'Wrong', dir }, attendees: [someone] });
    assert.equal(told.organizer.commonName, place.me.login.authUser.displayName);
    assert.deepEqual([told.attendees[0].partStatus, told.attendees[0].role], ['NeedsAction', 'RequiredParticipant']);
  }),
  check('W4', 'an end is made, and follows the precision of the start', async (place) => {
    assert.deepEqual((await main(place, { dtend: null })).dtend, paris('2026-03-09T09:00'));
    assert.deepEqual((await main(place, { dtstart: day('2026-03-09'), dtend: null })).dtend, day('2026-03-10'));
    const same = await main(place, { dtstart: day('2026-03-09'), dtend: day('2026-03-09') });
    assert.deepEqual(same.dtend, day('2026-03-10'));
  }),
  check('W5', 'exdates stand only beside a rule', async (place) => {
    assert.deepEqual((await main(place, { exdate: [paris('2026-03-16T09:00')] })).exdate ?? [], []);
  }),
  check('W6', 'a weekly rule without the start’s weekday moves the event', async (place) => {
    const bare = await main(place, { rrule: { frequency: 'WEEKLY', interval: 1 } });
    assert.deepEqual(bare.rrule.byDay, [{ day: 'MO', offset: 0 }]);
    const moved = await main(place, { rrule: weekly(['TH', 'TU']) });
    assert.deepEqual(moved.dtstart, paris('2026-03-10T09:00'));
    assert.deepEqual(moved.dtend, paris('2026-03-10T10:00'));
  }),
  check('W7', 'weekdays once each, in order', async (place) => {
    const told = await main(place, { rrule: weekly(['WE', 'MO', 'WE']) });
    assert.deepEqual(
      told.rrule.byDay.map(({ day: code }: { day: string }) => code),
      ['MO', 'WE'],
    );
  }),
  check('W8', 'a description is the inside of its body; alarms without trigger go', async (place) => {
    const told = await main(place, {
      description: '<html><body><p>Hello</p></body></html>',
      alarm: [
        { action: 'Display', trigger: null },
        { action: 'Display', trigger: -900 },
      ],
    });
    assert.equal(told.description, '<p>Hello</p>');
    assert.deepEqual(
      told.alarm.map(({ trigger }: { trigger: number }) => trigger),
      [-900],
    );
  }),
  check('W10', 'what is stored as Cancelled never changes again', async (place) => {
    const { uid } = await stored(place, series({ status: 'Cancelled' }));
    await place.me.call('POST', `${place.calendar}/${uid}`, series({ summary: 'Revived', status: 'Confirmed' }));
    const told = (await place.me.call('GET', `${place.calendar}/${uid}/complete`)).value.main;
    assert.deepEqual([told.status, told.summary], ['Cancelled', 'Point']);
  }),
  check('W11', 'unknown tags go; known ones are told as they are called', async (place) => {
    const { me, tags, fresh, later } = place;
    const itemUid = fresh();
    await me.call('PUT', `${tags}/${itemUid}`, { label: 'conformance', color: '3d98ff' });
    later(() => me.outcome('DELETE', `${tags}/${itemUid}`));
    const containerUid = `tags_${me.uid}`;
    const told = await main(place, {
      categories: [
        { containerUid, itemUid, label: 'wrong', color: '000000' },
        { containerUid, itemUid: fresh(), label: 'unknown', color: '000000' },
      ],
    });
    assert.deepEqual(
      told.categories.map(({ label }: { label: string }) => label),
      ['conformance'],
    );
  }),
  check('W12', 'the expiry of attachments is not kept', async (place) => {
    const file = { name: 'a.txt', publicUrl: 'https://files.test/a.txt', expirationDate: 1_900_000_000_000 };
    assert.equal((await main(place, { attachments: [file] })).attachments[0].expirationDate ?? null, null);
  }),
  check('W5', 'exceptions are complete events of their own', async (place) => {
    const moved = occurrence('2026-03-16T09:00', {
      summary: 'Moved',
      dtstart: paris('2026-03-16T14:00'),
      dtend: paris('2026-03-16T15:00'),
    });
    const { value } = await stored(
      place,
      series({ rrule: weekly(['MO']), exdate: [paris('2026-03-23T09:00')] }, { occurrences: [moved] }),
    );
    assert.deepEqual(
      [value.occurrences[0].summary, value.occurrences[0].recurid],
      ['Moved', paris('2026-03-16T09:00')],
    );
    assert.deepEqual(value.main.exdate, [paris('2026-03-23T09:00')]);
  }),
];

function occurrence(recurid: string, change: object = {}): object {
  return { ...(series(change) as { main: object }).main, recurid: paris(recurid) };
}

/** Searches. @source fact sheet 4.1 */
const searches: readonly Check[] = [
  check('Q1', 'a search finds by title', async (place) => {
    const word = `needle${place.fresh().slice(0, 8)}`;
    const { uid } = await stored(place, series({ summary: `a ${word} here` }));
    // The index of the original follows a write after a moment.
    for (let attempt = 0; ; attempt++) {
      const told = await place.me.call('POST', `${place.calendar}/_search`, {
        query: `value.main.summary:${word} OR ${word}`,
        from: 0,
        size: 10,
      });
      if (told.total > 0 || attempt === 20) {
        assert.deepEqual(
          told.values.map((item: { uid: string }) => item.uid),
          [uid],
        );
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }),
];

export const events: readonly Check[] = [...refusals, ...rewriting, ...searches];
