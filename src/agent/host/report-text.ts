/** The bundle for support: what the log may hold, and no more. Whoever sends it sees it whole first. */

import type { Agent } from '../agent.ts';
import { lastLines } from '../log-file.ts';
import { optionRows } from '../options.ts';
import { totalsOf } from '../summary.ts';

export type ReportSource = {
  readonly agent: Agent;
  /** The folder of the log. */
  readonly logs: string;
  readonly version: string;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: number;
};

const LINES = 2000;
const RUNS = 200;

export function reportText({ agent, logs, version, now }: ReportSource): {
  readonly name: string;
  readonly text: string;
} {
  const { storage } = agent;
  const at = new Date(now).toISOString();
  const [account] = agent.accounts();
  const report = {
    made: at,
    version,
    system: { platform: process.platform, arch: process.arch, node: process.version },
    connected: account !== undefined,
    serverVersion: account?.value['serverVersion'] ?? '',
    options: Object.fromEntries(optionRows(storage.settings).map(({ name, value }) => [name, value])),
    folders: agent.pairs().map((pair) => {
      const [last] = storage.reports.list({ pair: pair.id, most: 1 });
      const state = storage.state(pair.id);
      return {
        pair: pair.id,
        kind: pair.kind,
        items: state.total(),
        waiting: state.held().length,
        unsettled: state.unsettled().length,
        outcome: last?.outcome,
        code: last?.failure?.code,
        ...totalsOf(last === undefined ? [] : [{ name: '', kind: 'calendar', report: last }]),
      };
    }),
    runs: storage.runs
      .list(RUNS)
      .map(({ notes, failure, ...run }) => ({ ...run, notes: notes.length, code: failure?.code })),
    log: lastLines(logs, LINES).map((line) => parsed(line)),
  };
  return { name: `connector-report-${at.slice(0, 10)}.json`, text: `${JSON.stringify(report, null, 1)}\n` };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return 'a line that is cut off';
  }
}
