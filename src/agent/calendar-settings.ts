/**
 * Keeps how the user's calendar is set up in step between BlueMind and Outlook, setting by setting, three-way: each side is compared
 * with what it was when both last agreed. What a side cannot hold stays as it is there, and is no change. Rules ST1 to ST9 of
 * docs/mapping.md.
 */
import type { AbortSignalLike } from '../base/clock.ts';
import { canonicalJson } from '../base/digest.ts';
import { CANCELLED, isFailure } from '../base/failure.ts';
import type { Session } from '../bluemind/session.ts';
import {
  readCalendarSettings,
  readUserSettings,
  writeCalendarSettings,
  writeUserSettings,
} from '../bluemind/settings.ts';
import type { CalendarSettings } from '../domain/calendar-settings.ts';
import type { StoredSettings } from '../mapping/bluemind/settings/stored.ts';
import type { CalendarOptions, Registry } from '../outlook/model/calendar-options.ts';
import { type OutlookOptions, outlookOptions } from '../outlook/side-options.ts';
import type { ReportedFailure } from '../sync/report.ts';
import { optionOf } from './options.ts';
import { planSettings, type SettingLine, type SettingsBase, type SettingsPlan, settingsOf } from './settings-plan.ts';
import type { Working } from './working.ts';

/** What became of the settings in a run. */
export type SettingsReport = {
  readonly lines: readonly SettingLine[];
  /** Why they could not be kept in step this time; the next run tries again. */
  readonly failure: ReportedFailure | undefined;
};

/** Both sides' settings and what the next run would do. */
export type SettingsView = {
  readonly server: CalendarSettings;
  readonly outlook: CalendarSettings;
  readonly lines: readonly SettingLine[];
};

/** A run or a plan, and what belongs to the settings in it; undefined where Outlook's options cannot be reached. */
export async function besideSettings<R, T>(
  working: Working,
  work: () => Promise<R>,
  settings: (working: SettingsWorking) => Promise<T>,
): Promise<R & { readonly settings: T | undefined }> {
  const report = await work();
  const { registry } = working;
  return { ...report, settings: registry && (await settings({ ...working, registry })) };
}

export type SettingsWorking = Working & { readonly registry: Registry };

/** The name under which the memory holds what both sides were when they last agreed. */
const MEMORY = 'calendar-settings';

/** Brings the settings in step; what keeps them from it is told, and stops nothing else. @throws CANCELLED, STORAGE_… */
export async function syncSettings(working: SettingsWorking, signal?: AbortSignalLike): Promise<SettingsReport> {
  try {
    return await withSettings(working, signal, async (now) => {
      const { plan } = now;
      if (plan.changes) await carryOut(working, now);
      await remember(working, now, signal);
      return {
        lines: plan.lines.map((line) => ({ ...line, outcome: line.outcome === 'planned' ? 'done' : line.outcome })),
        failure: undefined,
      };
    });
  } catch (error) {
    if (!isFailure(error) || error.code === CANCELLED || error.code.startsWith('STORAGE_')) throw error;
    const { code, message, retry, after } = error;
    return { lines: [], failure: { code, message, retry, after } };
  }
}

/** Both sides as they are, and what {@link syncSettings} would do now; writes nothing. */
export function viewSettings(working: SettingsWorking, signal?: AbortSignalLike): Promise<SettingsView> {
  return withSettings(working, signal, async ({ plan, stored, options, year }) => ({
    ...settingsOf({ server: stored, outlook: options }, year),
    lines: plan.lines,
  }));
}

/** All that a run of the settings knows. */
type Now = {
  readonly stored: StoredSettings;
  readonly options: CalendarOptions;
  readonly base: SettingsBase | undefined;
  readonly plan: SettingsPlan;
  readonly year: number;
  readonly outlook: OutlookOptions;
};

async function withSettings<T>(
  working: SettingsWorking,
  signal: AbortSignalLike | undefined,
  work: (now: Now) => Promise<T>,
): Promise<T> {
  const outlook = outlookOptions(working.executor, working.registry);
  try {
    const stored = await readServer(working, signal);
    const options = await outlook.read();
    const base = remembered(working);
    const year = new Date(working.clock.now()).getUTCFullYear();
    const rule = optionOf(working.storage.settings, 'conflict.rule');
    const writable = (await working.session.user()).roles.includes('selfChangeSettings');
    const plan = planSettings({ server: stored, outlook: options, base, year, rule, writable });
    return await work({ stored, options, base, plan, year, outlook });
  } finally {
    await outlook.close();
  }
}

async function readServer({ session }: Working, signal: AbortSignalLike | undefined): Promise<StoredSettings> {
  const user = await readUserSettings(session, signal);
  return { user, calendar: await readCalendarSettings(session, await ownCalendar(session), signal) };
}

/** @source BlueMind API 2.1 */
async function ownCalendar(session: Session): Promise<string> {
  return `calendar:Default:${(await session.user()).uid}`;
}

/** The server first: what it refuses must not have reached Outlook as agreed. */
async function carryOut({ session }: Working, { stored, options, plan, outlook }: Now): Promise<void> {
  const { server, outlook: wanted } = plan.after;
  const changed = Object.entries(server.user).filter(([name, value]) => stored.user[name] !== value);
  await writeUserSettings(session, Object.fromEntries(changed));
  if (server.calendar !== undefined && server.calendar !== stored.calendar)
    await writeCalendarSettings(session, await ownCalendar(session), server.calendar);
  await outlook.write(options, wanted);
}

/** What both sides are now; what was written is read back, because what a side made of a value is no change of it. */
async function remember(working: SettingsWorking, now: Now, signal: AbortSignalLike | undefined): Promise<void> {
  const { plan, stored, options, year } = now;
  const found = plan.changes
    ? { server: await readServer(working, signal), outlook: await now.outlook.read() }
    : { server: stored, outlook: options };
  const value = { account: working.account.id, ...plan.baseFor(settingsOf(found, year)) };
  const { settings } = working.storage;
  if (canonicalJson(settings.get(MEMORY) ?? null) !== canonicalJson(value)) settings.set(MEMORY, value);
}

function remembered({ storage, account }: Working): SettingsBase | undefined {
  const found = storage.settings.get(MEMORY) as (SettingsBase & { readonly account: string }) | undefined;
  return found?.account === account.id ? { server: found.server, outlook: found.outlook } : undefined;
}
