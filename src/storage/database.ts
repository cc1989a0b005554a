/**
 * The database file: opened, brought to the present schema, and asked through statements that are prepared once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { must } from '../base/assert.ts';
import { inStorage, storageFailure } from './failures.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;
export type Values = readonly SQLInputValue[];

/** A database whose failures have codes. */
export type Database = {
  all(sql: string, ...values: Values): readonly Row[];
  /** Row by row, for whole tables. */
  each(sql: string, ...values: Values): Iterable<Row>;
  get(sql: string, ...values: Values): Row | undefined;
  /** Returns how many rows changed. */
  run(sql: string, ...values: Values): number;
  /** All of `work` or nothing; not to be nested. */
  transaction<T>(work: () => T): T;
  close(): void;
};

/** @units milliseconds a statement waits for another program's transaction */
const PATIENCE = 2000;

const MIGRATIONS = new URL('./migrations/', import.meta.url);

/** Opens `file` (`:memory:` for none). @throws STORAGE_LOCKED, STORAGE_DAMAGED, STORAGE_FULL, STORAGE_NEWER, STORAGE_UNREACHABLE */
export function openDatabase(file: string, mostPages?: number): Database {
  return inStorage(() => {
    const connection = new DatabaseSync(file, { timeout: PATIENCE });
    try {
      // FULL: an intent must survive a power cut before the effect it announces; NORMAL may lose the last commits of a WAL.
      connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
      migrate(connection);
      if (mostPages !== undefined) connection.exec(`PRAGMA max_page_count = ${mostPages}`);
      return database(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** The migrations that come with this version, by number. */
function migrations(): readonly { readonly number: number; readonly sql: string }[] {
  return readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ number: Number.parseInt(name, 10), sql: readFileSync(new URL(name, MIGRATIONS), 'utf8') }))
    .sort((a, b) => a.number - b.number);
}

/** Runs the migrations the file has not seen, each with its number in one transaction. */
function migrate(connection: DatabaseSync): void {
  const seen = Number(connection.prepare('PRAGMA user_version').get()?.user_version);
  const all = migrations();
  const newest = must(all.at(-1), 'the migrations are missing').number;
  if (seen > newest) throw storageFailure('STORAGE_NEWER');
  for (const { number, sql } of all) {
    if (number <= seen) continue;
    connection.exec('BEGIN IMMEDIATE');
    try {
      // Another program may have migrated while this one waited for the lock.
      const now = Number(connection.prepare('PRAGMA user_version').get()?.user_version);
      if (now < number) connection.exec(`${sql}; PRAGMA user_version = ${number}`);
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.isTransaction) connection.exec('ROLLBACK');
      throw error;
    }
  }
}

function database(connection: DatabaseSync): Database {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? connection.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    all: (sql, ...values) => inStorage(() => statement(sql).all(...values)),
    get: (sql, ...values) => inStorage(() => statement(sql).get(...values)),
    run: (sql, ...values) => inStorage(() => Number(statement(sql).run(...values).changes)),
    *each(sql, ...values) {
      // A statement of its own: the caller may ask the same again while walking through this one.
      const rows = inStorage(() => connection.prepare(sql).iterate(...values));
      for (;;) {
        const next = inStorage(() => rows.next());
        if (next.done) return;
        yield next.value;
      }
    },
    transaction: (work) =>
      inStorage(() => {
        connection.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          connection.exec('COMMIT');
          return result;
        } catch (error) {
          // A full disk ends the transaction by itself.
          if (connection.isTransaction) connection.exec('ROLLBACK');
          throw error;
        }
      }),
    close: () => {
      if (connection.isOpen) connection.close();
    },
  };
}
