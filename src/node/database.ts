import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Synchronous } from '../base/synchronous.ts';
import { makeBackup } from './backup.ts';
import { asDatabaseFailure, databaseFailure } from './database-failure.ts';
import { makeFolder } from './make-folder.ts';
import { makePrivate } from './private-file.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Bind = SQLInputValue;

/** What a writing statement did: rows changed, and the id of the last row it inserted. */
export type Written = { readonly changes: number; readonly id: number };

/**
 * A SQLite file that only the user may read: statements prepared once, transactions that nest, errors as Failures (see
 * database-failure.ts).
 * Several processes may have it open at once: write-ahead log, and writers wait for each other.
 */
export type Database = {
  all<R = Row>(sql: string, ...values: readonly Bind[]): R[];
  /** Rows as lists of their columns: half the work of `all` where there are many rows. */
  rows<R extends readonly unknown[]>(sql: string, ...values: readonly Bind[]): R[];
  /** Rows one by one, for tables larger than memory should hold; write nothing to the table meanwhile. */
  iterate<R = Row>(sql: string, ...values: readonly Bind[]): IterableIterator<R>;
  get<R = Row>(sql: string, ...values: readonly Bind[]): R | undefined;
  run(sql: string, ...values: readonly Bind[]): Written;
  /** Another number when another connection wrote to the file since. */
  version(): number;
  /** Runs `work` as one write: whole or not at all; inside another it is a savepoint. `work` must not be asynchronous. */
  transaction<T>(work: () => Synchronous<T>): T;
  /**
   * Until {@link Database.settle} transactions are gathered into one that begins with the first of them, or at once: what they wrote is
   * seen at once by this connection, and by others when it is settled. Nothing may wait in between, for other writers wait meanwhile.
   */
  gather(begin: 'at once' | 'with the first'): void;
  /** Commits what was gathered. */
  settle(): void;
  /** How often something was not committed: what was taken out of the file meanwhile, a number say, may not have been. */
  undone(): number;
  /** Closing twice does nothing. */
  close(): void;
};

export type DatabaseOptions = {
  /** `:memory:` for none. Missing folders are made. */
  readonly file: string;
  /** Folder of `NNNN-name.sql` files; those above the file's `user_version` run in order, each as one transaction. */
  readonly migrations: URL;
  /** What it is in people's words, for failures: `the connector's memory`. */
  readonly what: string;
  /** @units milliseconds to wait for another process's write */
  readonly busyTimeout?: number;
  /**
   * What an acknowledged write survives. `machine` (the default) waits for the disk at every commit; `process` does not, so a
   * power cut may undo the last commits; either way the file stays sound.
   */
  readonly durability?: 'process' | 'machine';
  /** Whether a file that is migrated is copied first, to `….backup`. */
  readonly backup?: boolean;
  /** @units KiB of the file that are kept in memory; SQLite’s own 2,000 when absent */
  readonly cache?: number;
};

/** @throws STORAGE_LOCKED, STORAGE_DAMAGED, STORAGE_NEWER, STORAGE_UNREACHABLE, STORAGE_FULL */
export function openDatabase(options: DatabaseOptions): Database {
  const { file, what } = options;
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw asDatabaseFailure(error, what, file);
    }
  };
  const left = wasLeftOpen(file);
  const sqlite = told(() => connect(options));
  try {
    const database = wrap(sqlite, told);
    told(() => prepare(database, sqlite, options));
    if (left) told(() => checkPages(database, options));
    return database;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function connect({ file, what, busyTimeout = 10_000 }: DatabaseOptions): DatabaseSync {
  if (file !== ':memory:' && !existsSync(dirname(file))) madeFolder(dirname(file), what, file);
  if (file !== ':memory:') makePrivate(file);
  return new DatabaseSync(file, { timeout: busyTimeout });
}

function madeFolder(folder: string, what: string, file: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw databaseFailure('STORAGE_UNREACHABLE', what, file, error);
  }
}

/** The last one to close a file removes its log: where one lies, a process ended without closing, or has the file open now. */
function wasLeftOpen(file: string): boolean {
  return file !== ':memory:' && existsSync(`${file}-wal`);
}

/** Reads every page (0.3 s for 300 MB in memory, longer from a disk), so only a file that was not closed is asked this. */
function checkPages(database: Database, { what, file }: DatabaseOptions): void {
  const check = database.get<{ quick_check: string }>('PRAGMA quick_check(1)');
  if (check?.quick_check !== 'ok') throw databaseFailure('STORAGE_DAMAGED', what, file, check?.quick_check);
}

/**
 * Pages of the log before it is copied into the file, which waits for the disk: SQLite's own 1,000, or 8 MB for what need not
 * survive a power cut: 16 MB took 30 ms in one piece.
 */
const LAZY_CHECKPOINT = 2000;

function prepare(
  database: Database,
  sqlite: DatabaseSync,
  { file, migrations, what, durability = 'machine', cache = 2_000, backup = false }: DatabaseOptions,
): void {
  const synchronous = durability === 'machine' ? 'FULL' : 'NORMAL';
  sqlite.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
     PRAGMA cache_size = -${cache}; PRAGMA wal_autocheckpoint = ${durability === 'machine' ? 1000 : LAZY_CHECKPOINT};`,
  );
  // Reads the whole schema, so that a file cut short or overwritten from its start on is told now; any other broken page is told
  // by the statement that meets it.
  database.all('SELECT name FROM sqlite_schema');
  const tooNew = () => {
    throw databaseFailure('STORAGE_NEWER', what, file);
  };
  migrate(database, sqlite, {
    ...{ tooNew, folder: migrations },
    before: () => backup && file !== ':memory:' && makeBackup(sqlite, file, what),
  });
}

/** The number of the newest migration in a folder. */
export function newestMigration(folder: URL): number {
  return migrationsIn(folder).at(-1)?.number ?? 0;
}

function migrationsIn(folder: URL) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ number: Number.parseInt(name, 10), url: new URL(name, folder) }));
}

type Migrating = { readonly tooNew: () => never; readonly folder: URL; readonly before: () => void };

function migrate(database: Database, sqlite: DatabaseSync, { tooNew, folder, before }: Migrating): void {
  const steps = migrationsIn(folder);
  const version = () => Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version() > (steps.at(-1)?.number ?? 0)) tooNew();
  if (version() === steps.at(-1)?.number) return;
  if (version() > 0) before();
  database.transaction(() => {
    // Read again inside: another process may have migrated while this one waited for its turn.
    const done = version();
    for (const { number, url } of steps.filter((step) => step.number > done)) {
      sqlite.exec(readFileSync(url, 'utf8'));
      sqlite.exec(`PRAGMA user_version = ${number}`);
    }
  });
}

function wrap(sqlite: DatabaseSync, told: <T>(work: () => T) => T): Database {
  const statements = new Map<string, StatementSync>();
  const listing = new Map<string, StatementSync>();
  const prepared = (sql: string, kept = statements): StatementSync => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = sqlite.prepare(sql);
    if (kept === listing) statement.setReturnArrays(true);
    kept.set(sql, statement);
    return statement;
  };
  // What begins and ends a transaction is said several times for each write: it is prepared like the rest.
  const say = (sql: string): void => void told(() => prepared(sql).run());
  let depth = 0;
  let gathering = false;
  let undone = 0;
  const beginGathering = (): void => {
    say('BEGIN IMMEDIATE');
    depth = 1;
  };
  return {
    all: <R>(sql: string, ...values: readonly Bind[]) => told(() => prepared(sql).all(...values) as R[]),
    rows: <R extends readonly unknown[]>(sql: string, ...values: readonly Bind[]) =>
      told(() => prepared(sql, listing).all(...values) as unknown as R[]),
    *iterate<R>(sql: string, ...values: readonly Bind[]) {
      // A statement of its own: an iteration in progress must not be reset by another use of the same text.
      const rows = told(() => sqlite.prepare(sql).iterate(...values));
      try {
        for (let next = told(() => rows.next()); !next.done; next = told(() => rows.next())) yield next.value as R;
      } finally {
        // A reader that stops early must not keep the file from being written.
        rows.return?.();
      }
    },
    get: <R>(sql: string, ...values: readonly Bind[]) => told(() => prepared(sql).get(...values) as R | undefined),
    run: (sql, ...values) =>
      told(() => {
        const { changes, lastInsertRowid } = prepared(sql).run(...values);
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      }),
    version: () => told(() => Number(prepared('PRAGMA data_version', listing).get()?.[0 as never])),
    gather: (begin) => {
      if (begin === 'at once' && depth === 0) beginGathering();
      gathering = true;
    },
    undone: () => undone,
    settle: () => {
      gathering = false;
      depth = 0;
      if (!sqlite.isOpen || !sqlite.isTransaction) return;
      try {
        say('COMMIT');
      } catch (error) {
        undone++;
        if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
        throw error;
      }
    },
    transaction: <T>(work: () => Synchronous<T>): T => {
      if (gathering && depth === 0) beginGathering();
      const level = depth;
      say(level === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT level${level}`);
      depth++;
      try {
        const result = work();
        say(level === 0 ? 'COMMIT' : `RELEASE level${level}`);
        return result;
      } catch (error) {
        undone++;
        // A failed COMMIT may have ended the transaction already.
        if (sqlite.isTransaction)
          sqlite.exec(level === 0 ? 'ROLLBACK' : `ROLLBACK TO level${level}; RELEASE level${level}`);
        throw error;
      } finally {
        depth = level;
      }
    },
    close: () => {
      statements.clear();
      listing.clear();
      if (sqlite.isOpen) sqlite.close();
    },
  };
}
