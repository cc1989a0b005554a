import { openDatabase } from '../../../node/database.ts';
import { resourceFolder } from '../../../node/resources.ts';
import type { Store } from '../store.ts';
import { sqliteConnectors } from './connectors.ts';
import { sqliteContainers } from './containers.ts';
import { sqliteFiles } from './files.ts';
import { sqliteChanges, sqliteItems } from './items.ts';
import { sqlitePeople } from './people.ts';
import { sqliteOutbox, sqliteSessions } from './sessions.ts';

const MIGRATIONS = resourceFolder('server', './migrations/', import.meta.url);

/** @units KiB of the data file that stay in memory: what some dozens of busy users read again and again */
const CACHE = 32_000;

/** The server's data in a SQLite file, or in memory for `:memory:`. */
export function openSqlite(file: string): Store {
  const database = openDatabase({
    file,
    migrations: MIGRATIONS,
    what: "the server's data",
    cache: CACHE,
    backup: true,
  });
  return {
    containers: sqliteContainers(database),
    items: sqliteItems(database),
    changes: sqliteChanges(database),
    people: sqlitePeople(database),
    sessions: sqliteSessions(database),
    outbox: sqliteOutbox(database),
    files: sqliteFiles(database),
    connectors: sqliteConnectors(database),
    transaction: (work) => database.transaction(work),
    check: () => [
      ...database
        .all('PRAGMA integrity_check')
        .map((row) => String(row['integrity_check']))
        .filter((line) => line !== 'ok'),
      ...database.all('PRAGMA foreign_key_check').map((row) => `dangling reference in ${String(row['table'])}`),
    ],
    close: () => database.close(),
  };
}
