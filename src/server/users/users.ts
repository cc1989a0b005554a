import { must } from '../../base/assert.ts';
import type { VCard } from '../../wire/addressbook.ts';
import type { ChangePassword, User } from '../../wire/auth.ts';
import type { ItemValue } from '../../wire/container.ts';
import { createUser } from '../admin/accounts.ts';
import { userOf } from '../auth/login.ts';
import { directoryOf, saveDirectoryEntry } from '../directory/publish.ts';
import { itemDescriptor, mustFindItem } from '../items/collection.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import { hashPassword, passwordFits } from '../sessions/password.ts';
import type { Entry } from '../store/store.ts';

/** Whom a call of IUser is about, and who asks. */
export type About = {
  readonly kernel: Kernel;
  readonly session: Session;
  readonly domain: string;
  readonly uid: string;
};

/** @throws NOT_FOUND */
export function mustFindAccount({ kernel, domain, uid }: About): Entry {
  const entry = kernel.store.people.entry(domain, uid);
  if (entry?.kind !== 'USER') throw fault('NOT_FOUND', `There is no user ${uid}.`);
  return entry;
}

/** An account as an item of the directory; only people of the same domain are told. */
export function toldUser(kernel: Kernel, session: Session, entry: Entry | undefined): ItemValue<User> | null {
  if (entry?.kind !== 'USER') return null;
  if (!isManager(session) && session.domain !== entry.domain)
    throw fault('PERMISSION_DENIED', 'This account belongs to another domain.');
  const item = mustFindItem(directoryOf(kernel, entry.domain), entry.uid);
  return { ...itemDescriptor(item), value: userOf(entry) };
}

/** @throws PERMISSION_DENIED unless the caller is that user and holds `role`, or administers the server */
export function mustBeSelfOrManager({ session, domain, uid }: About, role: string): void {
  const isSelf = session.user === uid && session.domain === domain;
  if (!isManager(session) && !(isSelf && session.roles.includes(role)))
    throw fault('PERMISSION_DENIED', 'This is for the user himself, or for an administrator.');
}

/** @throws PERMISSION_DENIED */
export function mustManage(session: Session): void {
  if (!isManager(session)) throw fault('PERMISSION_DENIED', 'Only an administrator may change accounts.');
}

export async function createAccount(about: About, user: User | null, externalId?: string): Promise<void> {
  mustManage(about.session);
  if (!user?.login || !user.password) throw fault('INVALID_PARAMETER', 'An account needs login and password.');
  const { kernel, domain, uid } = about;
  const emails = [...(user.emails ?? [])].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const entry = await createUser(kernel, {
    login: user.login,
    domain,
    uid,
    password: user.password,
    displayName: displayNameOf(user),
    emails: emails.flatMap((email) => email.address ?? []),
  });
  saveDirectoryEntry(kernel, { ...entry, ...flagsOf(user), card: cardText(user.contactInfos), externalId });
}

/** Replaces what an administrator may change of an account; the password only when one is sent. */
export async function updateAccount(about: About, user: User | null): Promise<void> {
  mustManage(about.session);
  if (!user?.login) throw fault('INVALID_PARAMETER', 'An account needs a login.');
  const entry = mustFindAccount(about);
  const emails = (user.emails ?? []).flatMap((email) =>
    email.address
      ? [
          {
            address: email.address.toLowerCase(),
            isDefault: email.isDefault === true,
            allAliases: email.allAliases === true,
          },
        ]
      : [],
  );
  for (const { address } of emails) {
    const holder = about.kernel.store.people.byEmail(address);
    if (holder !== undefined && holder.uid !== entry.uid)
      throw fault('ALREADY_EXISTS', 'A mail address belongs to somebody else.');
  }
  const holder = about.kernel.store.people.byLogin(entry.domain, user.login);
  if (holder !== undefined && holder.uid !== entry.uid) throw fault('ALREADY_EXISTS', 'The login is taken.');
  const hash = user.password ? await hashPassword(user.password, about.kernel.policy().passwordCost) : undefined;
  about.kernel.store.transaction(() => {
    saveDirectoryEntry(about.kernel, {
      ...entry,
      ...flagsOf(user),
      login: must(user.login),
      displayName: displayNameOf(user),
      emails,
      card: cardText(user.contactInfos) ?? entry.card,
    });
    if (hash !== undefined)
      about.kernel.store.people.setCredential(entry.domain, entry.uid, { hash, mustChange: false });
  });
}

/**
 * Changes a password: with the present one for oneself, even when it has expired; without for an administrator. Rule [A10].
 * @throws OLD_PASSWORD_WRONG, INVALID_PASSWORD, PERMISSION_DENIED, NOT_FOUND
 */
export async function changePassword(about: About, change: ChangePassword | null): Promise<void> {
  if (change === null) throw bareFault('The passwords are missing.');
  const { kernel, session } = about;
  if (!session.expired) mustBeSelfOrManager(about, 'selfChangePassword');
  else if (session.user !== about.uid || session.domain !== about.domain)
    throw fault('PERMISSION_DENIED', 'Only the own password may be changed.');
  const entry = mustFindAccount(about);
  const cost = kernel.policy().passwordCost;
  if (!change.newPassword) throw fault('INVALID_PASSWORD', 'The new password is empty.');
  if (!isManager(session)) {
    const who = `${session.login}@${session.domain}`;
    await kernel.throttle.attempt(who, who);
    const known = kernel.store.people.credential(entry.domain, entry.uid);
    if (!(await passwordFits(change.currentPassword ?? '', known?.hash, cost)))
      throw fault('OLD_PASSWORD_WRONG', 'The present password is not this one.');
    kernel.throttle.succeeded(who, who);
  }
  const hash = await hashPassword(change.newPassword, cost);
  kernel.store.people.setCredential(entry.domain, entry.uid, { hash, mustChange: false });
  if (session.expired) kernel.sessions.close(session.id);
}

function flagsOf(user: User): Pick<Entry, 'archived' | 'hidden'> {
  return { archived: user.archived === true, hidden: user.hidden === true };
}

function cardText(card: VCard | null | undefined): string | undefined {
  return card ? JSON.stringify(card) : undefined;
}

function displayNameOf(user: User): string {
  const identification = user.contactInfos?.identification;
  const { givenNames, familyNames } = identification?.name ?? {};
  return (
    identification?.formatedName?.value || [givenNames, familyNames].filter(Boolean).join(' ') || (user.login ?? '')
  );
}
