/** The whole connector over an Outlook whose disputed behaviours are in a given position. */
import { expect } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import { must } from '../../src/base/assert.ts';
import type { EmulatorOptions } from '../../src/outlook/emulator/open-emulator.ts';
import { compareCards, compareEvents } from './compare.ts';
import { editInOutlook, editOnServer } from './edits.ts';
import { EVENT_UIDS, loadMixedWorld } from './mixed-world.ts';
import { outlookCards, outlookEvents } from './outlook-facts.ts';
import { serverCards, serverEvents } from './server-facts.ts';
import { type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

export type Position = Pick<EmulatorOptions, 'switches' | 'profile'>;

/** Outlook tells of a change by the second; after two of them an item counts as still. @units milliseconds */
const STILL = 2500;

/**
 * A mixed world arrives, edits of both sides cross, both sides then show the same, and a second run plans nothing. What reads
 * Outlook for the comparison does so with every guard down.
 */
export async function worksIn(position: Position): Promise<void> {
  const home = newFolder();
  const server = await startServer(home);
  const session = lineTo(server.url);
  await loadMixedWorld(session);
  const desk = await openDesk(home, server.url, position);
  const open = { guard: 'allow', busyCalls: 0 } as const;
  const inStep = async () => {
    desk.emulator.set(position.switches ?? {});
    const report = await desk.agent.run();
    expect(troublesOf(report)).toEqual([]);
    desk.emulator.set(open);
    compareEvents(await serverEvents(session), await outlookEvents(desk.emulator));
    compareCards(await serverCards(session), await outlookCards(desk.emulator));
    desk.emulator.set(position.switches ?? {});
    // What was written just now is read once more; what stands still, and is many, by way of a table.
    desk.later(STILL);
    const plan = await desk.agent.plan();
    expect([plan.lines, plan.settings?.lines]).toEqual([[], []]);
    desk.emulator.set(open);
    return totalsOf(report.folders).changes;
  };
  try {
    expect(await inStep()).toBe(EVENT_UIDS.length + 4);
    const ids = await entryIds(desk);
    const [there, here] = [EVENT_UIDS.filter((_, at) => at % 2 === 0), EVENT_UIDS.filter((_, at) => at % 2 === 1)];
    await editOnServer(session, { edit: there.slice(1), remove: there.slice(0, 1), create: 5, name: 's' });
    const outlook = here.map((uid) => must(ids.get(uid)));
    await editInOutlook(desk.emulator, { edit: outlook.slice(1), remove: outlook.slice(0, 1), create: 6, name: 'o' });
    expect(await inStep()).toBe(EVENT_UIDS.length + 5 + 6);
    expect(server.kernel.store.outbox.all()).toEqual([]);
  } finally {
    await desk.close();
    await session.close();
    await server.close();
  }
}

type Report = Awaited<ReturnType<Desk['agent']['run']>>;

function troublesOf({ folders, settings, notes }: Report): unknown[] {
  const lines = folders.flatMap(({ report }) => report.lines.filter(({ outcome }) => outcome !== 'done'));
  const failures = [settings?.failure, ...folders.map(({ report }) => report.failure)];
  return [...lines, ...failures.filter((failure) => failure !== undefined), ...notes];
}

async function entryIds({ agent }: Desk): Promise<Map<string, string>> {
  const pair = must(
    agent.pairs().find(({ kind, folders }) => kind === 'calendar' && folders.server.includes('Default')),
  );
  return new Map([...agent.storage.state(pair.id).links()].map(({ server, outlook }) => [server.id, outlook.id]));
}
