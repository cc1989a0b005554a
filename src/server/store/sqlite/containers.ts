import { must } from '../../../base/assert.ts';
import type { Database, Row } from '../../../node/database.ts';
import type { Container, Containers, Grant } from '../store.ts';

/** Containers, rights and personal settings in SQLite. */
export function sqliteContainers(database: Database): Containers {
  return {
    insert(container) {
      database.run(
        `INSERT INTO containers (uid, type, name, owner, domain, default_container, read_only, settings, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
        container.uid,
        container.type,
        container.name,
        container.owner,
        container.domain,
        Number(container.defaultContainer),
        Number(container.readOnly),
        JSON.stringify(container.settings),
      );
      return must(this.byUid(container.uid));
    },
    update(container) {
      database.run(
        'UPDATE containers SET name = ?, default_container = ?, read_only = ?, settings = ? WHERE id = ?',
        container.name,
        Number(container.defaultContainer),
        Number(container.readOnly),
        JSON.stringify(container.settings),
        container.id,
      );
    },
    remove: (id) => void database.run('DELETE FROM containers WHERE id = ?', id),
    removeOfDomain: (domain) => void database.run('DELETE FROM containers WHERE domain = ?', domain),
    byUid: (uid) => containerOf(database.get('SELECT * FROM containers WHERE uid = ?', uid)),
    byUids: (uids) =>
      database
        .all(
          'SELECT c.* FROM json_each(?) k CROSS JOIN containers c ON c.uid = k.value ORDER BY k.key',
          JSON.stringify(uids),
        )
        .map((row) => must(containerOf(row))),
    ofOwner: (owner, domain) =>
      database
        .all('SELECT * FROM containers WHERE owner = ? AND domain = ? ORDER BY id', owner, domain)
        .map((row) => must(containerOf(row))),
    ofType: (type) =>
      database.all('SELECT * FROM containers WHERE type = ? ORDER BY id', type).map((row) => must(containerOf(row))),
    grantedTo: (subjects) =>
      database
        .all(
          `SELECT * FROM containers WHERE id IN
             (SELECT container_id FROM grants WHERE subject IN (SELECT value FROM json_each(?))) ORDER BY id`,
          JSON.stringify(subjects),
        )
        .map((row) => must(containerOf(row))),
    ...grants(database),
    nextVersion(id) {
      const row = database.get('UPDATE containers SET version = version + 1 WHERE id = ? RETURNING version', id);
      return Number(must(row, 'the container of a new version')['version']);
    },
  };
}

type Rights = Pick<Containers, 'grants' | 'setGrants' | 'personalSettings' | 'setPersonalSettings'>;

function grants(database: Database): Rights {
  return {
    grants: (id) =>
      database.all('SELECT subject, verb FROM grants WHERE container_id = ? ORDER BY subject, verb', id) as Grant[],
    setGrants(id, list) {
      database.run('DELETE FROM grants WHERE container_id = ?', id);
      for (const grant of list)
        database.run(
          'INSERT OR IGNORE INTO grants (container_id, subject, verb) VALUES (?, ?, ?)',
          id,
          grant.subject,
          grant.verb,
        );
    },
    personalSettings(id, subject) {
      const row = database.get(
        'SELECT settings FROM personal_settings WHERE container_id = ? AND subject = ?',
        id,
        subject,
      );
      return row === undefined ? {} : JSON.parse(String(row['settings']));
    },
    setPersonalSettings: (id, subject, settings) =>
      void database.run(
        'INSERT OR REPLACE INTO personal_settings (container_id, subject, settings) VALUES (?, ?, ?)',
        id,
        subject,
        JSON.stringify(settings),
      ),
  };
}

function containerOf(row: Row | undefined): Container | undefined {
  if (row === undefined) return undefined;
  return {
    id: Number(row['id']),
    uid: String(row['uid']),
    type: String(row['type']),
    name: String(row['name']),
    owner: String(row['owner']),
    domain: String(row['domain']),
    defaultContainer: row['default_container'] === 1,
    readOnly: row['read_only'] === 1,
    settings: JSON.parse(String(row['settings'])),
    version: Number(row['version']),
  };
}
