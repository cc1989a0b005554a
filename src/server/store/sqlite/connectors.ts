import type { Database, Row } from '../../../node/database.ts';
import type { ConnectorState } from '../../../wire/connector.ts';
import type { Connectors, StoredReport } from '../store.ts';

/** Signs of life and reports of connectors in SQLite. */
export function sqliteConnectors(database: Database): Connectors {
  return {
    setState: ({ domain, user, at, state }) =>
      void database.run(
        'INSERT OR REPLACE INTO connector_states (domain, user, at, state) VALUES (?, ?, ?, ?)',
        ...[domain, user, at, JSON.stringify(state)],
      ),
    states: () =>
      database.all('SELECT domain, user, at, state FROM connector_states ORDER BY domain, user').map((row) => ({
        ...ownerOf(row),
        state: JSON.parse(String(row['state'])) as ConnectorState,
      })),
    addReport: ({ id, domain, user, at, report }, most) => {
      database.run(
        'INSERT INTO connector_reports (id, domain, user, at, report) VALUES (?, ?, ?, ?, ?)',
        ...[id, domain, user, at, report],
      );
      database.run(
        `DELETE FROM connector_reports WHERE domain = ?1 AND user = ?2 AND id NOT IN
          (SELECT id FROM connector_reports WHERE domain = ?1 AND user = ?2 ORDER BY at DESC, rowid DESC LIMIT ?3)`,
        ...[domain, user, most],
      );
    },
    reports: () =>
      database
        .all('SELECT id, domain, user, at, length(report) AS size FROM connector_reports ORDER BY at DESC, rowid DESC')
        .map((row) => ({ id: String(row['id']), ...ownerOf(row), size: Number(row['size']) })),
    report: (id) => {
      const row = database.get('SELECT * FROM connector_reports WHERE id = ?', id);
      return row && reportOf(row);
    },
    removeOf: (domain, user) => {
      for (const table of ['connector_states', 'connector_reports'])
        database.run(`DELETE FROM ${table} WHERE domain = ? AND user = ?`, domain, user);
    },
    removeBefore: (date) => database.run('DELETE FROM connector_reports WHERE at < ?', date).changes,
  };
}

function ownerOf(row: Row) {
  return { domain: String(row['domain']), user: String(row['user']), at: Number(row['at']) };
}

function reportOf(row: Row): StoredReport {
  return { id: String(row['id']), ...ownerOf(row), report: String(row['report']) };
}
