import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const PATH = '/calendars/vevent/calendar:Default:U1';
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ICS = (sequence: number, summary: string) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    'UID:Import-1',
    `SEQUENCE:${sequence}`,
    'DTSTAMP:20260301T000000Z',
    'DTSTART;TZID=Europe/Paris:20260309T090000',
    'DTEND;TZID=Europe/Paris:20260309T100000',
    `SUMMARY:${summary}`,
    'CATEGORIES:Customers',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');

async function importIcs(text: string): Promise<{ state: string; result: string; lastLogEntry: string }> {
  const answer = await world.john.raw('PUT', PATH, { body: text, headers: { 'content-type': 'text/calendar' } });
  await world.server.kernel.tasks.idle();
  return world.john.call('GET', `/tasks/${JSON.parse(answer.text).id}`);
}

test('[I1] [I2] [I4] an ICS text is merged on its uid, older versions are ignored, categories become tags', async () => {
  const first = await importIcs(ICS(1, 'First'));
  expect([first.state, JSON.parse(first.result)]).toEqual(['Success', { uids: ['Import-1'], total: 1 }]);
  await importIcs(ICS(2, 'Second'));
  const older = await importIcs(ICS(1, 'Older'));
  expect(JSON.parse(older.result)).toEqual({ uids: [], total: 1 });
  const found = await world.john.call('GET', '/calendars/calendar:Default:U1/_icsuid/import-1');
  expect(found.map((item: { value: { main: { summary: string } } }) => item.value.main.summary)).toEqual(['Second']);
  expect(found[0].value.main.categories[0].label).toBe('Customers');
});

test('[I3] a text that is no calendar ends the task in an error', async () => {
  expect((await importIcs('hello')).state).toBe('InError');
});

test('[R4] a calendar is exported as text, or as JSON text when that is asked for', async () => {
  const all = await world.john.raw('GET', PATH);
  expect([all.status, all.headers['content-type']]).toEqual([200, 'text/calendar']);
  expect(all.text).toContain('SUMMARY:Second');
  const [item] = await world.john.call('GET', '/calendars/calendar:Default:U1/_icsuid/import-1');
  const one = await world.john.raw('GET', `${PATH}/${item.uid}`, { headers: { accept: 'application/json' } });
  expect(JSON.parse(one.text)).toContain('UID:Import-1');
});
