/** Who a call is made for. `subjects` are all the names under which rights may have been given: user, groups, domain, `public`. */
export type Session = {
  readonly id: string;
  readonly user: string;
  readonly domain: string;
  readonly login: string;
  readonly displayName: string;
  readonly origin: string;
  /** The language of the person, for names that are translated when read. */
  readonly lang: string;
  readonly roles: readonly string[];
  readonly subjects: readonly string[];
  /** May only change its password. */
  readonly expired: boolean;
};

/** The session of a call without one. */
export const ANONYMOUS: Session = {
  id: '',
  user: 'anonymous',
  domain: '',
  login: 'anonymous',
  displayName: '',
  origin: '',
  lang: 'en',
  roles: [],
  subjects: ['anonymous'],
  expired: false,
};

/** The role of who administers the whole server: every right on everything. */
export const SYSTEM_MANAGER = 'systemManager';

/** `login@domain`, the way change notices and descriptors name somebody. */
export function loginAtDomain(session: Session): string {
  return `${session.login}@${session.domain}`;
}

export function isManager(session: Session): boolean {
  return session.roles.includes(SYSTEM_MANAGER);
}

/** Who acts when the server itself does: commands of its administrator, provisioning. */
export const SYSTEM: Session = {
  ...ANONYMOUS,
  user: 'system',
  domain: 'global.virt',
  login: 'system',
  origin: 'internal-system',
  roles: [SYSTEM_MANAGER],
  subjects: ['system'],
};
