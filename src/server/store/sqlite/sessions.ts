import { createHash } from 'node:crypto';
import type { Database, Row } from '../../../node/database.ts';
import type { Outbox, OutboxMessage, Sessions, StoredKey, StoredSession } from '../store.ts';

/** Sessions and API keys in SQLite. Session ids are kept as digests: who reads the file cannot take over a session. */
export function sqliteSessions(database: Database): Sessions {
  return {
    save: (session) =>
      void database.run(
        `INSERT OR REPLACE INTO sessions (id, user, domain, origin, interactive, expired, created, last_use)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        digest(session.id),
        session.user,
        session.domain,
        session.origin,
        Number(session.interactive),
        Number(session.expired),
        session.created,
        session.lastUse,
      ),
    byId: (id) => sessionOf(id, database.get('SELECT * FROM sessions WHERE id = ?', digest(id))),
    touch: (id, lastUse) => void database.run('UPDATE sessions SET last_use = ? WHERE id = ?', lastUse, digest(id)),
    remove: (id) => void database.run('DELETE FROM sessions WHERE id = ?', digest(id)),
    removeIdleSince: (date) => database.run('DELETE FROM sessions WHERE last_use < ?', date).changes,
    removeAll: () => void database.run('DELETE FROM sessions'),
    saveKey: (key) =>
      void database.run(
        'INSERT OR REPLACE INTO api_keys (id, display_name, user, domain) VALUES (?, ?, ?, ?)',
        key.id,
        key.displayName,
        key.user,
        key.domain,
      ),
    key: (id) => database.all('SELECT * FROM api_keys WHERE id = ?', id).map(keyOf)[0],
    keysOf: (user) => database.all('SELECT * FROM api_keys WHERE user = ? ORDER BY display_name, id', user).map(keyOf),
    removeKey: (id) => void database.run('DELETE FROM api_keys WHERE id = ?', id),
  };
}

/** The messages that the original would have mailed, in SQLite. */
export function sqliteOutbox(database: Database): Outbox {
  return {
    add: (message) =>
      void database.run(
        `INSERT INTO outbox (date, method, sender, recipients, container_uid, item_uid, summary) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        message.date,
        message.method,
        message.from,
        JSON.stringify(message.to),
        message.containerUid,
        message.itemUid,
        message.summary,
      ),
    all: () => database.all('SELECT * FROM outbox ORDER BY id').map(messageOf),
    clear: () => void database.run('DELETE FROM outbox'),
  };
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function sessionOf(id: string, row: Row | undefined): StoredSession | undefined {
  if (row === undefined) return undefined;
  return {
    id,
    user: String(row['user']),
    domain: String(row['domain']),
    origin: String(row['origin']),
    interactive: row['interactive'] === 1,
    expired: row['expired'] === 1,
    created: Number(row['created']),
    lastUse: Number(row['last_use']),
  };
}

function keyOf(row: Row): StoredKey {
  return {
    id: String(row['id']),
    displayName: String(row['display_name']),
    user: String(row['user']),
    domain: String(row['domain']),
  };
}

function messageOf(row: Row): OutboxMessage {
  return {
    id: Number(row['id']),
    date: Number(row['date']),
    method: row['method'] as OutboxMessage['method'],
    from: String(row['sender']),
    to: JSON.parse(String(row['recipients'])),
    containerUid: String(row['container_uid']),
    itemUid: String(row['item_uid']),
    summary: String(row['summary']),
  };
}
