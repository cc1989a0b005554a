/** What imports from files made on the server: noted before it is made, so that one that was interrupted can be taken back too. */
import { canonicalJson } from '../base/digest.ts';
import type { Database, Row } from '../node/database.ts';
import { maybe, text } from './columns.ts';

/** An import that made something, counted. */
export type ImportEntry = {
  readonly id: string;
  /** When it began. @units milliseconds since 1970-01-01T00:00:00Z */
  readonly at: number;
  /** Names of the files of which something was made. */
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
  setSources(id: string, sources: readonly string[]): void;
  /** Notes items again where they are noted already. */
  note(id: string, items: readonly ImportedItem[]): void;
  drop(id: string, items: readonly Pick<ImportedItem, 'container' | 'uid'>[]): void;
  /** Drops what was noted of a container, whose answer was not seen and that is not there: nothing was made. Imports taken back stay as they are. */
  dropAbsent(account: string, container: string, isThere: (uid: string) => boolean): void;
  /** What was made last, first, at most so many; those before one that was given earlier. */
  items(id: string, most: number, before: number | undefined): readonly (ImportedItem & { readonly seq: number })[];
  setUndone(id: string, at: number): void;
  /**
   * Drops those from before a moment; returns how many. Their items go by the portion, one each time this is called: of millions, all at
   * once would keep everybody waiting. They are listed no more meanwhile.
   */
  prune(oldest: number): number;
};

/** Items that are dropped at once. */
const PORTION = 5000;

export function importsIn(database: Database): Imports {
  const count = (id: string, more: number): void => {
    if (more !== 0) database.run('UPDATE imports SET items = items + ? WHERE id = ?', more, id);
  };
  return {
    list: (account) =>
      database
        .all(
          'SELECT id, at, sources, undone, items FROM imports WHERE account = ? AND items > 0 ORDER BY at DESC, id',
          account,
        )
        .map(entryOf),
    begin: ({ id, account, at, sources }) => {
      const sql = 'INSERT INTO imports (id, account, at, sources) VALUES (?, ?, ?, ?)';
      database.run(sql, id, account, at, canonicalJson(sources));
    },
    setSources: (id, sources) => {
      database.run('UPDATE imports SET sources = ? WHERE id = ?', canonicalJson(sources), id);
    },
    note: (id, items) =>
      database.transaction(() =>
        count(
          id,
          sum(items, (item) => noteItem(database, id, item)),
        ),
      ),
    drop: (id, items) => database.transaction(() => count(id, -sum(items, (item) => dropItem(database, id, item)))),
    dropAbsent: (account, container, isThere) =>
      database.transaction(() => {
        const sql = `SELECT import, uid FROM imported JOIN imports ON imports.id = import
          WHERE digest IS NULL AND container = ? AND account = ? AND undone IS NULL`;
        for (const row of database.all(sql, container, account)) {
          const [id, uid] = [text(row['import']), text(row['uid'])];
          if (!isThere(uid)) count(id, -dropItem(database, id, { container, uid }));
        }
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
    prune: (oldest) =>
      database.transaction(() => {
        database.run('UPDATE imports SET items = 0 WHERE at < ? AND items > 0', oldest);
        const portion = 'SELECT seq FROM imported WHERE import IN (SELECT id FROM imports WHERE at < ?) LIMIT ?';
        database.run(`DELETE FROM imported WHERE seq IN (${portion})`, oldest, PORTION);
        const empty = 'NOT EXISTS (SELECT 1 FROM imported WHERE import = imports.id)';
        return database.run(`DELETE FROM imports WHERE at < ? AND ${empty}`, oldest).changes;
      }),
  };
}

/** @returns how many that is more than before */
function noteItem(database: Database, id: string, item: ImportedItem): number {
  const { kind, container, uid, look } = item;
  const digest = item.digest ?? null;
  const added = database.run(
    `INSERT INTO imported (import, kind, container, uid, look, digest) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (import, container, uid) DO NOTHING`,
    ...[id, kind, container, uid, look, digest],
  ).changes;
  if (added === 0)
    database.run(
      'UPDATE imported SET look = ?, digest = ? WHERE import = ? AND container = ? AND uid = ?',
      ...[look, digest, id, container, uid],
    );
  return added;
}

/** @returns how many that is less than before */
function dropItem(database: Database, id: string, { container, uid }: Pick<ImportedItem, 'container' | 'uid'>): number {
  const sql = 'DELETE FROM imported WHERE import = ? AND container = ? AND uid = ?';
  return database.run(sql, id, container, uid).changes;
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
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
