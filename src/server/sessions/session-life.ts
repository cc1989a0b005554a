import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { Entry, StoredSession } from '../store/store.ts';

/**
 * Sessions: found by their id or by an API key, dropped after 20 minutes without use, kept on disk over a restart, all dropped
 * when maintenance begins. Rules [S1] to [S4] of docs/server.md.
 */
export type SessionLife = {
  /** The session of a key that a client sent; undefined when there is none (any more). */
  find(key: string): Session | undefined;
  open(entry: Entry, options: { origin: string; interactive: boolean; expired: boolean }): Session;
  close(id: string): void;
  closeAll(): void;
};

/** The part of the kernel that sessions live on. */
type Source = Pick<Kernel, 'store' | 'clock' | 'newKey' | 'policy'>;

/** How stale the last use on disk may be. @units milliseconds */
const SAVED_EVERY = 60_000;

export function newSessionLife(kernel: Source): SessionLife {
  // The exact last use; the one on disk may be older by SAVED_EVERY, so that a call does not cost a write.
  const lastUse = new Map<string, number>();
  const { store, clock } = kernel;
  const drop = (id: string) => {
    lastUse.delete(id);
    store.sessions.remove(id);
  };
  return {
    find(key) {
      const stored = store.sessions.byId(key);
      if (stored === undefined) return byApiKey(kernel, key);
      const now = clock.now();
      if (now - (lastUse.get(key) ?? stored.lastUse) > kernel.policy().sessionIdle) {
        drop(key);
        return undefined;
      }
      lastUse.set(key, now);
      if (now - stored.lastUse > SAVED_EVERY) store.sessions.touch(key, now);
      return sessionOf(kernel, stored);
    },
    open(entry, options) {
      const now = clock.now();
      for (const [id, used] of lastUse) if (now - used > kernel.policy().sessionIdle) lastUse.delete(id);
      store.sessions.removeIdleSince(now - kernel.policy().sessionIdle - SAVED_EVERY);
      const stored: StoredSession = {
        id: kernel.newKey(),
        user: entry.uid,
        domain: entry.domain,
        ...options,
        created: now,
        lastUse: now,
      };
      store.sessions.save(stored);
      return describe(kernel, entry, stored);
    },
    close: drop,
    closeAll() {
      lastUse.clear();
      store.sessions.removeAll();
    },
  };
}

function byApiKey(kernel: Source, key: string): Session | undefined {
  const found = kernel.store.sessions.key(key);
  if (found === undefined) return undefined;
  return sessionOf(kernel, { ...found, origin: `apikey-of-${found.user}`, expired: false });
}

type Held = Pick<StoredSession, 'id' | 'user' | 'domain' | 'origin' | 'expired'>;

function sessionOf(kernel: Source, stored: Held): Session | undefined {
  const entry = kernel.store.people.entry(stored.domain, stored.user);
  return entry === undefined || entry.archived ? undefined : describe(kernel, entry, stored);
}

function describe(kernel: Source, entry: Entry, stored: Held): Session {
  return {
    id: stored.id,
    user: entry.uid,
    domain: entry.domain,
    login: entry.login ?? entry.uid,
    displayName: entry.displayName,
    origin: stored.origin,
    lang: entry.settings['lang'] ?? kernel.store.people.domain(entry.domain)?.settings['lang'] ?? 'en',
    roles: stored.expired ? ['passwordExpired'] : entry.roles,
    subjects: [entry.uid, ...groupsOf(kernel, entry.uid), entry.domain, 'public'],
    expired: stored.expired,
  };
}

/** The session that somebody would have, for calls on his behalf; it has no key and is not kept. */
export function sessionFor(kernel: Source, entry: Entry): Session {
  return describe(kernel, entry, { id: '', user: entry.uid, domain: entry.domain, origin: '', expired: false });
}

/** Groups of somebody, and the groups that those belong to. */
function groupsOf(kernel: Source, member: string): readonly string[] {
  const found = new Set<string>();
  const visit = (uid: string) => {
    for (const group of kernel.store.people.groupsOf(uid)) {
      if (found.has(group)) continue;
      found.add(group);
      visit(group);
    }
  };
  visit(member);
  return [...found];
}
