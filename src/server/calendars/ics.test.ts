import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const PATH = '/calendars/vevent/calendar:Default:U1';
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ICS = (summary: string, lastModified?: string) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    'UID:Import-1',
    ...(lastModified === undefined ? [] : [`LAST-MODIFIED:${lastModified}`]),
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

async function stored(): Promise<string[]> {
  const found = await world.john.call('GET', '/calendars/calendar:Default:U1/_icsuid/import-1');
  return found.map((item: { value: { main: { summary: string } } }) => item.value.main.summary);
}

test('[I1] [I4] an ICS text is merged on its uid, categories become tags', async () => {
  const first = await importIcs(ICS('First', '20260301T000000Z'));
  expect([first.state, JSON.parse(first.result)]).toEqual(['Success', { uids: ['Import-1'], total: 1 }]);
  await importIcs(ICS('Second', '20260301T000001Z'));
  expect(await stored()).toEqual(['Second']);
  const [item] = await world.john.call('GET', '/calendars/calendar:Default:U1/_icsuid/import-1');
  expect(item.value.main.categories[0].label).toBe('Customers');
});

test('[I2] a text that is not newer than what is stored is ignored, by LAST-MODIFIED', async () => {
  for (const old of ['20260301T000000Z', '20260301T000001Z']) {
    const ignored = await importIcs(ICS('Older', old));
    expect(JSON.parse(ignored.result)).toEqual({ uids: [], total: 1 });
  }
  expect(await stored()).toEqual(['Second']);
  const [item] = await world.john.call('GET', '/calendars/calendar:Default:U1/_icsuid/import-1');
  const main = { ...item.value.main, summary: 'Changed here' };
  await world.john.call('POST', `/calendars/calendar:Default:U1/${item.uid}`, { ...item.value, main });
  // The clock of the server stands at 2 March 2026, 09:00.
  await importIcs(ICS('Before that change', '20260302T085959Z'));
  expect(await stored()).toEqual(['Changed here']);
  await importIcs(ICS('After it', '20260302T090001Z'));
  expect(await stored()).toEqual(['After it']);
  await importIcs(ICS('Second'));
  expect(await stored()).toEqual(['Second']);
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
