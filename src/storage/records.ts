/** What the agent remembers besides the engine's state: accounts (without secrets), folder pairs, settings, history, run reports. */
import { canonicalJson } from '../base/digest.ts';
import type { Database, Row } from '../node/database.ts';
import type { FolderReport } from '../sync/report.ts';
import type { RuleId } from '../sync/rules.ts';
import type { FolderId, SideName } from '../sync/side.ts';
import type { HistoryEntry, HistoryId, PairId, Sides } from '../sync/state.ts';
import { maybe, text } from './state.ts';

/** A BlueMind account; the password lies in the keyring under `id`. `value` is the agent's own, any JSON object. */
export type AccountRecord = {
  readonly id: string;
  /** Address of the server, `https://…`. */
  readonly server: string;
  /** `user@domain` */
  readonly login: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** A container of the account and the Outlook folder that shows it. `value` is the agent's own, any JSON object. */
export type PairRecord = {
  readonly id: PairId;
  readonly account: string;
  /** What the folder holds: `calendar`, `contacts`, … */
  readonly kind: string;
  readonly name: string;
  readonly folders: Sides<FolderId>;
  readonly value: Readonly<Record<string, unknown>>;
};

/** A history entry without its content, for lists. */
export type HistoryRow = Omit<HistoryEntry<never>, 'content'> & { readonly pair: PairId };

export type Records<T extends { readonly id: string }> = {
  all(): readonly T[];
  get(id: string): T | undefined;
  put(record: T): void;
  /** Deletes the record and everything that hangs on it. */
  delete(id: string): void;
};

export function accountRecords(database: Database): Records<AccountRecord> {
  const read = (row: Row): AccountRecord => ({
    id: text(row.id),
    server: text(row.server),
    login: text(row.login),
    value: JSON.parse(text(row.value)) as AccountRecord['value'],
  });
  return {
    all: () => database.all('SELECT id, server, login, value FROM accounts ORDER BY id').map(read),
    get: (id) => {
      const row = database.get('SELECT id, server, login, value FROM accounts WHERE id = ?', id);
      return row && read(row);
    },
    put: ({ id, server, login, value }) => {
      const sql = `INSERT INTO accounts (id, server, login, value) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET server = excluded.server, login = excluded.login, value = excluded.value`;
      database.run(sql, id, server, login, canonicalJson(value));
    },
    delete: (id) => {
      database.run('DELETE FROM accounts WHERE id = ?', id);
    },
  };
}

export function pairRecords(database: Database): Records<PairRecord> {
  const columns = 'id, account, kind, name, server_folder, outlook_folder, value';
  const read = (row: Row): PairRecord => ({
    id: text(row.id),
    account: text(row.account),
    kind: text(row.kind),
    name: text(row.name),
    folders: { server: text(row.server_folder), outlook: text(row.outlook_folder) },
    value: JSON.parse(text(row.value)) as PairRecord['value'],
  });
  return {
    all: () => database.all(`SELECT ${columns} FROM pairs ORDER BY id`).map(read),
    get: (id) => {
      const row = database.get(`SELECT ${columns} FROM pairs WHERE id = ?`, id);
      return row && read(row);
    },
    put: ({ id, account, kind, name, folders, value }) => {
      // Not by "INSERT OR REPLACE": that would delete the row first, and with it everything that hangs on it.
      const sql = `INSERT INTO pairs (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, kind = excluded.kind, name = excluded.name,
        server_folder = excluded.server_folder, outlook_folder = excluded.outlook_folder, value = excluded.value`;
      database.run(sql, id, account, kind, name, folders.server, folders.outlook, canonicalJson(value));
    },
    delete: (id) => {
      database.run('DELETE FROM pairs WHERE id = ?', id);
    },
  };
}

/** Named values of the agent, any JSON. */
export type Settings = {
  get(name: string): unknown;
  /** `undefined` removes it. */
  set(name: string, value: unknown): void;
};

export function settingsIn(database: Database): Settings {
  return {
    get: (name) => {
      const value = maybe(database.get('SELECT value FROM settings WHERE name = ?', name)?.value);
      return value === undefined ? undefined : (JSON.parse(value) as unknown);
    },
    set: (name, value) => {
      if (value === undefined) database.run('DELETE FROM settings WHERE name = ?', name);
      else database.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, canonicalJson(value));
    },
  };
}

/** What was overwritten or deleted in the last 30 days. */
export type History = {
  /** Newest first, older than `before` (milliseconds) when given. */
  list(query: { readonly pair?: PairId; readonly before?: number; readonly most: number }): readonly HistoryRow[];
  /** One entry with its content, as it was read from the side then. */
  read(id: HistoryId): (HistoryRow & { readonly content: unknown }) | undefined;
};

export function historyIn(database: Database): History {
  const columns = 'id, pair, at, key, side, item_id, title, rule, did';
  return {
    list: ({ pair, before, most }) => {
      const sql = `SELECT ${columns} FROM history WHERE (?1 IS NULL OR pair = ?1) AND (?2 IS NULL OR at < ?2)
        ORDER BY at DESC, id LIMIT ?3`;
      return database.all(sql, pair ?? null, before ?? null, most).map(historyRow);
    },
    read: (id) => {
      const row = database.get(`SELECT ${columns}, content FROM history WHERE id = ?`, id);
      return row && { ...historyRow(row), content: JSON.parse(text(row.content)) as unknown };
    },
  };
}

function historyRow(row: Row): HistoryRow {
  return {
    id: text(row.id),
    pair: text(row.pair),
    at: Number(row.at),
    key: text(row.key),
    side: text(row.side) as SideName,
    itemId: text(row.item_id),
    title: text(row.title),
    rule: text(row.rule) as RuleId,
    did: text(row.did) as 'update' | 'delete',
  };
}

/** The reports of the last 30 days. */
export type Reports = {
  /** Newest first. */
  list(query: { readonly pair?: PairId; readonly most: number }): readonly FolderReport[];
};

export function reportsIn(database: Database): Reports {
  return {
    list: ({ pair, most }) => {
      const sql = 'SELECT report FROM reports WHERE (?1 IS NULL OR pair = ?1) ORDER BY id DESC LIMIT ?2';
      return database.all(sql, pair ?? null, most).map((row) => JSON.parse(text(row.report)) as FolderReport);
    },
  };
}
