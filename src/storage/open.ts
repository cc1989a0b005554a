/** The agent's memory: one SQLite file, opened once by the one agent of a user. */
import { putBackBackup } from '../node/backup.ts';
import { type Database, newestMigration, openDatabase } from '../node/database.ts';
import { databaseFailure } from '../node/database-failure.ts';
import { resourceFolder } from '../node/resources.ts';
import type { PairId, State } from '../sync/state.ts';
import { type History, historyIn } from './history.ts';
import { type Imports, importsIn } from './imports.ts';
import {
  type AccountRecord,
  accountRecords,
  type PairRecord,
  pairRecords,
  type Records,
  type Settings,
  settingsIn,
} from './records.ts';
import { type Reports, type Runs, reportsIn, runsIn } from './run-records.ts';
import { sqliteState } from './state.ts';

/** How long overwritten versions and run reports are kept. `historyBytes` bounds the sum of the versions. */
export type Keeping = { readonly historyDays: number; readonly historyBytes: number; readonly reportDays: number };

const DAY = 24 * 60 * 60 * 1000;

/** Everything the agent remembers. Every call may throw a failure of `node/database-failure.ts`. */
export type Storage = {
  readonly accounts: Records<AccountRecord>;
  readonly pairs: Records<PairRecord>;
  readonly settings: Settings;
  readonly history: History;
  readonly imports: Imports;
  readonly reports: Reports;
  readonly runs: Runs;
  /** The engine's memory of a pair that is among {@link Storage.pairs}. */
  state<C>(pair: PairId): State<C>;
  /** Drops history and reports that are kept no longer; returns how many rows. */
  prune(keeping: Keeping): number;
  /** Reads the whole file. @throws STORAGE_DAMAGED */
  check(): void;
  close(): void;
};

export type OpenOptions = {
  /** The file, made with its folder when it is not there; `:memory:` for none. */
  readonly file: string;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: () => number;
};

const MIGRATIONS = resourceFolder('memory', './migrations/', import.meta.url);
/** The memory in people's words. */
const WHAT = "the connector's memory";
/** How long a statement waits for another program's transaction. @units milliseconds */
const PATIENCE = 2000;

/** Opens the memory. @throws STORAGE_LOCKED, STORAGE_DAMAGED, STORAGE_FULL, STORAGE_NEWER, STORAGE_UNREACHABLE */
export function open({ file, now }: OpenOptions): Storage {
  return storageIn(openFile(file), file, now);
}

/** The file brought to the present schema. An intent must survive a power cut before the effect it announces: durable by machine. */
export function openFile(file: string): Database {
  return openDatabase({
    ...{ file, migrations: MIGRATIONS, what: WHAT, busyTimeout: PATIENCE, durability: 'machine', backup: true },
  });
}

/**
 * Undoes what a newer version did to the file when it migrated it: the copy from before takes its place. For an update that did not
 * come up; nobody may have the file open. @returns whether there was something to undo
 */
export function backToOwnSchema(file: string): boolean {
  return putBackBackup(file, newestMigration(MIGRATIONS));
}

/** What the agent remembers, in an open file. */
export function storageIn(database: Database, file: string, now: () => number): Storage {
  const history = historyIn(database);
  const imports = importsIn(database);
  return {
    accounts: accountRecords(database),
    pairs: pairRecords(database),
    settings: settingsIn(database),
    history,
    imports,
    reports: reportsIn(database),
    runs: runsIn(database),
    state: (pair) => sqliteState(database, pair),
    prune: ({ historyDays, historyBytes, reportDays }) => {
      const oldest = (days: number) => now() - days * DAY;
      return database.transaction(
        () =>
          history.prune({ oldest: oldest(historyDays), most: historyBytes }) +
          imports.prune(oldest(historyDays)) +
          database.run('DELETE FROM reports WHERE started_at < ?', oldest(reportDays)).changes +
          database.run('DELETE FROM runs WHERE coalesce(ended_at, started_at) < ?', oldest(reportDays)).changes,
      );
    },
    check: () => {
      const found = database.get('PRAGMA integrity_check(1)')?.['integrity_check'];
      if (found !== 'ok') throw databaseFailure('STORAGE_DAMAGED', WHAT, file, found);
    },
    close: database.close,
  };
}
