/**
 * The report for whoever helps: how the connector is set up, what it did, and what it could not do; nothing of what is in calendars and
 * address books, nobody's name, address, server or password. docs/report.md lists what it holds.
 */
import { randomUUID } from 'node:crypto';
import { release } from 'node:os';
import type { Line } from '../../sync/report.ts';
import type { PairId } from '../../sync/state.ts';
import type { Agent } from '../agent.ts';
import type { Finding } from '../doctor/finding.ts';
import { lastLines } from '../log-file.ts';
import { optionRows } from '../options.ts';
import { totalsOf } from '../summary.ts';
import { undecided } from '../waiting.ts';
import { toldLine } from './log-lines.ts';
import { type Outline, outlineOfItem } from './outline.ts';
import {
  codeOf,
  DEEDS,
  fieldOf,
  hidden,
  KINDS,
  numberOf,
  OUTCOMES,
  oneOf,
  REASONS,
  ruleOf,
  SIDES,
  timeOf,
  versionOf,
} from './words.ts';

export type BundleSource = {
  /** Undefined: its memory cannot be opened; the rest is told all the same. */
  readonly agent: Agent | undefined;
  /** The folder of the log. */
  readonly logs: string;
  readonly version: string;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: number;
  /** What is known of updates, in the program's own words. */
  readonly updates?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** What was looked at; of each its result and its code are told, and not its sentence. */
  readonly findings: readonly Finding[];
};

export type Bundle = {
  readonly id: string;
  /** A name for its file. */
  readonly name: string;
  /** JSON. */
  readonly text: string;
};

/** @units lines, runs, items: the last ones */
const [LINES, RUNS, ITEMS] = [2000, 200, 200];

export function makeBundle(source: BundleSource): Bundle {
  const { agent, logs, now, findings } = source;
  const pairs = agent?.pairs().map(({ id }) => id) ?? [];
  const folder = (pair: unknown) => `folder ${pairs.indexOf(pair as PairId) + 1}`;
  const made = timeOf(now);
  const report = {
    made,
    note: '',
    ...about(source),
    ...(agent === undefined ? undefined : remembered(agent, folder)),
    checks: findings.map(({ check, result, code }) => ({ name: check, result, code: code === '' ? '' : codeOf(code) })),
    log: lastLines(logs, LINES).map((line) => toldLine(line, folder)),
  };
  const id = randomUUID();
  return { id, name: `connector-report-${made.slice(0, 10)}.json`, text: `${JSON.stringify(report, null, 1)}\n` };
}

/** What the memory holds. */
function remembered(agent: Agent, folder: (pair: unknown) => string) {
  return {
    ...setUp(agent),
    folders: agent.pairs().map(({ id, kind, value }) => ({
      folder: folder(id),
      kind: oneOf(KINDS, kind),
      write: value['write'] === true,
      ...countsOf(agent, id),
    })),
    runs: runsOf(agent),
    items: failingItems(agent, folder),
  };
}

/** The report with the user's own words, as it is sent or saved. */
export function withNote(text: string, note: string): string {
  return `${JSON.stringify({ ...(JSON.parse(text) as object), note }, null, 1)}\n`;
}

function about({ version, updates = {} }: BundleSource) {
  return {
    version: versionOf(version),
    system: { platform: process.platform, arch: process.arch, release: versionOf(release()), node: process.version },
    updates,
  };
}

function setUp({ storage, accounts }: Agent) {
  const [account] = accounts();
  const has = (name: string) => account !== undefined && String(account.value[name] ?? '') !== '';
  return {
    account: {
      connected: account !== undefined,
      secure: account?.server.startsWith('https:') === true,
      serverVersion: versionOf(account?.value['serverVersion'] ?? ''),
      proxy: has('proxy'),
      certificates: has('certificates'),
    },
    settings: Object.fromEntries(
      optionRows(storage.settings).map(({ name, value, set, fallback }) => [
        name,
        // An address names a server.
        fallback === '' ? (set ? 'set' : '') : value,
      ]),
    ),
  };
}

function countsOf({ storage }: Agent, pair: PairId) {
  const [last] = storage.reports.list({ pair, most: 1 });
  const state = storage.state(pair);
  return {
    items: state.total(),
    waiting: undecided(state.held()).length,
    unsettled: state.unsettled().length,
    outcome: last === undefined ? '' : oneOf(OUTCOMES, last.outcome),
    code: codeOf(last?.failure?.code),
    ...totalsOf(last === undefined ? [] : [{ name: '', kind: 'calendar', report: last }]),
  };
}

function runsOf({ storage }: Agent) {
  return storage.runs.list(RUNS).map((run) => ({
    began: timeOf(run.startedAt),
    ended: run.endedAt === undefined ? '' : timeOf(run.endedAt),
    why: oneOf(REASONS, run.why),
    times: numberOf(run.times),
    changes: numberOf(run.changes),
    failed: numberOf(run.failed),
    held: numberOf(run.held),
    folders: numberOf(run.folders),
    notes: run.notes.length,
    code: codeOf(run.failure?.code),
  }));
}

type FailingItem = Readonly<Record<string, unknown>> & { readonly outline: Readonly<Record<string, Outline>> };

/** What is in the last report of each folder and went wrong or waits, with the outline of what the memory has of the item. */
function failingItems({ storage, pairs }: Agent, folder: (pair: unknown) => string): readonly FailingItem[] {
  return pairs()
    .flatMap(({ id }) => {
      const [last] = storage.reports.list({ pair: id, most: 1 });
      return (last?.lines ?? []).filter(({ outcome }) => outcome !== 'done').map((line) => ({ id, line }));
    })
    .slice(0, ITEMS)
    .map(({ id, line }) => ({
      folder: folder(id),
      ...lineOf(line),
      outline: outlinesOf(storage.state(id).link(line.key)),
    }));
}

function lineOf({ do: deed, on, rule, outcome, fields, conflicts, detail, title }: Line) {
  return {
    do: oneOf(DEEDS, deed),
    on: on === undefined ? '' : oneOf(SIDES, on),
    rule: ruleOf(rule),
    outcome: oneOf(OUTCOMES, outcome),
    fields: fields.map(fieldOf),
    lost: conflicts.map(({ field }) => fieldOf(field)),
    detail: detail === '' ? '' : codeOf(detail),
    title: hidden(title),
  };
}

type Linked = {
  readonly server?: { readonly content?: unknown } | undefined;
  readonly outlook?: { readonly content?: unknown } | undefined;
};

function outlinesOf(link: Linked | undefined): Readonly<Record<string, Outline>> {
  if (link === undefined) return {};
  return { server: outlineOfItem(link.server?.content), outlook: outlineOfItem(link.outlook?.content) };
}
