/**
 * The engine's memory of one folder pair in SQLite ({@link State}). Contents are parsed for the links that are asked for, never
 * for the whole table.
 */
import type { Database, Row } from '../node/database.ts';
import type { RuleId } from '../sync/rules.ts';
import type { SideName } from '../sync/side.ts';
import { atOnce, type Sliced } from '../sync/slices.ts';
import type {
  Anchor,
  Decision,
  HeldRow,
  Intent,
  Link,
  LinkRow,
  Open,
  PairId,
  State,
  StateWriter,
  Unsettled,
} from '../sync/state.ts';
import { maybe, text } from './columns.ts';
import { addHistory, writesSince } from './history.ts';
import { addReport } from './run-records.ts';

const LINK_COLUMNS = `key, token, open, server_id, server_rev, server_digest, outlook_id, outlook_rev, outlook_digest,
  server_token, outlook_token`;
const WITH_BASES = `SELECT ${LINK_COLUMNS}, bases.server, bases.outlook FROM links JOIN bases USING (pair, key)`;
/** Ids asked for at once travel as one JSON array, so that the statement is prepared once whatever their number. */
const AMONG = 'IN (SELECT value FROM json_each(?))';

/** The state of `pair`, which must be among the folder pairs. */
export function sqliteState<C>(database: Database, pair: PairId): State<C> {
  const links = (where: string, ...values: (string | number)[]) =>
    database.all(`${WITH_BASES} WHERE pair = ? AND ${where} ORDER BY key`, pair, ...values).map(linkOf<C>);
  const writing = writer<C>(database, pair);
  return {
    known: (side) => atOnce(knowing(database, pair, side)),
    knowing: (side) => knowing(database, pair, side),
    total: () => Number(database.get('SELECT count(*) AS total FROM links WHERE pair = ?', pair)?.total),
    *links() {
      for (const row of database.iterate(`SELECT ${LINK_COLUMNS} FROM links WHERE pair = ? ORDER BY key`, pair)) {
        yield rowOf(row);
      }
    },
    linksOf: (side, ids) => (ids.length === 0 ? [] : links(`${side}_id ${AMONG}`, JSON.stringify(ids))),
    link: (key) => links('key = ?', key)[0],
    openLinks: () => links('open IS NOT NULL'),
    unmarked: (side) => {
      const where = `token IS NOT NULL AND ${side}_token IS NOT token`;
      return database
        .all(`SELECT ${LINK_COLUMNS} FROM links WHERE pair = ? AND ${where} ORDER BY key`, pair)
        .map(rowOf);
    },
    tokensInUse: (tokens) => {
      const sql = `SELECT token, key FROM links WHERE pair = ? AND token IS NOT NULL AND token ${AMONG}`;
      return new Map(database.all(sql, pair, JSON.stringify(tokens)).map((row) => [text(row.token), text(row.key)]));
    },
    writesSince: (at, times) => writesSince(database, { pair, at, times }),
    intents: () => {
      const rows = database.all('SELECT intent FROM intents WHERE pair = ? ORDER BY seq', pair);
      return rows.map((row) => intentOf<C>(text(row.intent)));
    },
    cursor: (side) => {
      return maybe(database.get('SELECT cursor FROM cursors WHERE pair = ? AND side = ?', pair, side)?.cursor);
    },
    unsettled: () => {
      const rows = database.all('SELECT side, id, why, refused FROM unsettled WHERE pair = ? ORDER BY side, id', pair);
      return rows.map(unsettledOf);
    },
    held: () => {
      const rows = database.all('SELECT key, rule, title, side, decision FROM held WHERE pair = ? ORDER BY key', pair);
      return rows.map(heldOf);
    },
    transaction: (work) => database.transaction(() => work(writing)),
  };
}

/** Links that are read in one slice. */
const SLICE = 4000;

function* knowing(database: Database, pair: PairId, side: SideName): Sliced<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  const sql = `SELECT key, ${side}_id, ${side}_rev FROM links WHERE pair = ? AND key > ? ORDER BY key LIMIT ${SLICE}`;
  for (let after = ''; ; yield) {
    const rows = database.rows<readonly [string, string, string]>(sql, pair, after);
    for (const [, id, rev] of rows) known.set(id, rev);
    const last = rows.at(-1);
    if (last === undefined || rows.length < SLICE) return known;
    [after] = last;
  }
}

function writer<C>(database: Database, pair: PairId): StateWriter<C> {
  const run = (sql: string, ...values: (string | number | null)[]) => database.run(sql, pair, ...values);
  return {
    putLink: (link) => putLink(run, link),
    dropLink: (key) => run('DELETE FROM links WHERE pair = ? AND key = ?', key),
    putIntent: (intent) => run(PUT_INTENT, intent.key, intentText(intent)),
    dropIntent: (key) => run('DELETE FROM intents WHERE pair = ? AND key = ?', key),
    addHistory: (entry) => addHistory(database, pair, entry),
    dropHistory: (id) => run('DELETE FROM history WHERE pair = ? AND id = ?', id),
    setCursor: (side, cursor) => {
      if (cursor === undefined) run('DELETE FROM cursors WHERE pair = ? AND side = ?', side);
      else run('INSERT OR REPLACE INTO cursors (pair, side, cursor) VALUES (?, ?, ?)', side, cursor);
    },
    setUnsettled: (rows) => {
      run('DELETE FROM unsettled WHERE pair = ?');
      for (const { side, id, why, refused } of rows) {
        const sql = 'INSERT INTO unsettled (pair, side, id, why, refused) VALUES (?, ?, ?, ?, ?)';
        run(sql, side, id, why, refused ?? null);
      }
    },
    setHeld: (rows) => {
      run(`DELETE FROM held WHERE pair = ? AND key NOT ${AMONG}`, JSON.stringify(rows.map((row) => row.key)));
      for (const { key, rule, title, on } of rows) {
        const sql = `INSERT INTO held (pair, key, rule, title, side) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET rule = excluded.rule, title = excluded.title, side = excluded.side`;
        run(sql, key, rule, title, on ?? null);
      }
    },
    decide: (key, decision) => {
      database.run('UPDATE held SET decision = ? WHERE pair = ? AND key = ?', decision ?? null, pair, key);
    },
    addReport: (report) => addReport(database, pair, report),
  };
}

type RunForPair = (sql: string, ...values: (string | number | null)[]) => void;

function putLink<C>(run: RunForPair, { key, token, open, server, outlook }: Link<C>): void {
  const anchors = [server.id, server.rev, server.digest, outlook.id, outlook.rev, outlook.digest];
  const tokens = [server.token ?? null, outlook.token ?? null];
  const stored = open === undefined ? null : JSON.stringify(open);
  run(PUT_LINK, key, token ?? null, stored, ...anchors, ...tokens);
  const [base, view] = [JSON.stringify(server.content), JSON.stringify(outlook.content)];
  run(PUT_BASES, key, base, view === base ? null : view);
}

const PUT_LINK = `INSERT INTO links (pair, ${LINK_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET token = excluded.token, open = excluded.open, server_id = excluded.server_id,
  server_rev = excluded.server_rev, server_digest = excluded.server_digest, outlook_id = excluded.outlook_id,
  outlook_rev = excluded.outlook_rev, outlook_digest = excluded.outlook_digest, server_token = excluded.server_token,
  outlook_token = excluded.outlook_token`;
const PUT_BASES = `INSERT INTO bases (pair, key, server, outlook) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET server = excluded.server, outlook = excluded.outlook`;
/** An intent of the same key gives way, and the new one stands last. */
const PUT_INTENT = 'INSERT OR REPLACE INTO intents (pair, key, intent) VALUES (?, ?, ?)';

/** What is created as it is across is written down once. */
function intentText<C>(intent: Intent<C>): string {
  if (intent.do !== 'create' || intent.sent !== intent.other.content) return JSON.stringify(intent);
  return JSON.stringify({ ...intent, other: { ...intent.other, content: undefined } });
}

function intentOf<C>(stored: string): Intent<C> {
  const intent = JSON.parse(stored) as Intent<C>;
  if (intent.do !== 'create' || 'content' in intent.other) return intent;
  return { ...intent, other: { ...(intent.other as Anchor<C>), content: intent.sent } };
}

function rowOf(row: Row): LinkRow {
  const open = maybe(row.open);
  return {
    key: text(row.key),
    token: maybe(row.token),
    open: open === undefined ? undefined : (JSON.parse(open) as Open),
    server: anchorOf(row, 'server'),
    outlook: anchorOf(row, 'outlook'),
  };
}

function anchorOf(row: Row, side: SideName): LinkRow[SideName] {
  const { [`${side}_id`]: id, [`${side}_rev`]: rev, [`${side}_digest`]: digest, [`${side}_token`]: token } = row;
  return { id: text(id), rev: text(rev), digest: text(digest), token: maybe(token) };
}

function linkOf<C>(row: Row): Link<C> {
  const link = rowOf(row);
  const server = JSON.parse(text(row.server)) as C;
  const outlook = row.outlook === null ? server : (JSON.parse(text(row.outlook)) as C);
  return { ...link, server: { ...link.server, content: server }, outlook: { ...link.outlook, content: outlook } };
}

function unsettledOf(row: Row): Unsettled {
  return {
    side: text(row.side) as SideName,
    id: text(row.id),
    why: text(row.why) as RuleId,
    refused: maybe(row.refused),
  };
}

function heldOf(row: Row): HeldRow {
  return {
    key: text(row.key),
    rule: text(row.rule) as RuleId,
    title: text(row.title),
    on: maybe(row.side) as SideName | undefined,
    decision: maybe(row.decision) as Decision | undefined,
  };
}
