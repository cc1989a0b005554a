import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import { paris } from '../values.ts';

/** Tasks, notes, tags. @source fact sheet 8 */
export const lists: readonly Check[] = [
  check('TD2', 'a task without a title gets one', async ({ me, list, fresh }) => {
    const uid = fresh();
    await me.call('PUT', `${list}/${uid}`, { summary: '', due: paris('2026-03-09T09:00') });
    assert.equal((await me.call('GET', `${list}/${uid}/complete`)).value.summary, '(New Todo)');
  }),
  check('TD3', 'percent is brought within 0 and 100', async ({ me, list, fresh }) => {
    const uid = fresh();
    await me.call('PUT', `${list}/${uid}`, { summary: 'Write', percent: 140 });
    assert.equal((await me.call('GET', `${list}/${uid}/complete`)).value.percent, 100);
  }),
  check('TD4', 'what is completed has a time, what is not has none', async ({ me, list, fresh }) => {
    const uid = fresh();
    await me.call('PUT', `${list}/${uid}`, { summary: 'Write', status: 'Completed' });
    assert.ok((await me.call('GET', `${list}/${uid}/complete`)).value.completed);
    await me.call('POST', `${list}/${uid}`, { summary: 'Write', status: 'InProcess' });
    assert.equal((await me.call('GET', `${list}/${uid}/complete`)).value.completed, null);
  }),
  check('NO3', 'a note is kept', async ({ me, notes, fresh }) => {
    const uid = fresh();
    const note = { height: 10, width: 20, posX: 1, posY: 2, color: 'BLUE', body: 'b', subject: 's', categories: [] };
    await me.call('PUT', `${notes}/${uid}`, note);
    assert.deepEqual((await me.call('GET', `${notes}/${uid}/complete`)).value, note);
  }),
  check('TG2', 'a tag needs label and colour', async ({ me, tags, fresh }) => {
    assert.match(await me.outcome('PUT', `${tags}/${fresh()}`, { label: '', color: '3d98ff' }), / 500$/);
    assert.match(await me.outcome('PUT', `${tags}/${fresh()}`, { label: 'x', color: '' }), / 500$/);
  }),
  check('TG3', 'a tag shows in the change set of its container', async ({ me, tags, fresh, later }) => {
    const uid = fresh();
    const since = (await me.call('GET', `${tags}/_changeset?since=0`)).version;
    later(() => me.outcome('DELETE', `${tags}/${uid}`));
    await me.call('PUT', `${tags}/${uid}`, { label: 'conformance', color: '3d98ff' });
    assert.deepEqual((await me.call('GET', `${tags}/_changeset?since=${since}`)).created, [uid]);
    await me.call('DELETE', `${tags}/${uid}`);
  }),
];
