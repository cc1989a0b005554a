import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import { series } from '../values.ts';

const JSON_TYPE = { 'content-type': 'application/json' } as const;

/** Bodies, answers and errors. @source fact sheet 1 */
export const transport: readonly Check[] = [
  check('R1', 'a null result is 204 without a body', async ({ me, calendar, fresh }) => {
    const answer = await me.raw('GET', `${calendar}/${fresh()}/complete`);
    assert.deepEqual([answer.status, answer.text], [204, '']);
  }),
  check('R2', 'a void result is 200 without a body', async ({ me, calendar, fresh }) => {
    const answer = await me.raw('PUT', `${calendar}/${fresh()}`, {
      headers: JSON_TYPE,
      body: JSON.stringify(series()),
    });
    assert.deepEqual([answer.status, answer.text], [200, '']);
  }),
  check('R3', 'a text is quoted with any Accept, bare without', async ({ me }) => {
    const state = (headers: Record<string, string>) => me.raw('GET', '/system/installation/state', { headers });
    assert.equal((await state({ accept: '*/*' })).text, '"CORE_STATE_RUNNING"');
    assert.equal((await state({})).text, 'CORE_STATE_RUNNING');
  }),
  check('R4', 'a calendar text is raw, unless JSON is accepted', async ({ me, calendar, fresh }) => {
    const uid = fresh();
    await me.call('PUT', `${calendar}/${uid}`, series());
    const path = `${calendar.replace('/calendars/', '/calendars/vevent/')}/${uid}`;
    assert.match((await me.raw('GET', path)).text, /^BEGIN:VCALENDAR/);
    assert.match((await me.raw('GET', path, { headers: { accept: 'application/json' } })).text, /^"BEGIN:VCALENDAR/);
  }),
  check('B1', 'a chunked body is refused', async ({ me, calendar }) => {
    const answer = await me.raw('POST', `${calendar}/_mget`, { headers: JSON_TYPE, body: '[]', chunked: true });
    assert.equal(answer.status, 500);
  }),
  check('B2', 'a text body is JSON, or raw with exactly text/plain', async ({ me, calendar, fresh }) => {
    const touch = (type: string, body: string) =>
      me.raw('POST', `${calendar.replace('/calendars/', '/calendars/publish/')}/_disable`, {
        headers: { 'content-type': type },
        body,
      });
    assert.equal((await touch('text/plain; charset=utf-8', fresh())).status, 500);
  }),
  check('J1', 'unknown members are ignored', async ({ me, calendar, fresh }) => {
    const uid = fresh();
    await me.call('PUT', `${calendar}/${uid}`, { ...series({ unknownMember: 1 }), another: true });
    assert.equal((await me.call('GET', `${calendar}/${uid}/complete`)).value.main.summary, 'Point');
  }),
  check('J3', 'words are case-sensitive', async ({ me, calendar, fresh }) => {
    const outcome = await me.outcome('PUT', `${calendar}/${fresh()}`, series({ status: 'confirmed' }));
    assert.match(outcome, / 500$/);
  }),
  check('T1', 'the key may come in the query', async ({ me }) => {
    const answer = await me.raw('GET', `/auth/ping?apikey=${me.key}`, { anonymous: true });
    assert.equal(answer.status, 200);
  }),
  check('H1', 'answers may not be cached, and have no ETag', async ({ me, calendar }) => {
    const { headers } = await me.raw('GET', `${calendar}/_version`);
    assert.match(String(headers['cache-control']), /no-cache|no-store/);
    assert.equal(headers['etag'], undefined);
  }),
  check('E1', 'without a session: 401 with AUTHENTICATION_FAIL', async ({ me, calendar }) => {
    const answer = await me.raw('GET', `${calendar}/_version`, {
      anonymous: true,
      headers: { 'x-bm-apikey': 'nobody' },
    });
    assert.equal(answer.status, 401);
    assert.equal(JSON.parse(answer.text).errorCode, 'AUTHENTICATION_FAIL');
    assert.match(String(answer.headers['www-authenticate']), /Bearer/);
  }),
  check('E2', 'an unknown container is 404 with NOT_FOUND, 204 where it may be missing', async ({ me, fresh }) => {
    const uid = fresh();
    assert.equal(await me.outcome('GET', `/containers/_manage/${uid}`), 'NOT_FOUND 404');
    assert.equal(await me.outcome('GET', `/containers/_manage/_ifPresent/${uid}`), 'fine 204');
  }),
  check('E3', 'an unknown path is 500', async ({ me }) => {
    assert.match(await me.outcome('GET', '/no/such/path'), / 500$/);
  }),
];
