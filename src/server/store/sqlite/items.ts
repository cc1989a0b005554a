import { must } from '../../../base/assert.ts';
import type { Database, Row } from '../../../node/database.ts';
import { ITEM_FLAGS } from '../../../wire/container.ts';
import type { Change, ChangeKind, Changes, Items, StoredItem } from '../store.ts';

/** Items of every container in SQLite; their ids come from one sequence, which also serves ids given out ahead. */
export function sqliteItems(database: Database): Items {
  return {
    insert: (item) =>
      void database.run(
        `INSERT INTO items (id, container_id, uid, version, display_name, external_id, created_by, updated_by, created,
           updated, flags, lookup, weight, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        item.id,
        item.containerId,
        item.uid,
        item.version,
        item.displayName,
        item.externalId ?? null,
        item.createdBy,
        item.updatedBy,
        item.created,
        item.updated,
        item.flags,
        item.lookup,
        item.weight,
        item.value,
      ),
    update: (item) =>
      void database.run(
        `UPDATE items SET version = ?, display_name = ?, external_id = ?, updated_by = ?, updated = ?, flags = ?, lookup = ?,
           weight = ?, value = ? WHERE id = ?`,
        item.version,
        item.displayName,
        item.externalId ?? null,
        item.updatedBy,
        item.updated,
        item.flags,
        item.lookup,
        item.weight,
        item.value,
        item.id,
      ),
    remove: (id) => void database.run('DELETE FROM items WHERE id = ?', id),
    ...reading(database),
    ...sequence(database),
    blob: (itemId, name) =>
      database.get('SELECT bytes FROM blobs WHERE item_id = ? AND name = ?', itemId, name)?.['bytes'] as
        | Uint8Array
        | undefined,
    setBlob(itemId, name, bytes) {
      if (bytes === undefined) database.run('DELETE FROM blobs WHERE item_id = ? AND name = ?', itemId, name);
      else database.run('INSERT OR REPLACE INTO blobs (item_id, name, bytes) VALUES (?, ?, ?)', itemId, name, bytes);
    },
  };
}

// CROSS JOIN: SQLite keeps the order of the tables, and looks each key up instead of reading the whole container.
type Reading = Pick<Items, 'byUid' | 'byId' | 'byUids' | 'byIds' | 'told' | 'byLookup' | 'all' | 'uids' | 'count'>;

function reading(database: Database): Reading {
  const many = (sql: string, ...values: (string | number)[]) =>
    database.all(sql, ...values).map((row) => must(itemOf(row)));
  return {
    byUid: (containerId, uid) =>
      itemOf(database.get('SELECT * FROM items WHERE container_id = ? AND uid = ?', containerId, uid)),
    byId: (containerId, id) =>
      itemOf(database.get('SELECT * FROM items WHERE container_id = ? AND id = ?', containerId, id)),
    byUids: (containerId, uids) =>
      many(
        'SELECT i.* FROM json_each(?) k CROSS JOIN items i ON i.container_id = ? AND i.uid = k.value ORDER BY k.key',
        JSON.stringify(uids),
        containerId,
      ),
    byIds: (containerId, ids) =>
      many(
        'SELECT i.* FROM json_each(?) k CROSS JOIN items i ON i.id = k.value AND i.container_id = ? ORDER BY k.key',
        JSON.stringify(ids),
        containerId,
      ),
    told: (containerId, uids) =>
      database.rows<[Uint8Array]>(TOLD, JSON.stringify(uids), containerId).map(([bytes]) => bytes),
    byLookup: (containerId, lookup) =>
      many('SELECT * FROM items WHERE container_id = ? AND lookup = ? ORDER BY id', containerId, lookup),
    all: (containerId) => many('SELECT * FROM items WHERE container_id = ? ORDER BY id', containerId),
    uids: (containerId) =>
      database
        .all('SELECT uid FROM items WHERE container_id = ? ORDER BY id', containerId)
        .map((row) => String(row['uid'])),
    count: (containerId) =>
      Number(database.get('SELECT count(*) AS n FROM items WHERE container_id = ?', containerId)?.['n']),
  };
}

const NAMED_FLAGS = ITEM_FLAGS.map((flag, bit) => `iif(i.flags & ${1 << bit}, ',"${flag}"', '')`).join(' || ');

/** An item put together inside SQLite: nothing of its value becomes a text of this program, which would be made into bytes again. */
const TOLD = `SELECT CAST('{"value":' || i.value || ',"uid":' || json_quote(i.uid) || ',"internalId":' || i.id || ',"version":' || i.version
    || ',"displayName":' || json_quote(i.display_name) || ',"externalId":' || json_quote(i.external_id)
    || ',"createdBy":' || json_quote(i.created_by) || ',"updatedBy":' || json_quote(i.updated_by)
    || ',"created":' || i.created || ',"updated":' || i.updated
    || ',"flags":[' || substr(${NAMED_FLAGS}, 2) || ']}' AS BLOB)
  FROM json_each(?) k CROSS JOIN items i ON i.container_id = ? AND i.uid = k.value ORDER BY k.key`;

function sequence(database: Database): Pick<Items, 'allocateIds' | 'isAllocated' | 'isUsed'> {
  return {
    allocateIds(count) {
      const row = database.get("UPDATE counters SET value = value + ? WHERE name = 'item' RETURNING value", count);
      return Number(must(row)['value']);
    },
    isAllocated(id) {
      const row: Row | undefined = database.get("SELECT value FROM counters WHERE name = 'item'");
      return id > 0 && id <= Number(must(row)['value']);
    },
    isUsed: (id) => database.get('SELECT 1 FROM items WHERE id = ?', id) !== undefined,
  };
}

type MarkRow = [number, string, ChangeKind, number, number, number, number];

/** The change log in SQLite. */
export function sqliteChanges(database: Database): Changes {
  return {
    record: (change) =>
      void database.run(
        `INSERT OR REPLACE INTO changes (container_id, item_id, kind, version, item_uid, external_id, author, origin, date,
           weight, flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        change.containerId,
        change.itemId,
        change.kind,
        change.version,
        change.itemUid,
        change.externalId ?? null,
        change.author,
        change.origin,
        change.date,
        change.weight,
        change.flags,
      ),
    since: (containerId, since) =>
      database
        .rows<MarkRow>(
          `SELECT item_id, item_uid, kind, version, date, weight, flags FROM changes
             WHERE container_id = ? AND version > ? ORDER BY version`,
          containerId,
          since,
        )
        .map(([itemId, itemUid, kind, version, date, weight, flags]) => ({
          itemId,
          itemUid,
          kind,
          version,
          date,
          weight,
          flags,
        })),
    ofItem: (containerId, itemUid, since) =>
      database
        .all(
          'SELECT * FROM changes WHERE container_id = ? AND item_uid = ? AND version > ? ORDER BY version',
          containerId,
          itemUid,
          since,
        )
        .map(changeOf),
    purgeDeletedBefore: (date) =>
      database.run(
        `DELETE FROM changes WHERE (container_id, item_id) IN
           (SELECT container_id, item_id FROM changes WHERE kind = 'Deleted' AND date < ?)`,
        date,
      ).changes,
  };
}

function itemOf(row: Row | undefined): StoredItem | undefined {
  if (row === undefined) return undefined;
  return {
    id: Number(row['id']),
    containerId: Number(row['container_id']),
    uid: String(row['uid']),
    version: Number(row['version']),
    displayName: String(row['display_name']),
    externalId: row['external_id'] === null ? undefined : String(row['external_id']),
    createdBy: String(row['created_by']),
    updatedBy: String(row['updated_by']),
    created: Number(row['created']),
    updated: Number(row['updated']),
    flags: Number(row['flags']),
    lookup: String(row['lookup']),
    weight: Number(row['weight']),
    value: String(row['value']),
  };
}

function changeOf(row: Row): Change {
  return {
    containerId: Number(row['container_id']),
    itemId: Number(row['item_id']),
    kind: row['kind'] as ChangeKind,
    version: Number(row['version']),
    itemUid: String(row['item_uid']),
    externalId: row['external_id'] === null ? undefined : String(row['external_id']),
    author: String(row['author']),
    origin: String(row['origin']),
    date: Number(row['date']),
    weight: Number(row['weight']),
    flags: Number(row['flags']),
  };
}
