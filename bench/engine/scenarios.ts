/** What is measured of the engine; each scenario runs in a process of its own, so that its peak memory is its own. */
import type { Executor, Step } from '../../src/outlook/program/program.ts';
import { plan } from '../../src/sync/plan.ts';
import { BOTH_WAYS } from '../../src/sync/policies.ts';
import { change, type Folder, itemFor, lineTo, openCompany, type Size } from './company.ts';
import { type Cost, type Desk, openDesk } from './desk.ts';

export type Figures = Readonly<Record<string, string | number>>;
type Scenario = (items: number) => Promise<Figures>;

/** Outlook tells of a change by the second; after two of them an item counts as still. @units milliseconds */
const STILL = 2500;

export const SCENARIOS = {
  /** All items come to an empty Outlook; then the agent's memory is lost, and every item is read on both sides and paired again. */
  first: async (items) => {
    return inWorld({ calendars: 1, events: items, books: 1, cards: 0 }, async ({ desk }) => {
      const written = await desk.run();
      const peak = written.peakMemory;
      desk.later(STILL);
      const settling = await desk.run();
      await desk.forget();
      const read = await desk.run();
      return {
        items,
        'calls per item written': tenths(written.outlookCalls / items),
        'calls per item read (next run)': hundredths(settling.outlookCalls / items),
        'calls per item read (memory lost)': hundredths(read.outlookCalls / items),
        'items per request': tenths(items / written.requests),
        'items per second': Math.round(items / written.seconds),
        'items per second of processor time': Math.round(items / written.processorSeconds),
        'peak memory, MB': Math.round(peak),
        ...slices(written),
        failed: written.failed + read.failed,
      };
    });
  },
  /** Twelve folders, nothing to do. */
  idle: async (items) => {
    const size = { calendars: 8, events: Math.round(items / 8), books: 4, cards: Math.round(items / 8) };
    return inWorld(size, async ({ desk, url }) => {
      await desk.run();
      desk.later(STILL);
      await desk.run();
      const { outlookCalls, requests, seconds, failed, changes, ...rest } = await desk.run();
      const tables = await readingTables(desk, url);
      return {
        items: items + items / 2,
        folders: 12,
        'calls per folder': tenths(outlookCalls / 12),
        'requests per folder': tenths(requests / 12),
        seconds: hundredths(seconds),
        'seconds for the tables alone': hundredths(tables),
        'times the tables': tenths(seconds / tables),
        'longest slice, ms': Math.round(rest.longestSlice),
        changes: changes + failed,
      };
    });
  },
  /** A part of the items changed on each side, once 0.1, once 1, once 10 per cent. */
  changes: async (items) => {
    return inWorld({ calendars: 1, events: items, books: 1, cards: 0 }, async ({ desk, url, folders }) => {
      await desk.run();
      desk.later(STILL);
      await desk.run();
      const [folder] = folders;
      const figures: Record<string, string | number> = { items };
      for (const share of [0.001, 0.01, 0.1]) {
        desk.later(STILL);
        const count = Math.max(1, Math.round(items * share));
        if (folder !== undefined) await editOnServer(url, folder, count);
        await editInOutlook(desk, count);
        const { outlookCalls, requests, seconds, changes } = await desk.run();
        const told = `${changes} changes, ${outlookCalls} calls, ${requests} requests, ${hundredths(seconds)} s`;
        figures[`${share * 100} % on each side`] = told;
        desk.later(STILL);
        await desk.run();
      }
      return figures;
    });
  },
  /** The planner alone: every item seen anew, one in a hundred changed on either side. */
  planner: async (items) => {
    const kinds = ['touched', 'edited'] as const;
    const links = Array.from({ length: items }, (_, at) => ({
      open: undefined,
      decision: undefined,
      server: at % 100 === 0 ? kinds[1] : kinds[0],
      outlook: at % 100 === 50 ? kinds[1] : ('unseen' as const),
    }));
    // What only this scenario needs is in no other's memory.
    const { inputOf } = await import('../../src/sync/testing/arbitrary-plan.ts');
    const input = inputOf({ links, unlinked: [], policy: BOTH_WAYS });
    const times = Array.from({ length: 3 }, () => {
      const start = process.cpuUsage();
      plan(input);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    return { items, 'milliseconds of processor time, best of three': Math.round(Math.min(...times)) };
  },
  /** A first run cancelled in the middle. */
  cancel: async (items) => {
    return inWorld({ calendars: 1, events: items, books: 1, cards: 0 }, async ({ desk }) => {
      const cancel = new AbortController();
      let asked = 0;
      const timer = setTimeout(() => {
        asked = performance.now();
        cancel.abort();
      }, 1500);
      await desk.run(cancel.signal).catch(() => undefined);
      clearTimeout(timer);
      return { items, 'milliseconds from cancelling to the end': Math.round(performance.now() - asked) };
    });
  },
} as const satisfies Record<string, Scenario>;

export type Scenarios = typeof SCENARIOS;

type World = { readonly desk: Desk; readonly url: string; readonly folders: readonly Folder[] };

async function inWorld(size: Size, work: (world: World) => Promise<Figures>): Promise<Figures> {
  const company = await openCompany(size);
  const desk = await openDesk(company.url);
  try {
    return await work({ desk, ...company });
  } finally {
    await desk.close();
    company.close();
  }
}

function slices({ longestSlice, longestBlock, longestWork }: Cost): Figures {
  return {
    'longest slice, ms': Math.round(longestSlice),
    'event loop blocked at most, ms': Math.round(longestBlock),
    'the same, ms of processor time': Math.round(longestWork),
  };
}

/** Each folder's table in Outlook and its list of versions on the server, and nothing else. @returns seconds */
async function readingTables(desk: Desk, url: string): Promise<number> {
  const session = lineTo(url);
  await session.user();
  const start = performance.now();
  for (const { folders } of desk.agent.pairs()) {
    await scan(desk.executor, folders.outlook.split('@')[0] ?? '');
    const path = `/containers/_manage/${encodeURIComponent(folders.server)}/_list`;
    await session.call({ method: 'GET', path });
  }
  const seconds = (performance.now() - start) / 1000;
  await session.close();
  return seconds;
}

async function scan(executor: Executor, folder: string): Promise<void> {
  const steps: Step[] = [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    { do: 'call', on: 'session', member: 'GetFolderFromID', args: [folder], as: 'folder' },
    { do: 'call', on: 'folder', member: 'GetTable', as: 'table' },
    { do: 'call', on: 'table', member: 'GetRowCount', as: 'rows' },
    { do: 'call', on: 'table', member: 'GetArray', args: [100_000], as: 'array' },
  ];
  const outcome = await executor.run({ label: 'read a table', steps, returns: ['array'] });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
}

async function editOnServer(url: string, folder: Folder, count: number): Promise<void> {
  const session = lineTo(url);
  for (let at = 0; at < count; at += 500) {
    const modify = Array.from({ length: Math.min(500, count - at) }, (_, more) =>
      itemFor(folder, at + more, ` ${Math.random()}`),
    );
    await change(session, folder, { modify });
  }
  await session.close();
}

/** Edits the last items of the folder, so that no item is edited on both sides. */
async function editInOutlook({ agent, executor }: Desk, count: number): Promise<void> {
  const pair = agent.pairs().find(({ kind }) => kind === 'calendar');
  const links = [...agent.storage.state(pair?.id ?? '').links()];
  const last = links.filter(({ server }) => Number(server.id.split('-').at(-1)) >= links.length - count);
  for (const { outlook } of last) {
    const steps: Step[] = [
      { do: 'get', on: 'application', member: 'Session', as: 'session' },
      { do: 'call', on: 'session', member: 'GetItemFromID', args: [outlook.id], as: 'item' },
      { do: 'put', on: 'item', member: 'Location', value: `Room ${Math.random()}` },
      { do: 'call', on: 'item', member: 'Save' },
    ];
    await executor.run({ label: 'edit', steps, returns: [] });
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
