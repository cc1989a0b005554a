import assert from 'node:assert/strict';
import { type Check, checkWithOther } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { Place } from '../place.ts';
import { series } from '../values.ts';

const SECRET = { summary: 'Secret', classification: 'Private', location: 'Nowhere' } as const;

/** Gives the second person a right on the calendar while `work` runs. */
async function withRight(place: Place, other: Connection, verb: string, work: () => Promise<void>): Promise<void> {
  const acl = `/containers/_manage/${encodeURIComponent(place.calendarUid)}/_acl`;
  const before = await place.me.call('GET', acl);
  await place.me.call('PUT', acl, [...before, { subject: other.uid, verb }]);
  try {
    await work();
  } finally {
    await place.me.call('PUT', acl, before);
  }
}

/** What a second person may see and do. @source fact sheet 2.5 and 4.7 */
export const sharing: readonly Check[] = [
  checkWithOther('VB1', 'Read reads, and does not write', async (place, other) => {
    await withRight(place, other, 'Read', async () => {
      assert.equal(await other.outcome('GET', `${place.calendar}/_changeset?since=0`), 'fine 200');
      assert.equal(await other.outcome('PUT', `${place.calendar}/${place.fresh()}`, series()), 'PERMISSION_DENIED 403');
    });
  }),
  checkWithOther('VB1', 'Freebusy does not read', async (place, other) => {
    await withRight(place, other, 'Freebusy', async () => {
      assert.equal(await other.outcome('GET', `${place.calendar}/_changeset?since=0`), 'PERMISSION_DENIED 403');
    });
  }),
  checkWithOther('PV1', 'private events are blanked without ReadExtended', async (place, other) => {
    const uid = place.fresh();
    await place.me.call('PUT', `${place.calendar}/${uid}`, series(SECRET));
    const seen = async () => (await other.call('GET', `${place.calendar}/${uid}/complete`)).value.main;
    await withRight(place, other, 'Read', async () => {
      const { summary, location, dtstart } = await seen();
      assert.deepEqual([summary, location, dtstart.timezone], ['Private', null, 'Europe/Paris']);
    });
    await withRight(place, other, 'ReadExtended', async () => {
      assert.equal((await seen()).summary, 'Secret');
    });
  }),
  checkWithOther('PV2', 'the trap: Write alone may save the blanked copy', async (place, other) => {
    const uid = place.fresh();
    await place.me.call('PUT', `${place.calendar}/${uid}`, series(SECRET));
    await withRight(place, other, 'Write', async () => {
      const { value } = await other.call('GET', `${place.calendar}/${uid}/complete`);
      assert.equal(await other.outcome('POST', `${place.calendar}/${uid}`, value), 'fine 200');
    });
    assert.equal((await place.me.call('GET', `${place.calendar}/${uid}/complete`)).value.main.summary, 'Private');
  }),
];
