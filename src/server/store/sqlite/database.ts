import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

type Bind = string | number | null | Uint8Array;
export type Row = Record<string, unknown>;

/** A SQLite file with its statements prepared once; transactions nest as savepoints. */
export type Database = {
  all(sql: string, ...values: Bind[]): Row[];
  get(sql: string, ...values: Bind[]): Row | undefined;
  /** @returns how many rows changed */
  run(sql: string, ...values: Bind[]): number;
  transaction<T>(work: () => T): T;
  close(): void;
};

const MIGRATIONS = new URL('./migrations/', import.meta.url);

/** Opens `file` (`:memory:` for none), and brings its tables to the newest form. */
export function openDatabase(file: string): Database {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
  );
  // An acknowledged write survives the process; `synchronous = FULL` makes it survive the machine too.
  if (file !== ':memory:') sqlite.exec('PRAGMA synchronous = FULL');
  const database = wrap(sqlite);
  migrate(database, sqlite);
  return database;
}

function wrap(sqlite: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  let depth = 0;
  return {
    all: (sql, ...values) => prepared(sql).all(...values) as Row[],
    get: (sql, ...values) => prepared(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    transaction(work) {
      const name = `level${depth}`;
      sqlite.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
      depth++;
      try {
        const result = work();
        depth--;
        sqlite.exec(depth === 0 ? 'COMMIT' : `RELEASE ${name}`);
        return result;
      } catch (error) {
        depth = Math.max(0, depth - 1);
        // COMMIT itself may have failed and closed the transaction already.
        if (sqlite.isTransaction) sqlite.exec(depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
        throw error;
      }
    },
    close() {
      statements.clear();
      sqlite.close();
    },
  };
}

function migrate(database: Database, sqlite: DatabaseSync): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  const files = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  for (const file of files) {
    const number = Number.parseInt(file, 10);
    if (number <= version) continue;
    database.transaction(() =>
      sqlite.exec(`${readFileSync(new URL(file, MIGRATIONS), 'utf8')}; PRAGMA user_version = ${number};`),
    );
  }
}
