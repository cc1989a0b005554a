/**
 * The file behind the emulator. Several processes may have it open (the command line edits while the agent runs): WAL, a busy
 * timeout, short immediate transactions, and nothing kept in memory that another process could change.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stores (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, store_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  file_path TEXT NOT NULL, attached INTEGER NOT NULL, is_default INTEGER NOT NULL, root TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS folders (
  entry_id TEXT PRIMARY KEY, store INTEGER NOT NULL, parent TEXT, role INTEGER, item_type INTEGER NOT NULL,
  number INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS folders_parent ON folders (parent);
CREATE TABLE IF NOT EXISTS items (
  number INTEGER PRIMARY KEY, entry_id TEXT NOT NULL UNIQUE, store INTEGER NOT NULL, folder TEXT NOT NULL,
  hidden INTEGER NOT NULL, version INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS items_folder ON items (folder, hidden);
CREATE TABLE IF NOT EXISTS parts (
  number INTEGER PRIMARY KEY, item TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS parts_item ON parts (item, kind, position);
CREATE TABLE IF NOT EXISTS properties (
  owner TEXT NOT NULL, key TEXT NOT NULL, type INTEGER NOT NULL, value, PRIMARY KEY (owner, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folder_fields (
  folder TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, type INTEGER NOT NULL, PRIMARY KEY (folder, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS categories (
  id TEXT PRIMARY KEY, store INTEGER NOT NULL, name TEXT NOT NULL, color INTEGER NOT NULL, shortcut INTEGER NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, about TEXT NOT NULL, event TEXT NOT NULL, argument TEXT NOT NULL);
`;

/** Rows the journal keeps: enough for every process to catch up, not for ever. */
const JOURNAL_ROWS = 5000;

type Row = Readonly<Record<string, unknown>>;

/** A connection with prepared statements and nested transactions. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  constructor(file: string) {
    this.#connection = new DatabaseSync(file, { timeout: 10_000 });
    this.#connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;');
    this.transaction(() => this.#connection.exec(SCHEMA));
  }

  all<R = Row>(sql: string, ...values: readonly SQLInputValue[]): readonly R[] {
    return this.#statement(sql).all(...values) as unknown as readonly R[];
  }

  get<R = Row>(sql: string, ...values: readonly SQLInputValue[]): R | undefined {
    return this.#statement(sql).get(...values) as R | undefined;
  }

  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  /** Runs `work` as one write; inside another transaction it joins that one. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#connection.exec('BEGIN IMMEDIATE');
    this.#depth++;
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** Drops journal rows that everybody had time to read. */
  trimJournal(): void {
    this.run(`DELETE FROM journal WHERE seq <= (SELECT MAX(seq) FROM journal) - ${JOURNAL_ROWS}`);
  }

  close(): void {
    this.#connection.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#connection.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}
