import { emptyCard } from '../../mapping/vcard/empty-card.ts';
import type { VCard } from '../../wire/addressbook.ts';
import type { AuthUser, LoginResponse, User } from '../../wire/auth.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import { SYSTEM_MANAGER } from '../kernel/session.ts';
import { passwordFits } from '../sessions/password.ts';
import type { Entry } from '../store/store.ts';

/**
 * Who somebody is by login and password. Rules [A1] to [A10] of docs/server.md. The password may also be a live session id or an
 * API key of that same person.
 */
export type Recognised =
  | { readonly kind: 'PASSWORD'; readonly entry: Entry }
  | { readonly kind: 'PASSWORDEXPIRED'; readonly entry: Entry }
  | { readonly kind: 'TOKEN'; readonly entry: Entry; readonly session: Session }
  | { readonly kind: 'NONE' }
  | { readonly kind: 'ARCHIVED' };

export async function recognise(
  kernel: Kernel,
  attempt: { readonly login: string; readonly password: string; readonly address: string },
): Promise<Recognised> {
  const { login, password, address } = attempt;
  await kernel.throttle.attempt(login, address);
  const entry = entryOf(kernel, login);
  const session = kernel.sessions.find(password);
  if (session !== undefined && entry !== undefined && session.user === entry.uid && session.domain === entry.domain) {
    kernel.throttle.succeeded(login, address);
    return { kind: 'TOKEN', entry, session };
  }
  const credential = entry === undefined ? undefined : kernel.store.people.credential(entry.domain, entry.uid);
  const fits = await passwordFits(password, credential?.hash, kernel.policy().passwordCost);
  if (!fits || entry === undefined || credential === undefined) return { kind: 'NONE' };
  kernel.throttle.succeeded(login, address);
  if (entry.archived) return { kind: 'ARCHIVED' };
  return credential.mustChange ? { kind: 'PASSWORDEXPIRED', entry } : { kind: 'PASSWORD', entry };
}

/** `login@domain`, `login@alias` or a mail address; a bare login is looked for in the administration domain only. */
function entryOf(kernel: Kernel, login: string): Entry | undefined {
  const { people } = kernel.store;
  const at = login.lastIndexOf('@');
  if (at < 0) return people.byLogin('global.virt', login);
  const domain = people.domain(login.slice(at + 1).toLowerCase());
  return (domain === undefined ? undefined : people.byLogin(domain.uid, login.slice(0, at))) ?? people.byEmail(login);
}

const BAD: LoginResponse = { status: 'Bad', message: null, authKey: null, latd: null, authUser: null };

export async function logIn(
  kernel: Kernel,
  attempt: {
    readonly login: string;
    readonly password: string;
    readonly origin: string;
    readonly interactive: boolean;
    readonly address: string;
  },
): Promise<LoginResponse> {
  if (attempt.login === '' || attempt.password === '') return BAD;
  const found = await recognise(kernel, attempt);
  if (found.kind === 'NONE' || found.kind === 'ARCHIVED') return BAD;
  if (kernel.state.current === 'CORE_STATE_MAINTENANCE' && !found.entry.roles.includes(SYSTEM_MANAGER))
    return { ...BAD, message: 'Authentication is denied while the server is in maintenance.' };
  if (found.kind === 'TOKEN') return answer(kernel, found.entry, found.session, 'Ok');
  const expired = found.kind === 'PASSWORDEXPIRED';
  const { origin, interactive } = attempt;
  return answer(
    kernel,
    found.entry,
    kernel.sessions.open(found.entry, { origin, interactive, expired }),
    expired ? 'Expired' : 'Ok',
  );
}

/** What a login answers for an open session. */
export function answer(kernel: Kernel, entry: Entry, session: Session, status: 'Ok' | 'Expired'): LoginResponse {
  return {
    status,
    message: null,
    authKey: session.id,
    latd: `${session.login}@${session.domain}`,
    authUser: authUser(kernel, entry, session),
  };
}

export function authUser(kernel: Kernel, entry: Entry, session: Session): AuthUser {
  return {
    uid: entry.uid,
    domainUid: entry.domain,
    displayName: entry.displayName,
    value: { ...userOf(entry), passwordMustChange: session.expired },
    roles: session.roles,
    rolesByOU: {},
    settings: { ...kernel.store.people.domain(entry.domain)?.settings, ...entry.settings },
  };
}

/** An account as a client is told of it. */
export function userOf(entry: Entry): User {
  return {
    login: entry.login ?? null,
    emails: entry.emails,
    contactInfos: entry.card === undefined ? named(entry.displayName) : JSON.parse(entry.card),
    mailboxCopyGuid: entry.mailboxCopyGuid,
    archived: entry.archived,
    hidden: entry.hidden,
    system: entry.system,
    routing: 'internal',
    accountType: 'FULL',
    dataLocation: null,
    orgUnitUid: null,
    password: null,
    passwordMustChange: false,
    passwordNeverExpires: false,
    properties: {},
    quota: null,
  };
}

/** The card of an account that was given none: its name, as clients look for it there. */
function named(value: string): VCard {
  const card = emptyCard('individual');
  return { ...card, identification: { ...card.identification, formatedName: { value, parameters: [] } } };
}
