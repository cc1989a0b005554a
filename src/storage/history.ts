/** What was overwritten, deleted or lost a conflict, kept for the user to take back; it outlives the folder pair it came from. */
import { canonicalJson } from '../base/digest.ts';
import type { Database, Row } from '../node/database.ts';
import type { RuleId } from '../sync/rules.ts';
import type { FolderId, ItemId, SideName } from '../sync/side.ts';
import type { HistoryEntry, HistoryId, PairId, Sides } from '../sync/state.ts';
import { maybe, text } from './columns.ts';

/** When an entry was put back, and the items that it became, on the sides where it was put. */
export type Restored = { readonly at: number; readonly items: Partial<Sides<ItemId>> };

/** A history entry without its contents, for lists. */
export type HistoryRow = Omit<HistoryEntry<never>, 'content' | 'after' | 'across' | 'lost'> & {
  /** The pair then; it may be there no more. */
  readonly pair: PairId;
  readonly container: FolderId;
  /** What the folder was called for people. */
  readonly folder: string;
  readonly lost: readonly string[];
  readonly restored: Restored | undefined;
};

/** An entry with its contents, as they were read from the sides then. */
export type KeptEntry = HistoryRow & Pick<HistoryEntry<unknown>, 'content' | 'after' | 'across'>;

export type HistoryQuery = {
  readonly pair?: PairId | undefined;
  readonly side?: SideName | undefined;
  /** @units milliseconds since 1970-01-01T00:00:00Z, both; `since` inclusive, `before` exclusive */
  readonly since?: number | undefined;
  readonly before?: number | undefined;
};

export type History = {
  /** Newest first, one by one. */
  rows(query: HistoryQuery): Iterable<HistoryRow>;
  /** The same with contents, for whoever searches in them. */
  entries(query: HistoryQuery): Iterable<KeptEntry>;
  read(id: HistoryId): KeptEntry | undefined;
  setRestored(id: HistoryId, restored: Restored): void;
  /** How much is kept. @units entries; bytes of their contents */
  size(): { readonly entries: number; readonly bytes: number };
  /** Drops what is older than `oldest` (milliseconds) and, of the rest, the oldest beyond `most` bytes. Returns how many. */
  prune(bounds: { readonly oldest: number; readonly most: number }): number;
};

const COLUMNS = 'id, pair, container, folder, at, key, side, item_id, title, rule, did, lost, restored';
const CONTENTS = `${COLUMNS}, content, after, across_id, across`;
const WHERE = `(?1 IS NULL OR pair = ?1) AND (?2 IS NULL OR side = ?2) AND (?3 IS NULL OR at >= ?3)
  AND (?4 IS NULL OR at < ?4) ORDER BY at DESC, id`;

export function historyIn(database: Database): History {
  const asked = ({ pair, side, since, before }: HistoryQuery) =>
    [pair ?? null, side ?? null, since ?? null, before ?? null] as const;
  return {
    *rows(query) {
      for (const row of database.iterate(`SELECT ${COLUMNS} FROM history WHERE ${WHERE}`, ...asked(query)))
        yield historyRow(row);
    },
    *entries(query) {
      for (const row of database.iterate(`SELECT ${CONTENTS} FROM history WHERE ${WHERE}`, ...asked(query)))
        yield keptEntry(row);
    },
    read: (id) => {
      const row = database.get(`SELECT ${CONTENTS} FROM history WHERE id = ?`, id);
      return row && keptEntry(row);
    },
    setRestored: (id, restored) => {
      database.run('UPDATE history SET restored = ? WHERE id = ?', canonicalJson(restored), id);
    },
    size: () => {
      const row = database.get('SELECT count(*) AS entries, coalesce(sum(size), 0) AS bytes FROM history');
      return { entries: Number(row?.['entries']), bytes: Number(row?.['bytes']) };
    },
    prune: ({ oldest, most }) => {
      const older = database.run('DELETE FROM history WHERE at < ?', oldest).changes;
      const beyond = `DELETE FROM history WHERE id IN (SELECT id FROM
        (SELECT id, sum(size) OVER (ORDER BY at DESC, id) AS total FROM history) WHERE total > ?)`;
      return older + database.run(beyond, most).changes;
    },
  };
}

/** Keeps an entry of a pair that is there. */
export function addHistory<C>(database: Database, pair: PairId, entry: HistoryEntry<C>): void {
  const { id, at, key, side, itemId, title, rule, did, after, across, lost } = entry;
  const content = canonicalJson(entry.content);
  const written = after === undefined ? null : canonicalJson(after);
  const beside = across === undefined ? null : canonicalJson(across.content);
  const other = beside === content ? null : beside;
  const size = [content, written, other].reduce((sum, value) => sum + Buffer.byteLength(value ?? ''), 0);
  database.run(
    `INSERT INTO history (account, pair, container, folder, id, at, key, side, item_id, title, rule, did, content, after,
      across_id, across, lost, size)
      SELECT account, id, server_folder, name, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM pairs WHERE id = ?`,
    ...[id, at, key, side, itemId, title, rule, did, content, written, across?.id ?? null, other],
    ...[lost.length === 0 ? null : canonicalJson(lost), size, pair],
  );
}

/** See {@link State.writesSince}. */
export function writesSince<C>(
  database: Database,
  { pair, at, times }: { readonly pair: PairId; readonly at: number; readonly times: number },
): ReadonlyMap<string, readonly HistoryEntry<C>[]> {
  const often = `SELECT key FROM history WHERE pair = ?1 AND at >= ?2 AND did = 'update' GROUP BY key HAVING count(*) >= ?3`;
  const sql = `SELECT ${CONTENTS} FROM history
    WHERE pair = ?1 AND at >= ?2 AND did = 'update' AND key IN (${often}) ORDER BY at, id`;
  const byKey = new Map<string, HistoryEntry<C>[]>();
  for (const row of database.all(sql, pair, at, times)) {
    const entry = keptEntry(row) as unknown as HistoryEntry<C>;
    byKey.set(entry.key, [...(byKey.get(entry.key) ?? []), entry]);
  }
  return byKey;
}

function historyRow(row: Row): HistoryRow {
  const [lost, restored] = [maybe(row['lost']), maybe(row['restored'])];
  return {
    id: text(row['id']),
    pair: text(row['pair']),
    container: text(row['container']),
    folder: text(row['folder']),
    at: Number(row['at']),
    key: text(row['key']),
    side: text(row['side']) as SideName,
    itemId: text(row['item_id']),
    title: text(row['title']),
    rule: text(row['rule']) as RuleId,
    did: text(row['did']) as 'update' | 'delete',
    lost: lost === undefined ? [] : (JSON.parse(lost) as string[]),
    restored: restored === undefined ? undefined : (JSON.parse(restored) as Restored),
  };
}

function keptEntry(row: Row): KeptEntry {
  const content: unknown = JSON.parse(text(row['content']));
  const [after, acrossId, across] = [maybe(row['after']), maybe(row['across_id']), maybe(row['across'])];
  const beside = across === undefined ? content : (JSON.parse(across) as unknown);
  return {
    ...historyRow(row),
    content,
    after: after === undefined ? undefined : (JSON.parse(after) as unknown),
    across: acrossId === undefined ? undefined : { id: acrossId, content: beside },
  };
}
