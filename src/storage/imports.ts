/** What imports from files made on the server: noted before it is made, so that one that was interrupted can be taken back too. */
import { canonicalJson } from '../base/digest.ts';
import type { Database, Row } from '../node/database.ts';
import { maybe, text } from './columns.ts';

/** An import that made something, counted. */
export type ImportEntry = {
  readonly id: string;
  /** When it began. @units milliseconds since 1970-01-01T00:00:00Z */
  readonly at: number;
  /** Names of the files. */
  readonly sources: readonly string[];
  readonly items: number;
  /** When it was taken back. @units milliseconds since 1970-01-01T00:00:00Z */
  readonly undone: number | undefined;
};

/** An item that an import made. */
export type ImportedItem = {
  readonly kind: 'calendar' | 'addressbook';
  readonly container: string;
  /** On the server. */
  readonly uid: string;
  /** Fingerprint of what was sent. */
  readonly look: string;
  /** Digest of what the server then held; undefined: its answer was not seen. */
  readonly digest: string | undefined;
};

export type Imports = {
  /** Newest first. */
  list(account: string): readonly ImportEntry[];
  begin(entry: Pick<ImportEntry, 'id' | 'at' | 'sources'> & { readonly account: string }): void;
  /** Notes items again where they are noted already. */
  note(id: string, items: readonly ImportedItem[]): void;
  drop(id: string, items: readonly Pick<ImportedItem, 'container' | 'uid'>[]): void;
  /** What was made last, first, at most so many; those before one that was given earlier. */
  items(id: string, most: number, before: number | undefined): readonly (ImportedItem & { readonly seq: number })[];
  setUndone(id: string, at: number): void;
  /** Drops those from before a moment; returns how many. */
  prune(oldest: number): number;
};

export function importsIn(database: Database): Imports {
  return {
    list: (account) =>
      database
        .all(
          `SELECT id, at, sources, undone, (SELECT count(*) FROM imported WHERE import = imports.id) AS items
            FROM imports WHERE account = ? ORDER BY at DESC, id`,
          account,
        )
        .map(entryOf)
        .filter(({ items }) => items > 0),
    begin: ({ id, account, at, sources }) => {
      const sql = 'INSERT INTO imports (id, account, at, sources) VALUES (?, ?, ?, ?)';
      database.run(sql, id, account, at, canonicalJson(sources));
    },
    note: (id, items) =>
      database.transaction(() => {
        for (const { kind, container, uid, look, digest } of items)
          database.run(
            `INSERT INTO imported (import, kind, container, uid, look, digest) VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT (import, container, uid) DO UPDATE SET look = excluded.look, digest = excluded.digest`,
            ...[id, kind, container, uid, look, digest ?? null],
          );
      }),
    drop: (id, items) =>
      database.transaction(() => {
        for (const { container, uid } of items)
          database.run('DELETE FROM imported WHERE import = ? AND container = ? AND uid = ?', id, container, uid);
      }),
    items: (id, most, before) =>
      database
        .all(
          'SELECT * FROM imported WHERE import = ?1 AND (?2 IS NULL OR seq < ?2) ORDER BY seq DESC LIMIT ?3',
          ...[id, before ?? null, most],
        )
        .map(itemOf),
    setUndone: (id, at) => {
      database.run('UPDATE imports SET undone = ? WHERE id = ?', at, id);
    },
    prune: (oldest) => database.run('DELETE FROM imports WHERE at < ?', oldest).changes,
  };
}

function entryOf(row: Row): ImportEntry {
  const undone = maybe(row['undone']);
  return {
    id: text(row['id']),
    at: Number(row['at']),
    sources: JSON.parse(text(row['sources'])) as string[],
    items: Number(row['items']),
    undone: undone === undefined ? undefined : Number(undone),
  };
}

function itemOf(row: Row): ImportedItem & { readonly seq: number } {
  return {
    seq: Number(row['seq']),
    kind: text(row['kind']) as ImportedItem['kind'],
    container: text(row['container']),
    uid: text(row['uid']),
    look: text(row['look']),
    digest: maybe(row['digest']),
  };
}
