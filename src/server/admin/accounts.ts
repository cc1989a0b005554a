import { zoneOf } from '../../domain/zones.ts';
import { saveDirectoryEntry } from '../directory/publish.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SYSTEM_MANAGER } from '../kernel/session.ts';
import { hashPassword } from '../sessions/password.ts';
import type { Entry, EntryEmail } from '../store/store.ts';
import { DEFAULT_SETTINGS, provisionDomain, provisionUser, USER_ROLES } from './provision.ts';

export type NewDomain = {
  readonly uid: string;
  readonly aliases?: readonly string[] | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
};

/** @throws ALREADY_EXISTS, INVALID_PARAMETER */
export function createDomain(kernel: Kernel, wanted: NewDomain): void {
  const uid = wanted.uid.toLowerCase();
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(uid))
    throw fault('INVALID_PARAMETER', 'A domain is named like `example.org`.');
  kernel.store.transaction(() => {
    if (kernel.store.people.domain(uid) !== undefined)
      throw fault('ALREADY_EXISTS', `The domain ${uid} exists already.`);
    kernel.store.people.saveDomain({
      uid,
      aliases: wanted.aliases ?? [],
      settings: { ...DEFAULT_SETTINGS, ...wanted.settings },
    });
    provisionDomain(kernel, uid);
  });
}

/** A setting that holds for every account of the domain that has no own. @throws NOT_FOUND, INVALID_PARAMETER */
export function setDomainSetting(kernel: Kernel, uid: string, name: string, value: string): void {
  const domain = kernel.store.people.domain(uid);
  if (domain === undefined) throw fault('NOT_FOUND', `There is no domain ${uid}.`);
  if (!(name in DEFAULT_SETTINGS))
    throw fault('INVALID_PARAMETER', `A setting is one of ${Object.keys(DEFAULT_SETTINGS).join(', ')}.`);
  if (name === 'timezone' && zoneOf(value) === undefined)
    throw fault('INVALID_PARAMETER', `There is no time zone ${value}.`);
  kernel.store.people.saveDomain({ ...domain, settings: { ...domain.settings, [name]: value } });
}

export type NewUser = {
  readonly login: string;
  readonly domain: string;
  /** undefined: the account is there for others to see and share with, and cannot log in until it gets a password. */
  readonly password: string | undefined;
  readonly displayName: string;
  /** The first is the default one; `login@domain` when there is none. */
  readonly emails?: readonly string[] | undefined;
  readonly uid?: string | undefined;
  readonly lang?: string | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** May administer the whole server. */
  readonly manager?: boolean | undefined;
};

/** Creates an account with all its containers. @throws NOT_FOUND for an unknown domain, ALREADY_EXISTS, INVALID_PARAMETER */
export async function createUser(kernel: Kernel, wanted: NewUser): Promise<Entry> {
  const { people } = kernel.store;
  if (!/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(wanted.login))
    throw fault('INVALID_PARAMETER', 'A login is made of letters, digits, dots, dashes and underscores.');
  if (wanted.password === '') throw fault('INVALID_PASSWORD', 'A password must not be empty.');
  const hash =
    wanted.password === undefined ? undefined : await hashPassword(wanted.password, kernel.policy().passwordCost);
  return kernel.store.transaction(() => {
    const domain = people.domain(wanted.domain);
    if (domain === undefined) throw fault('NOT_FOUND', `The domain ${wanted.domain} does not exist.`);
    const entry = entryOf(kernel, wanted, domain.uid);
    const taken =
      people.byLogin(domain.uid, wanted.login) ??
      people.entry(domain.uid, entry.uid) ??
      entry.emails.map((email) => people.byEmail(email.address)).find((found) => found !== undefined);
    if (taken !== undefined) throw fault('ALREADY_EXISTS', 'The login, uid or a mail address is taken.');
    saveDirectoryEntry(kernel, entry);
    if (hash !== undefined) people.setCredential(domain.uid, entry.uid, { hash, mustChange: false });
    provisionUser(kernel, entry);
    return entry;
  });
}

function entryOf(kernel: Kernel, wanted: NewUser, domain: string): Entry {
  const login = wanted.login.toLowerCase();
  const addresses = (wanted.emails ?? []).length === 0 ? [`${login}@${domain}`] : (wanted.emails ?? []);
  const emails: EntryEmail[] = addresses.map((address, index) => ({
    address: address.toLowerCase(),
    isDefault: index === 0,
    allAliases: false,
  }));
  return {
    uid: wanted.uid ?? kernel.newId(),
    domain,
    kind: 'USER',
    login,
    displayName: wanted.displayName,
    emails,
    hidden: false,
    system: false,
    archived: false,
    roles: [...USER_ROLES, ...(wanted.manager === true ? [SYSTEM_MANAGER] : [])],
    settings: { ...(wanted.lang === undefined ? {} : { lang: wanted.lang }), ...wanted.settings },
    card: undefined,
    externalId: undefined,
    mailboxCopyGuid: kernel.newId(),
    created: kernel.clock.now(),
  };
}

/** Every account, by domain and name. */
export function listUsers(kernel: Kernel): readonly Entry[] {
  const { people } = kernel.store;
  return people.domains().flatMap((domain) => people.entries(domain.uid).filter((entry) => entry.kind === 'USER'));
}

/** `login@domain`, a mail address, or nothing found. */
export function findUser(kernel: Kernel, name: string): Entry | undefined {
  const { people } = kernel.store;
  const at = name.lastIndexOf('@');
  const domain = at < 0 ? kernel.policy().defaultDomain : name.slice(at + 1).toLowerCase();
  const known = people.domain(domain);
  const login = at < 0 ? name : name.slice(0, at);
  return (known === undefined ? undefined : people.byLogin(known.uid, login)) ?? people.byEmail(name);
}

/** @throws NOT_FOUND */
export function mustFindUser(kernel: Kernel, name: string): Entry {
  const entry = findUser(kernel, name);
  if (entry === undefined) throw fault('NOT_FOUND', `There is no user ${name}.`);
  return entry;
}

/** @throws NOT_FOUND, INVALID_PASSWORD */
export async function setPassword(kernel: Kernel, name: string, password: string): Promise<void> {
  if (password === '') throw fault('INVALID_PASSWORD', 'A password must not be empty.');
  const entry = mustFindUser(kernel, name);
  kernel.store.people.setCredential(entry.domain, entry.uid, {
    hash: await hashPassword(password, kernel.policy().passwordCost),
    mustChange: false,
  });
}

/** From now on the user may log in only to change the password. @throws NOT_FOUND */
export function expirePassword(kernel: Kernel, name: string): void {
  const entry = mustFindUser(kernel, name);
  const credential = kernel.store.people.credential(entry.domain, entry.uid);
  if (credential !== undefined)
    kernel.store.people.setCredential(entry.domain, entry.uid, { ...credential, mustChange: true });
}

/** Keeps an account from logging in; its containers stay. @throws NOT_FOUND */
export function archiveUser(kernel: Kernel, name: string, archived: boolean): void {
  saveDirectoryEntry(kernel, { ...mustFindUser(kernel, name), archived });
}
