/** The agent's memory: one SQLite file, opened once by the one agent of a user. */
import type { PairId, State } from '../sync/state.ts';
import { openDatabase } from './database.ts';
import { storageFailure } from './failures.ts';
import {
  type AccountRecord,
  accountRecords,
  type History,
  historyIn,
  type PairRecord,
  pairRecords,
  type Records,
  type Reports,
  reportsIn,
  type Settings,
  settingsIn,
} from './records.ts';
import { sqliteState } from './state.ts';

/** How long overwritten versions and run reports are kept. @units days */
export const KEPT_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/** Everything the agent remembers. Every call may throw a failure of `failures.ts`. */
export type Storage = {
  readonly accounts: Records<AccountRecord>;
  readonly pairs: Records<PairRecord>;
  readonly settings: Settings;
  readonly history: History;
  readonly reports: Reports;
  /** The engine's memory of a pair that is among {@link Storage.pairs}. */
  state<C>(pair: PairId): State<C>;
  /** Drops history and reports older than {@link KEPT_DAYS}; returns how many rows. */
  prune(): number;
  /** Reads the whole file. @throws STORAGE_DAMAGED */
  check(): void;
  close(): void;
};

export type OpenOptions = {
  /** The file, made when it is not there; `:memory:` for none. */
  readonly file: string;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: () => number;
  /** The size beyond which the file does not grow. @units pages of 4,096 bytes; by default as far as the disk goes */
  readonly mostPages?: number;
};

/** Opens the memory. @throws STORAGE_LOCKED, STORAGE_DAMAGED, STORAGE_FULL, STORAGE_NEWER, STORAGE_UNREACHABLE */
export function open({ file, now, mostPages }: OpenOptions): Storage {
  const database = openDatabase(file, mostPages);
  return {
    accounts: accountRecords(database),
    pairs: pairRecords(database),
    settings: settingsIn(database),
    history: historyIn(database),
    reports: reportsIn(database),
    state: (pair) => sqliteState(database, pair),
    prune: () => {
      const oldest = now() - KEPT_DAYS * DAY;
      return database.transaction(
        () =>
          database.run('DELETE FROM history WHERE at < ?', oldest) +
          database.run('DELETE FROM reports WHERE started_at < ?', oldest),
      );
    },
    check: () => {
      const rows = database.all('PRAGMA integrity_check(1)');
      if (rows[0]?.integrity_check !== 'ok') throw storageFailure('STORAGE_DAMAGED');
    },
    close: database.close,
  };
}
