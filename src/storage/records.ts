/** What the agent remembers besides the engine's state: accounts (without secrets), folder pairs, settings. */
import { canonicalJson } from '../base/digest.ts';
import type { Database, Row } from '../node/database.ts';
import type { FolderId } from '../sync/side.ts';
import type { PairId, Sides } from '../sync/state.ts';
import { maybe, text } from './columns.ts';

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
