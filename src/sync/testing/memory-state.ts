/** The state in memory: what SQLite is compared with, and what most engine tests run on. */
import type { FolderReport } from '../report.ts';
import type { SideName } from '../side.ts';
import type { HeldRow, HistoryEntry, Intent, Link, LinkKey, Sides, State, StateWriter, Unsettled } from '../state.ts';

type Tables<C> = {
  links: Map<LinkKey, Link<C>>;
  intents: Map<LinkKey, Intent<C>>;
  history: Map<string, HistoryEntry<C>>;
  cursors: Partial<Sides<string>>;
  unsettled: readonly Unsettled[];
  held: readonly HeldRow[];
  reports: FolderReport[];
};

/** The state, and what only its owner may look at. */
export type MemoryState<C> = State<C> & {
  history(): readonly HistoryEntry<C>[];
  reports(): readonly FolderReport[];
};

/** An empty state. */
export function memoryState<C>(): MemoryState<C> {
  let tables: Tables<C> = {
    links: new Map(),
    intents: new Map(),
    history: new Map(),
    cursors: {},
    unsettled: [],
    held: [],
    reports: [],
  };
  const links = () => [...tables.links.values()];
  const known = (side: SideName) => new Map(links().map((link) => [link[side].id, link[side].rev]));
  return {
    known,
    *knowing(side) {
      yield;
      return known(side);
    },
    total: () => tables.links.size,
    links,
    linksOf: (side, ids) => {
      const wanted = new Set(ids);
      return links().filter((link) => wanted.has(link[side].id));
    },
    link: (key) => tables.links.get(key),
    openLinks: () => links().filter((link) => link.open !== undefined),
    unmarked: (side) => links().filter(({ token, [side]: anchor }) => token !== undefined && anchor.token !== token),
    tokensInUse: (tokens) => {
      const wanted = new Set(tokens);
      return new Map(
        links().flatMap(({ token, key }) => (token !== undefined && wanted.has(token) ? [[token, key]] : [])),
      );
    },
    writesSince: (at, times) => {
      const writes = [...tables.history.values()].filter((entry) => entry.did === 'update' && entry.at >= at);
      const keys = new Set(writes.map(({ key }) => key));
      const byKey = [...keys].map((key) => [key, writes.filter((entry) => entry.key === key)] as const);
      return new Map(byKey.filter(([, entries]) => entries.length >= times));
    },
    intents: () => [...tables.intents.values()],
    cursor: (side) => tables.cursors[side],
    unsettled: () => tables.unsettled,
    held: () => tables.held,
    history: () => [...tables.history.values()],
    reports: () => tables.reports,
    transaction: (work) => {
      const draft = copyOf(tables);
      const result = work(writer(draft));
      tables = draft;
      return result;
    },
  };
}

function copyOf<C>(tables: Tables<C>): Tables<C> {
  return {
    ...tables,
    links: new Map(tables.links),
    intents: new Map(tables.intents),
    history: new Map(tables.history),
    cursors: { ...tables.cursors },
    reports: [...tables.reports],
  };
}

function writer<C>(draft: Tables<C>): StateWriter<C> {
  return {
    putLink: (link) => draft.links.set(link.key, link),
    dropLink: (key) => draft.links.delete(key),
    putIntent: (intent) => {
      draft.intents.delete(intent.key);
      draft.intents.set(intent.key, intent);
    },
    dropIntent: (key) => draft.intents.delete(key),
    addHistory: (entry) => draft.history.set(entry.id, entry),
    dropHistory: (id) => draft.history.delete(id),
    setCursor: (side, cursor) => {
      const { [side]: _before, ...rest } = draft.cursors;
      draft.cursors = cursor === undefined ? rest : { ...rest, [side]: cursor };
    },
    setUnsettled: (rows) => {
      draft.unsettled = [...rows];
    },
    setHeld: (rows) => {
      const before = new Map(draft.held.map((row) => [row.key, row.decision]));
      draft.held = rows.map((row) => ({ ...row, decision: before.get(row.key) }));
    },
    decide: (key, decision) => {
      draft.held = draft.held.map((row) => (row.key === key ? { ...row, decision } : row));
    },
    addReport: (report) => draft.reports.push(report),
  };
}
