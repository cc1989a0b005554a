import type { UserSettings } from '../../wire/settings.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import type { Entry } from '../store/store.ts';

/** Whose settings are meant, and who asks. */
export type Whose = {
  readonly kernel: Kernel;
  readonly session: Session;
  readonly domain: string;
  readonly uid: string;
};

/** [US1] What the domain sets, under what the user set himself. @throws NOT_FOUND, PERMISSION_DENIED */
export function settingsOf(whose: Whose): Readonly<Record<string, string>> {
  return { ...domainSettings(whose), ...mustFindEntry(whose).settings };
}

/**
 * [US2] Replaces everything that the user had set; what equals the domain's value, and what is null, is not kept.
 * @throws NOT_FOUND, PERMISSION_DENIED, and FORBIDDEN without the role to change one's settings
 */
export function replaceSettings(whose: Whose, settings: UserSettings): void {
  save(whose, settings);
}

/** [US3] Changes one setting and keeps the others. @throws as {@link replaceSettings} */
export function changeSetting(whose: Whose, name: string, value: string | null): void {
  save(whose, { ...mustFindEntry(whose).settings, [name]: value });
}

function save(whose: Whose, settings: UserSettings): void {
  const { kernel, session } = whose;
  const entry = mustFindEntry(whose);
  if (!isManager(session) && !session.roles.includes('selfChangeSettings'))
    throw fault('FORBIDDEN', 'The role to change settings is missing.');
  const defaults = domainSettings(whose);
  const own = Object.entries(settings).filter(([name, value]) => value !== null && defaults[name] !== value);
  kernel.store.people.saveEntry({ ...entry, settings: Object.fromEntries(own) as Record<string, string> });
}

function domainSettings({ kernel, domain }: Whose): Readonly<Record<string, string>> {
  return kernel.store.people.domain(domain)?.settings ?? {};
}

/** [US4] One's own settings only, unless one manages the server. */
function mustFindEntry({ kernel, session, domain, uid }: Whose): Entry {
  if (!isManager(session) && !(session.user === uid && session.domain === domain))
    throw fault('PERMISSION_DENIED', 'The settings of somebody else are his own.');
  const entry = kernel.store.people.entry(domain, uid);
  if (entry === undefined) throw fault('NOT_FOUND', `There is no user ${uid} in ${domain}.`);
  return entry;
}
