import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { type CalendarSettings, NO_SETTINGS } from '../domain/calendar-settings.ts';
import { bluemindSettings } from '../mapping/bluemind/settings/settings.ts';
import type { StoredSettings } from '../mapping/bluemind/settings/stored.ts';
import { outlookSettings } from '../mapping/outlook/settings/settings.ts';
import { anyOptions, anySettings, anyStored, workHoursXml } from '../mapping/testing/arbitrary-settings.ts';
import type { CalendarOptions } from '../outlook/model/calendar-options.ts';
import { settingInWords } from './setting-words.ts';
import { planSettings, type SettingsBase, type SettingsInput, settingsOf } from './settings-plan.ts';

const YEAR = 2026;
const SERVER: StoredSettings = {
  user: {
    lang: 'fr',
    working_days: 'mon,tue,wed,thu,fri',
    work_hours_start: '8',
    work_hours_end: '18',
    timezone: 'Europe/Brussels',
    day_weekstart: 'monday',
    default_event_alert: '',
  },
  calendar: undefined,
};
const OUTLOOK: CalendarOptions = {
  registry: { WorkDay: 0x7c, CalDefStart: 480, CalDefEnd: 1080, FirstDOW: 1, RemindDefault: 15, Other: 3 },
  policy: {},
  workHours: workHoursXml().replace('17:00:00', '18:00:00'),
  dictionary: undefined,
  timeScale: 30,
};

type World = {
  readonly server: StoredSettings;
  readonly outlook: CalendarOptions;
  readonly base: SettingsBase | undefined;
};

/** One run: what it said, and the world after it. */
function run({ base, ...both }: World, options: Partial<SettingsInput> = {}) {
  const plan = planSettings({ ...both, base, year: YEAR, rule: 'server', writable: true, ...options });
  const world: World = { ...plan.after, base: plan.baseFor(settingsOf(plan.after, YEAR)) };
  return {
    lines: plan.lines,
    said: plan.lines.map((line) => `${line.setting} ${line.on} ${line.rule} ${line.outcome}`),
    world,
  };
}

const met = () => run({ server: SERVER, outlook: OUTLOOK, base: undefined }).world;
const inServer = (world: World, user: Readonly<Record<string, string>>): World => ({
  ...world,
  server: { ...world.server, user: { ...world.server.user, ...user } },
});
const inOutlook = (world: World, wanted: Partial<CalendarSettings>): World => ({
  ...world,
  outlook: outlookSettings(YEAR).write(world.outlook, { ...NO_SETTINGS, ...wanted }),
});

it('[ST2] at the first meeting the server’s values stay, and Outlook tells what the server does not say', () => {
  const { default_event_alert: _, ...user } = SERVER.user;
  const outlook = {
    ...OUTLOOK,
    registry: { ...OUTLOOK.registry, CalDefStart: 540, FirstDOW: 0 },
    workHours: undefined,
  };
  const first = run({ server: { user, calendar: undefined }, outlook, base: undefined });
  expect(first.said).toEqual([
    'reminder server ST2 planned',
    'hours outlook ST2 planned',
    'weekStart outlook ST2 planned',
  ]);
  expect(first.world.server.user).toEqual({ ...user, default_event_alert: '900' });
  expect(first.world.outlook.registry).toEqual({ ...outlook.registry, CalDefStart: 480, FirstDOW: 1 });
  expect(run(first.world).said).toEqual([]);
});

it('[ST2] a setting that Outlook comes to say later meets the server’s value, which stays', () => {
  const before = run({ server: SERVER, outlook: { ...OUTLOOK, workHours: undefined }, base: undefined }).world;
  const workHours = workHoursXml('Tokyo Standard Time').replace('17:00:00', '18:00:00');
  const later = run({ ...before, outlook: { ...before.outlook, workHours } });
  expect(later.said).toEqual(['zone outlook ST2 planned']);
  expect(later.world.server).toEqual(SERVER);
});

it('[ST2] what Outlook comes to say where it could not show the server’s value is a change by its user', () => {
  const { RemindDefault: _, ...registry } = OUTLOOK.registry;
  const before = run({ server: SERVER, outlook: { ...OUTLOOK, registry }, base: undefined });
  expect(before.said).toEqual([]);
  const chosen = run(inOutlook(before.world, { reminder: 30 }));
  expect(chosen.said).toEqual(['reminder server ST1 planned']);
  expect(chosen.world.server.user['default_event_alert']).toBe('1800');
  expect(run(inServer(chosen.world, { default_event_alert: '' })).said).toEqual([]);
});

it('[ST1] a setting that one side changed is set on the other, and the rest left alone', () => {
  const onServer = run(inServer(met(), { working_days: 'mon,tue', lang: 'en' }));
  expect(onServer.said).toEqual(['workingDays outlook ST1 planned']);
  expect(onServer.world.outlook.registry).toEqual({ ...OUTLOOK.registry, WorkDay: 0x60 });
  const onOutlook = run(inOutlook(met(), { hours: { start: 540, end: 1080 }, reminder: 30 }));
  expect(onOutlook.said).toEqual(['hours server ST1 planned', 'reminder server ST1 planned']);
  expect(onOutlook.world.server.user).toEqual({ ...SERVER.user, work_hours_start: '9', default_event_alert: '1800' });
  expect([run(onServer.world).said, run(onOutlook.world).said]).toEqual([[], []]);
});

it('[ST1] the start that one side and the end that the other changed are merged, unless they make no day', () => {
  const both = run(inServer(inOutlook(met(), { hours: { start: 540, end: 1080 } }), { work_hours_end: '17' }));
  expect(bluemindSettings.read(both.world.server).hours).toEqual({ start: 540, end: 1020 });
  expect(outlookSettings(YEAR).read(both.world.outlook).hours).toEqual({ start: 540, end: 1020 });
  const crossed = run(inServer(inOutlook(met(), { hours: { start: 1020, end: 1080 } }), { work_hours_end: '12' }));
  expect(crossed.said).toEqual(['hours outlook ST3 planned']);
  expect(bluemindSettings.read(crossed.world.server).hours).toEqual({ start: 480, end: 720 });
});

it('[ST3] of a setting that both changed the value of the user’s choice stays, or neither is touched', () => {
  const changed = () => inServer(inOutlook(met(), { weekStart: 'SU', workingDays: ['MO'] }), { working_days: 'tue' });
  expect(run(changed()).said).toEqual(['weekStart server ST1 planned', 'workingDays outlook ST3 planned']);
  expect(run(changed(), { rule: 'outlook' }).said).toEqual([
    'weekStart server ST1 planned',
    'workingDays server ST3 planned',
  ]);
  const asked = run(changed(), { rule: 'ask' });
  expect(asked.said).toEqual(['weekStart server ST1 planned', 'workingDays outlook ST3 held']);
  expect(run(asked.world, { rule: 'ask' }).said).toEqual(['workingDays outlook ST3 held']);
  expect(run(inOutlook(asked.world, { workingDays: ['TU'] }), { rule: 'ask' }).said).toEqual([]);
  expect(run(asked.world, { rule: 'outlook' }).said).toEqual(['workingDays server ST3 planned']);
});

it('[ST4] an account that may not change its settings keeps both as they are, and is told', () => {
  const changed = inServer(inOutlook(met(), { weekStart: 'SU' }), { working_days: 'tue' });
  const refused = run(changed, { writable: false });
  expect(refused.said).toEqual(['weekStart server ST4 held', 'workingDays outlook ST1 planned']);
  expect(refused.world.server).toEqual(changed.server);
  expect(run(refused.world, { writable: false }).said).toEqual(['weekStart server ST4 held']);
  expect(run(refused.world).said).toEqual(['weekStart server ST1 planned']);
});

it('[ST5] what a side does not say for a while is no change, and meets what it was before', () => {
  const world = met();
  const hidden = run({ ...world, outlook: { ...world.outlook, workHours: undefined } });
  expect(hidden.said).toEqual([]);
  const back = run({ ...inServer(hidden.world, { timezone: 'Asia/Tokyo' }), outlook: world.outlook });
  expect(back.said).toEqual(['zone outlook ST1 planned']);
});

it('[ST8] a zone that Windows takes for another is left as it is on both sides', () => {
  expect(run(met()).said).toEqual([]);
  expect(bluemindSettings.read(met().server).zone).toBe('Europe/Brussels');
});

it('says a line in words, with its reason', () => {
  const [line] = run(inServer(met(), { working_days: 'mon,tue' })).lines;
  expect(line && settingInWords(line, 'en')).toBe(
    'Calendar settings: set working days in Outlook to Mon, Tue (now: Mon–Fri) – it was changed on the other side [ST1]',
  );
  expect(line && settingInWords({ ...line, outcome: 'done' }, 'fr')).toBe(
    'Paramètres de l’agenda : jours ouvrés dans Outlook : lun., mar. (avant : lun.–ven.) – modifié de l’autre côté [ST1]',
  );
});

it('[ST1] [ST5] after any changes on both sides, one run is enough: the next one plans nothing', () => {
  const step = fc.record({
    server: fc.option(anySettings),
    outlook: fc.option(anySettings),
    rule: fc.constantFrom('server' as const, 'outlook' as const),
  });
  fc.assert(
    fc.property(anyStored, anyOptions, fc.array(step, { maxLength: 5 }), (server, outlook, steps) => {
      let world: World = { server, outlook, base: undefined };
      for (const { server: there, outlook: here, rule } of [
        { server: null, outlook: null, rule: 'server' as const },
        ...steps,
      ]) {
        if (there !== null) world = { ...world, server: bluemindSettings.write(world.server, there) };
        if (here !== null) world = { ...world, outlook: outlookSettings(YEAR).write(world.outlook, here) };
        const unknown = [world.server.user['lang'], world.outlook.registry['AlterCalendarType'], world.outlook.policy];
        world = run(world, { rule }).world;
        expect([world.server.user['lang'], world.outlook.registry['AlterCalendarType'], world.outlook.policy]).toEqual(
          unknown,
        );
        expect(run(world, { rule }).said).toEqual([]);
      }
    }),
    runs(300),
  );
});
