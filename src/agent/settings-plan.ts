/** What is to be done about the calendar settings, as data: from both sides as they are and as they were. Pure. */
import {
  CALENDAR_SETTINGS_SHAPE,
  type CalendarSetting,
  type CalendarSettings,
  mergeSettings,
  NO_SETTINGS,
  sameSetting,
} from '../domain/calendar-settings.ts';
import { changedFieldsBy } from '../domain/shape-diff.ts';
import { bluemindSettings } from '../mapping/bluemind/settings/settings.ts';
import type { StoredSettings } from '../mapping/bluemind/settings/stored.ts';
import { outlookSettings } from '../mapping/outlook/settings/settings.ts';
import type { CalendarOptions } from '../outlook/model/calendar-options.ts';
import type { SideName } from '../sync/side.ts';

/** A setting that changes on a side, or waits there. */
export type SettingLine = {
  readonly setting: CalendarSetting;
  /** The side that is written. */
  readonly on: SideName;
  readonly before: CalendarSettings[CalendarSetting];
  readonly after: CalendarSettings[CalendarSetting];
  /** ST1 changed on the other side · ST2 first meeting · ST3 changed on both · ST4 the server does not take it from this account */
  readonly rule: 'ST1' | 'ST2' | 'ST3' | 'ST4';
  readonly outcome: 'planned' | 'done' | 'held';
};

type Both<S, O> = { readonly server: S; readonly outlook: O };
export type SettingsBase = Both<CalendarSettings, CalendarSettings>;

export type SettingsInput = Both<StoredSettings, CalendarOptions> & {
  /** What both were when they last agreed; undefined at the first meeting. */
  readonly base: SettingsBase | undefined;
  readonly year: number;
  /** Whose value stays where both changed one; `ask`: neither is touched, and it waits. */
  readonly rule: SideName | 'ask';
  /** Whether this account may change its settings on the server. */
  readonly writable: boolean;
};

export type SettingsPlan = {
  readonly after: Both<StoredSettings, CalendarOptions>;
  readonly lines: readonly SettingLine[];
  /** Whether anything is to be written. */
  readonly changes: boolean;
  /** What to remember, given what both sides are after the run: for settings that wait, what was remembered before. */
  readonly baseFor: (after: SettingsBase) => SettingsBase;
};

export function settingsOf({ server, outlook }: Both<StoredSettings, CalendarOptions>, year: number): SettingsBase {
  return { server: bluemindSettings.read(server), outlook: outlookSettings(year).read(outlook) };
}

export function planSettings(input: SettingsInput): SettingsPlan {
  const { year, writable } = input;
  const now = settingsOf(input, year);
  const { base, merged, conflicts, firsts } = mergeBoth(input, now);
  const waiting = input.rule === 'ask' ? conflicts : new Set<CalendarSetting>();
  const wanted = without(waiting, now, merged);
  const asked = bluemindSettings.write(input.server, wanted.server);
  const outlook = outlookSettings(year).write(input.outlook, wanted.outlook);
  const read = settingsOf({ server: asked, outlook }, year);
  const ruleOf = (setting: CalendarSetting) =>
    firsts.has(setting) ? ('ST2' as const) : conflicts.has(setting) ? ('ST3' as const) : ('ST1' as const);
  const onServer = linesOn('server', now.server, read.server, ruleOf);
  const lines = [
    ...(writable ? onServer : onServer.map(refused)),
    ...linesOn('outlook', now.outlook, read.outlook, ruleOf),
    ...[...waiting].map((setting) => waitingLine(setting, now)),
  ];
  const kept = new Set([...waiting, ...(writable ? [] : onServer.map(({ setting }) => setting))]);
  return {
    after: { server: writable ? asked : input.server, outlook },
    lines,
    changes: lines.some(({ outcome }) => outcome === 'planned'),
    baseFor: (found) => said(without(kept, base, found), base),
  };
}

/**
 * A setting that a side does not say now is as it was; one that a side never said meets for the first time, where the server's
 * value stays whatever rule the user chose for conflicts. Only where Outlook had no way to show that value (no reminder at all) is
 * what Outlook comes to say a change by its user.
 */
function mergeBoth({ base: known, rule, year }: SettingsInput, found: SettingsBase) {
  const base = known ?? { server: NO_SETTINGS, outlook: NO_SETTINGS };
  const now = said(found, base);
  const shown = outlookSettings(year).survives(base.server);
  const isFirst = (setting: CalendarSetting) =>
    base.server[setting] === undefined || (base.outlook[setting] === undefined && shown[setting] !== undefined);
  const firsts = new Set(SETTINGS.filter(isFirst));
  const nothing = { server: NO_SETTINGS, outlook: NO_SETTINGS };
  const before = without(firsts, nothing, base);
  const mergeFor = (prefer: SideName) =>
    mergeSettings({
      server: { base: before.server, now: now.server },
      outlook: { base: before.outlook, now: now.outlook },
      prefer,
    });
  const first = mergeFor('server');
  const later = rule === 'outlook' ? mergeFor('outlook') : first;
  const conflicts = new Set(later.conflicts.map(({ field }) => settingOf(field)).filter((name) => !firsts.has(name)));
  return { base, merged: without(firsts, first, later), conflicts, firsts };
}

const SETTINGS = Object.keys(NO_SETTINGS) as readonly CalendarSetting[];

/** `now`, and what was before where a side says nothing now. */
function said(now: SettingsBase, before: SettingsBase): SettingsBase {
  const of = (side: SideName) =>
    Object.fromEntries(
      SETTINGS.map((setting) => [setting, now[side][setting] ?? before[side][setting]]),
    ) as unknown as CalendarSettings;
  return { server: of('server'), outlook: of('outlook') };
}

function refused(line: SettingLine): SettingLine {
  return { ...line, rule: 'ST4', outcome: 'held' };
}

/** `taken`, but for some settings, which are those of `kept`. */
function without(settings: ReadonlySet<CalendarSetting>, kept: SettingsBase, taken: SettingsBase): SettingsBase {
  const of = (side: SideName): CalendarSettings => ({
    ...taken[side],
    ...Object.fromEntries([...settings].map((setting) => [setting, kept[side][setting]])),
  });
  return { server: of('server'), outlook: of('outlook') };
}

function linesOn(
  on: SideName,
  before: CalendarSettings,
  after: CalendarSettings,
  ruleOf: (setting: CalendarSetting) => SettingLine['rule'],
): SettingLine[] {
  const changed = new Set(changedFieldsBy(CALENDAR_SETTINGS_SHAPE, before, after).map(settingOf));
  return [...changed].map((setting) => ({
    setting,
    on,
    before: before[setting],
    after: after[setting],
    rule: ruleOf(setting),
    outcome: 'planned',
  }));
}

function waitingLine(setting: CalendarSetting, { server, outlook }: SettingsBase): SettingLine {
  return { setting, on: 'outlook', before: outlook[setting], after: server[setting], rule: 'ST3', outcome: 'held' };
}

/** `hours` of `hours.start`. */
function settingOf(field: string): CalendarSetting {
  return field.replace(/\..*$/, '') as CalendarSetting;
}

/** Whether both sides say the same, as far as each can. */
export function agree(setting: CalendarSetting, { server, outlook }: SettingsBase, year: number): boolean {
  return (
    sameSetting(setting, server, outlook) ||
    sameSetting(setting, outlookSettings(year).survives(server), outlook) ||
    sameSetting(setting, bluemindSettings.survives(outlook), server)
  );
}
