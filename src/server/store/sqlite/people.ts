import { must } from '../../../base/assert.ts';
import type { Database, Row } from '../../../node/database.ts';
import type { Domain, Entry, EntryKind, People } from '../store.ts';

/** Domains, directory entries, passwords and group members in SQLite. */
export function sqlitePeople(database: Database): People {
  return { ...domains(database), ...entries(database), ...credentials(database), ...members(database) };
}

function domains(database: Database): Pick<People, 'domains' | 'domain' | 'saveDomain' | 'removeDomain'> {
  return {
    domains: () => database.all('SELECT * FROM domains ORDER BY uid').map(domainOf),
    domain(uidOrAlias) {
      const row = database.get(
        'SELECT * FROM domains WHERE uid = ?1 OR EXISTS (SELECT 1 FROM json_each(aliases) WHERE value = ?1)',
        uidOrAlias,
      );
      return row === undefined ? undefined : domainOf(row);
    },
    saveDomain: (domain) =>
      void database.run(
        `INSERT INTO domains (uid, aliases, settings) VALUES (?, ?, ?)
         ON CONFLICT (uid) DO UPDATE SET aliases = excluded.aliases, settings = excluded.settings`,
        domain.uid,
        JSON.stringify(domain.aliases),
        JSON.stringify(domain.settings),
      ),
    removeDomain: (uid) => void database.run('DELETE FROM domains WHERE uid = ?', uid),
  };
}

type Entries = Pick<People, 'entry' | 'byLogin' | 'byEmail' | 'entries' | 'saveEntry' | 'removeEntry'>;

function entries(database: Database): Entries {
  return {
    entry: (domain, uid) => entryOf(database.get('SELECT * FROM entries WHERE domain = ? AND uid = ?', domain, uid)),
    byLogin: (domain, login) =>
      entryOf(database.get('SELECT * FROM entries WHERE domain = ? AND login = ?', domain, login.toLowerCase())),
    byEmail: (address) =>
      entryOf(
        database.get(
          'SELECT e.* FROM addresses a JOIN entries e ON e.domain = a.domain AND e.uid = a.uid WHERE a.address = ?',
          address.toLowerCase(),
        ),
      ),
    entries: (domain) =>
      database
        .all('SELECT * FROM entries WHERE domain = ? ORDER BY display_name, uid', domain)
        .map((row) => must(entryOf(row))),
    saveEntry(entry) {
      database.run(SAVE_ENTRY, ...valuesOf(entry));
      database.run('DELETE FROM addresses WHERE domain = ? AND uid = ?', entry.domain, entry.uid);
      for (const email of entry.emails)
        database.run(
          'INSERT INTO addresses (address, domain, uid) VALUES (?, ?, ?)',
          email.address.toLowerCase(),
          entry.domain,
          entry.uid,
        );
    },
    removeEntry(domain, uid) {
      database.run('DELETE FROM entries WHERE domain = ? AND uid = ?', domain, uid);
      database.run('DELETE FROM members WHERE member = ?1 OR group_uid = ?1', uid);
    },
  };
}

const SAVE_ENTRY = `INSERT INTO entries (domain, uid, kind, login, display_name, emails, hidden, system, archived, roles, settings,
  card, external_id, mailbox_copy_guid, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (domain, uid) DO UPDATE SET kind = excluded.kind, login = excluded.login, display_name = excluded.display_name,
  emails = excluded.emails, hidden = excluded.hidden, system = excluded.system, archived = excluded.archived,
  roles = excluded.roles, settings = excluded.settings, card = excluded.card, external_id = excluded.external_id,
  mailbox_copy_guid = excluded.mailbox_copy_guid`;

function valuesOf(entry: Entry): (string | number | null)[] {
  return [
    entry.domain,
    entry.uid,
    entry.kind,
    entry.login?.toLowerCase() ?? null,
    entry.displayName,
    JSON.stringify(entry.emails),
    Number(entry.hidden),
    Number(entry.system),
    Number(entry.archived),
    JSON.stringify(entry.roles),
    JSON.stringify(entry.settings),
    entry.card ?? null,
    entry.externalId ?? null,
    entry.mailboxCopyGuid,
    entry.created,
  ];
}

function credentials(database: Database): Pick<People, 'credential' | 'setCredential'> {
  return {
    credential(domain, uid) {
      const row = database.get('SELECT * FROM credentials WHERE domain = ? AND uid = ?', domain, uid);
      return row === undefined ? undefined : { hash: String(row['hash']), mustChange: row['must_change'] === 1 };
    },
    setCredential: (domain, uid, credential) =>
      void database.run(
        'INSERT OR REPLACE INTO credentials (domain, uid, hash, must_change) VALUES (?, ?, ?, ?)',
        domain,
        uid,
        credential.hash,
        Number(credential.mustChange),
      ),
  };
}

function members(database: Database): Pick<People, 'members' | 'setMembers' | 'groupsOf'> {
  return {
    members: (group) =>
      database
        .all('SELECT member FROM members WHERE group_uid = ? ORDER BY member', group)
        .map((row) => String(row['member'])),
    setMembers(group, list) {
      database.run('DELETE FROM members WHERE group_uid = ?', group);
      for (const member of list)
        database.run('INSERT OR IGNORE INTO members (group_uid, member) VALUES (?, ?)', group, member);
    },
    groupsOf: (member) =>
      database
        .all('SELECT group_uid FROM members WHERE member = ? ORDER BY group_uid', member)
        .map((row) => String(row['group_uid'])),
  };
}

function domainOf(row: Row): Domain {
  return {
    uid: String(row['uid']),
    aliases: JSON.parse(String(row['aliases'])),
    settings: JSON.parse(String(row['settings'])),
  };
}

function entryOf(row: Row | undefined): Entry | undefined {
  if (row === undefined) return undefined;
  const optional = (name: string) => (row[name] === null ? undefined : String(row[name]));
  return {
    uid: String(row['uid']),
    domain: String(row['domain']),
    kind: row['kind'] as EntryKind,
    login: optional('login'),
    displayName: String(row['display_name']),
    emails: JSON.parse(String(row['emails'])),
    hidden: row['hidden'] === 1,
    system: row['system'] === 1,
    archived: row['archived'] === 1,
    roles: JSON.parse(String(row['roles'])),
    settings: JSON.parse(String(row['settings'])),
    card: optional('card'),
    externalId: optional('external_id'),
    mailboxCopyGuid: String(row['mailbox_copy_guid']),
    created: Number(row['created']),
  };
}
