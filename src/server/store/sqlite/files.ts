import type { Database, Row } from '../../../node/database.ts';
import type { Files, StoredFile } from '../store.ts';

/** Shared files in SQLite. */
export function sqliteFiles(database: Database): Files {
  return {
    save: (file) =>
      void database.run(
        'INSERT INTO files (id, domain, owner, name, digest, created, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
        file.id,
        file.domain,
        file.owner,
        file.name,
        file.digest,
        file.created,
        file.bytes,
      ),
    byId: (id) => fileOf(database.get('SELECT * FROM files WHERE id = ?', id)),
    byDigest: (domain, owner, digest) =>
      fileOf(
        database.get(
          'SELECT * FROM files WHERE domain = ? AND owner = ? AND digest = ? LIMIT 1',
          domain,
          owner,
          digest,
        ),
      ),
    remove: (id) => void database.run('DELETE FROM files WHERE id = ?', id),
    removeBefore: (date) => database.run('DELETE FROM files WHERE created < ?', date).changes,
  };
}

function fileOf(row: Row | undefined): StoredFile | undefined {
  if (row === undefined) return undefined;
  return {
    id: String(row['id']),
    domain: String(row['domain']),
    owner: String(row['owner']),
    name: String(row['name']),
    digest: String(row['digest']),
    created: Number(row['created']),
    bytes: row['bytes'] as Uint8Array,
  };
}
