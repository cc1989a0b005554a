import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VTodo } from '../../wire/todolist.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const LIST = '/todolist/todolist%3Adefault_U1';
const ICS = '/todolists/vtodos/todolist%3Adefault_U1';

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let next = 0;
async function stored(todo: object): Promise<VTodo> {
  const uid = `todo-${++next}`;
  await world.john.call('PUT', `${LIST}/${uid}`, todo);
  return (await world.john.call('GET', `${LIST}/${uid}/complete`)).value;
}
const refused = (todo: unknown) => world.john.refused('PUT', `${LIST}/todo-${++next}`, todo);
const at = (iso8601: string, timezone: string | null = 'Europe/Paris') => ({
  iso8601,
  timezone,
  precision: 'DateTime',
});
const day = (iso8601: string) => ({ iso8601, timezone: null, precision: 'Date' });

describe('what is rewritten', () => {
  test('[TD1] the iCalendar uid is that of the item unless the task brings one, and stays', async () => {
    await world.john.call('PUT', `${LIST}/mine`, { uid: 'Ics-1', summary: 'A' });
    await world.john.call('POST', `${LIST}/mine`, { summary: 'B' });
    const [found] = await world.john.call('GET', `${LIST}/_icsuid/ICS-1`);
    expect(found).toMatchObject({ uid: 'mine', value: { uid: 'Ics-1', summary: 'B' } });
    expect((await stored({ summary: 'A' })).uid).toBe(`todo-${next}`);
  });

  test('[TD2] a task without a title is called (New Todo)', async () => {
    expect((await stored({ summary: '' })).summary).toBe('(New Todo)');
  });

  test('[TD3] percent is 0 to 100, priority 0 to 9', async () => {
    expect(await stored({ percent: 140, priority: -2 })).toMatchObject({ percent: 100, priority: 0 });
  });

  test('[TD4] when it was done is told for tasks that are done, and for no others', async () => {
    expect((await stored({ status: 'Completed' })).completed).toEqual(at('2026-03-02T09:00:00.000Z', 'UTC'));
    expect(
      (await stored({ status: 'InProcess', completed: at('2026-01-01T00:00:00.000Z', 'UTC') })).completed,
    ).toBeNull();
  });

  test('[TD5] alarms without a trigger, exdates without a rule and html around the text go', async () => {
    expect(
      await stored({
        alarm: [{ action: 'Display' }, { action: 'Display', trigger: -60 }],
        exdate: [day('2026-03-01')],
        description: '<html><body>text</body></html>',
      }),
    ).toMatchObject({ alarm: [{ trigger: -60 }], exdate: null, description: 'text' });
  });
});

describe('what is refused', () => {
  const unfit: [string, object][] = [
    ['a date that cannot be read', { due: at('2026-13-01T00:00:00') }],
    ['a day with a zone', { due: { ...day('2026-03-01'), timezone: 'Europe/Paris' } }],
    ['an offset that is not the zone’s', { due: at('2026-03-09T09:00:00.000+05:00') }],
    ['a rule without frequency', { due: day('2026-03-01'), rrule: {} }],
    ['a rule with a negative month day', { due: day('2026-03-01'), rrule: { frequency: 'MONTHLY', byMonthDay: [-1] } }],
    ['a rule without any date', { rrule: { frequency: 'DAILY' } }],
  ];

  test.each(unfit)('[TD6] %s is INVALID_PARAMETER', async (_, todo) => {
    expect(await refused(todo)).toBe('INVALID_PARAMETER 500');
  });

  test('[TD7] no task at all is refused, and an unknown zone makes the server stumble', async () => {
    expect(await refused(null)).toBe('UNKNOWN 500');
    expect(await refused({ due: at('2026-03-01T00:00:00', 'Mars/Olympus') })).toBe('- 500');
  });
});

test('[TD8] lists are copied, moved, synchronised and searched as every item', async () => {
  await world.john.call('PUT', '/todolists/todolist%3Auser_x', { name: 'More', owner: 'U1', domainUid: 'acme.test' });
  const since = await world.john.call('GET', `${LIST}/_version`);
  const add = [{ uid: 'sync1', value: { summary: 'Sync', due: day('2030-01-02') } }];
  expect(await world.john.call('POST', `${LIST}/_sync?since=${since}`, { add, modify: [], delete: [] })).toMatchObject({
    created: ['sync1'],
  });
  await world.john.call('POST', `${LIST}/_copy/todolist%3Auser_x`, ['sync1']);
  await world.john.call('POST', `${LIST}/_move/todolist%3Auser_x`, ['mine']);
  expect((await world.john.call('GET', '/todolist/todolist%3Auser_x/_all')).sort()).toEqual(['mine', 'sync1']);
  const found = await world.john.call('POST', '/todolists/_search', {
    containers: ['todolist:user_x', 'todolist:default_U2'],
    vtodoQuery: { query: 'value.summary:sync' },
  });
  expect(found).toMatchObject([{ uid: 'sync1', containerUid: 'todolist:user_x' }]);
  await world.john.call('POST', '/todolist/todolist%3Auser_x/_reset');
  expect(await world.john.call('GET', '/todolist/todolist%3Auser_x')).toEqual([]);
});

test('[TD9] dateMin is compared with the due date, dateMax with the start', async () => {
  const search = async (query: object) =>
    (await world.john.call('POST', `${LIST}/_search`, { query: 'value.summary:sync', ...query })).total;
  expect(await search({ dateMin: day('2030-01-02'), dateMax: day('2030-01-03') })).toBe(1);
  expect(await search({ dateMin: day('2030-01-03') })).toBe(0);
  expect(await search({ dateMax: day('2030-01-02') })).toBe(0);
});

test('[TD10] ICS comes in and goes out with what a task has', async () => {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VTODO',
    'UID:ics-task',
    'SUMMARY:Report\\, yearly',
    'DUE;TZID=Europe/Paris:20260309T170000',
    'STATUS:IN-PROCESS',
    'PERCENT-COMPLETE:40',
    'PRIORITY:2',
    'CATEGORIES:Work',
    'RRULE:FREQ=YEARLY',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT15M',
    'DESCRIPTION:Soon',
    'END:VALARM',
    'END:VTODO',
    'BEGIN:VTODO',
    'UID:plain',
    'SUMMARY:No date',
    'END:VTODO',
    'BEGIN:VTODO',
    'UID:odd',
    'RECURRENCE-ID:20260309T170000Z',
    'END:VTODO',
    'END:VCALENDAR',
  ].join('\r\n');
  const { id } = await world.john.call('PUT', ICS, text);
  await world.server.kernel.tasks.idle();
  const status = await world.john.call('GET', `/tasks/${id}`);
  expect(JSON.parse(status.result)).toEqual({ uids: ['ics-task', 'plain'], total: 2 });
  const { value } = await world.john.call('GET', `${LIST}/ics-task/complete`);
  expect(value).toMatchObject({
    uid: 'ics-task',
    summary: 'Report, yearly',
    dtstart: null,
    due: at('2026-03-09T17:00:00.000+01:00'),
    status: 'InProcess',
    percent: 40,
    priority: 2,
    rrule: { frequency: 'YEARLY' },
    alarm: [{ trigger: -900 }],
    categories: [{ containerUid: 'tags_U1', label: 'Work' }],
  });
  const written = (
    await world.john.raw('POST', ICS, { headers: { 'content-type': 'application/json' }, body: '["ics-task","plain"]' })
  ).text;
  for (const line of [
    'DUE;TZID=Europe/Paris:20260309T170000',
    'PERCENT-COMPLETE:40',
    'STATUS:IN-PROCESS',
    'BEGIN:VTIMEZONE',
  ])
    expect(written).toContain(line);
  expect(written).not.toContain('TRANSP');
  await world.john.call('DELETE', `${LIST}/ics-task`);
  await world.john.call('PUT', ICS, written);
  await world.server.kernel.tasks.idle();
  expect((await world.john.call('GET', `${LIST}/ics-task/complete`)).value).toEqual(value);
  expect((await world.john.call('GET', `${LIST}/plain/complete`)).value).toMatchObject({ due: null, dtstart: null });
});

test('[TD10] a text that is no calendar ends the task in error', async () => {
  const { id } = await world.john.call('PUT', ICS, 'hello');
  await world.server.kernel.tasks.idle();
  expect((await world.john.call('GET', `/tasks/${id}`)).state).toBe('InError');
});
