import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { FullCalendarSettings } from '../mapping/bluemind/settings/stored.ts';
import type { CalendarSettingsData } from '../wire/calendar.ts';
import { objectIn } from './answers.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

/** The account's settings, the domain's defaults filled in (API 6.1): `timezone`, `lang`, `working_days` … */
export async function readUserSettings(
  session: Session,
  signal?: AbortSignalLike,
): Promise<Readonly<Record<string, string>>> {
  const user = await session.user();
  const answer = await session.call({
    method: 'GET',
    path: path`/users/${user.domainUid}/${user.uid}/_settings`,
    signal,
  });
  return objectIn<Record<string, string>>(answer) as Readonly<Record<string, string>>;
}

/** What the calendar itself is set to; undefined where it has no settings of its own, or the server does not tell. */
export async function readCalendarSettings(
  session: Session,
  container: string,
  signal?: AbortSignalLike,
): Promise<FullCalendarSettings | undefined> {
  try {
    const answer = await session.call({ method: 'GET', path: path`/calendars/${container}/_config`, signal });
    const { workingDays, dayStart, dayEnd, minDuration, timezoneId } = (answer ?? {}) as CalendarSettingsData;
    if (!workingDays || !timezoneId || dayStart == null || dayEnd == null || minDuration == null) return undefined;
    return { workingDays, dayStart, dayEnd, minDuration, timezoneId };
  } catch (error) {
    if (isFailure(error, 'NOT_FOUND') || isFailure(error, 'NO_RIGHT')) return undefined;
    throw error;
  }
}

/** @throws NO_RIGHT, SERVER_… */
export async function writeCalendarSettings(
  session: Session,
  container: string,
  settings: FullCalendarSettings,
): Promise<void> {
  await session.call({ method: 'POST', path: path`/calendars/${container}/_config`, body: settings });
}

/**
 * Sets some of the account's settings and leaves the others as they are: one by one, because writing all of them replaces what the
 * server gained meanwhile. Servers of version 3 take only all at once.
 * @throws NO_RIGHT, SERVER_…
 */
export async function writeUserSettings(session: Session, settings: Readonly<Record<string, string>>): Promise<void> {
  const user = await session.user();
  const at = path`/users/${user.domainUid}/${user.uid}`;
  for (const [name, value] of Object.entries(settings)) {
    try {
      await session.call({ method: 'POST', path: `${at}/_setting/${encodeURIComponent(name)}`, body: value });
    } catch (error) {
      if (!isFailure(error, 'NOT_FOUND') && !isFailure(error, 'SERVER_NOT_BLUEMIND')) throw error;
      const all = await readUserSettings(session);
      await session.call({ method: 'POST', path: `${at}/_settings`, body: { ...all, ...settings } });
      return;
    }
  }
}
