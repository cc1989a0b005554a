/** Calendar settings over real HTTP, looked at in the server's raw JSON and in Outlook's raw places. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settingInWords } from '../../src/agent/setting-words.ts';
import { must } from '../../src/base/assert.ts';
import { Failure } from '../../src/base/failure.ts';
import { encodeUtf8 } from '../../src/base/utf8.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { workHoursXml } from '../../src/mapping/testing/arbitrary-settings.ts';
import { lateOutlook } from '../../src/outlook/emulator/testing/world.ts';
import { optionKeys } from '../../src/outlook/model/calendar-options.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { CALENDAR, type Desk, lineTo, newFolder, openDesk, startServer, USER } from './world.ts';

const KEY = optionKeys(16).registry;
const MINE = `/users/demo.test/${USER}`;
const STREAM = 'http://schemas.microsoft.com/mapi/proptag/0x7C080102';

let server: RunningServer;
let desk: Desk;
let line: Session;
beforeEach(async () => {
  const folder = newFolder();
  server = await startServer(folder);
  line = lineTo(server.url);
  desk = await openDesk(folder, server.url);
});
afterEach(async () => {
  await desk.close();
  await line.close();
  await server.close();
});

const set = (name: string, value: string) =>
  line.call({ method: 'POST', path: `${MINE}/_setting/${name}`, body: value });
const user = async () =>
  (await line.call({ method: 'GET', path: `${MINE}/_settings` })) as Readonly<Record<string, string>>;
const registry = () => desk.emulator.registry.numbers(KEY);
const option = (name: string, value: number) => desk.emulator.registry.setNumber(KEY, name, value);
/** The settings' lines of a run, as the rehearsal before it foretold them. */
async function run(): Promise<string[]> {
  const plan = (await desk.agent.plan()).settings?.lines ?? [];
  const { settings } = await desk.agent.run();
  expect(settings?.failure).toBeUndefined();
  expect(settings?.lines).toEqual(plan.map((planned) => ({ ...planned, outcome: 'done' })));
  return (settings?.lines ?? []).map((done) => settingInWords(done, 'en').replace(/^.*?: | – .*(?= \[)/g, ''));
}

it('[ST1] [ST2] [ST6] [ST7] settings cross both ways, and what is not ours stays', async () => {
  await set('default_event_alert', '900');
  await set('their_own', 'kept');
  await option('AlterCalendarType', 7);
  await option('CalDefStart', 540);
  expect(await run()).toEqual([
    'working hours set in Outlook to 08:00–18:00 (before: not set) [ST2]',
    'default reminder set in Outlook to 15 min (before: not set) [ST2]',
    'first day of the week set in Outlook to Mon (before: not set) [ST2]',
    'working days set in Outlook to Mon–Fri (before: not set) [ST2]',
  ]);
  const agreed = { CalDefStart: 480, CalDefEnd: 1080, RemindDefault: 15, FirstDOW: 1, WorkDay: 0x7c };
  expect(await registry()).toEqual({ AlterCalendarType: 7, ...agreed });
  expect(await run()).toEqual([]);

  const before = await user();
  await option('WorkDay', 0x78);
  await option('RemindDefault', 30);
  await set('work_hours_end', '17.5');
  expect(await run()).toEqual([
    'default reminder set in BlueMind to 30 min (before: 15 min) [ST1]',
    'working days set in BlueMind to Mon–Thu (before: Mon–Fri) [ST1]',
    'working hours set in Outlook to 08:00–17:30 (before: 08:00–18:00) [ST1]',
  ]);
  expect(await user()).toEqual({
    ...before,
    work_hours_end: '17.5',
    working_days: 'mon,tue,wed,thu',
    default_event_alert: '1800',
  });
  expect(await registry()).toEqual({
    AlterCalendarType: 7,
    ...agreed,
    WorkDay: 0x78,
    RemindDefault: 30,
    CalDefEnd: 1050,
  });
  expect(await run()).toEqual([]);
});

it('[ST3] of a setting that both sides changed the server’s value stays, and the run says what Outlook had', async () => {
  await run();
  await set('work_hours_start', '9');
  await set('work_hours_end', '17');
  await option('CalDefStart', 420);
  await option('CalDefEnd', 900);
  expect(await run()).toEqual(['working hours set in Outlook to 09:00–17:00 (before: 07:00–15:00) [ST3]']);
  expect(await user()).toMatchObject({ work_hours_start: '9', work_hours_end: '17' });
  expect(await run()).toEqual([]);
});

it('[ST6] [ST7] the calendar’s own settings and the hidden work-hours item hold, where there are any', async () => {
  const own = { workingDays: ['MO', 'TU'], dayStart: 30_600_000, dayEnd: 61_200_000, minDuration: 120 };
  const config = { method: 'GET', path: `/calendars/${encodeURIComponent(CALENDAR)}/_config` } as const;
  await line.call({ ...config, method: 'POST', body: { ...own, timezoneId: 'Europe/Brussels' } });
  const storage = () => lateOutlook(desk.emulator).calendar.object('GetStorage', 'IPM.Configuration.WorkHours', 2);
  const save = (text: string) => {
    const item = storage();
    item.object('PropertyAccessor').call('SetProperty', STREAM, encodeUtf8(text));
    item.call('Save');
  };
  const stored = () =>
    new TextDecoder().decode(storage().object('PropertyAccessor').call('GetProperty', STREAM) as Uint8Array);
  save(workHoursXml('Tokyo Standard Time'));
  expect(await run()).toEqual([
    'working hours set in Outlook to 08:30–17:00 (before: 08:00–17:00) [ST2]',
    'first day of the week set in Outlook to Mon (before: not set) [ST2]',
    'working days set in Outlook to Mon, Tue (before: Mon–Fri) [ST2]',
    'time zone set in Outlook to Europe/Paris (before: Asia/Tokyo) [ST2]',
  ]);
  expect(stored()).toContain('<Later kind="unknown"/>');
  expect(stored()).toContain('<WorkDays>Monday Tuesday</WorkDays>');

  const before = await user();
  save(stored().replace('Monday Tuesday', 'Monday Sunday').replace('Romance', 'Tokyo'));
  expect(await run()).toEqual([
    'working days set in BlueMind to Mon, Sun (before: Mon, Tue) [ST1]',
    'time zone set in BlueMind to Asia/Tokyo (before: Europe/Brussels) [ST1]',
  ]);
  expect(await line.call(config)).toEqual({ ...own, workingDays: ['MO', 'SU'], timezoneId: 'Asia/Tokyo' });
  expect(await user()).toEqual(before);
  expect(await run()).toEqual([]);
});

it('[ST9] settings that cannot be kept in step stop nothing else, and are tried again', async () => {
  await run();
  await set('working_days', 'mon');
  const { setNumber } = desk.emulator.registry;
  const fails = () =>
    Promise.reject(new Failure('OUTLOOK_FAILED', 'Outlook could not do its part.', { retry: 'later' }));
  Object.assign(desk.emulator.registry, { setNumber: fails });
  const report = await desk.agent.run();
  expect(report.settings).toMatchObject({ lines: [], failure: { code: 'OUTLOOK_FAILED' } });
  expect(report.folders.map((folder) => folder.report.outcome)).toEqual(report.folders.map(() => 'done'));
  Object.assign(desk.emulator.registry, { setNumber });
  expect(await run()).toEqual(['working days set in Outlook to Mon (before: Mon–Fri) [ST1]']);
});

it('[ST4] an account without the right to change its settings sends none, and is told', async () => {
  await run();
  const { people } = server.kernel.store;
  const entry = must(people.entry('demo.test', USER));
  people.saveEntry({ ...entry, roles: entry.roles.filter((role) => role !== 'selfChangeSettings') });
  server.kernel.sessions.closeAll();
  await option('WorkDay', 0x40);
  const { settings } = await desk.agent.run();
  expect(settings?.lines.map(({ setting, on, rule, outcome }) => [setting, on, rule, outcome])).toEqual([
    ['workingDays', 'server', 'ST4', 'held'],
  ]);
  expect((await user())['working_days']).toBe('mon,tue,wed,thu,fri');
  expect((await registry())['WorkDay']).toBe(0x40);
});
