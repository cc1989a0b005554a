import { expect, it } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import { must } from '../../src/base/assert.ts';
import type { Session } from '../../src/bluemind/session.ts';
import type { Line } from '../../src/sync/report.ts';
import { compareCards, compareEvents } from './compare.ts';
import { editInOutlook, editOnServer } from './edits.ts';
import { killedSync, seededRandom } from './kill.ts';
import { outlookCards, outlookEvents } from './outlook-facts.ts';
import { loadCalendars, loadCards } from './recorded-files.ts';
import { serverCards, serverEvents } from './server-facts.ts';
import { CALENDAR, corpora, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

const folder = corpora();
const where = folder === undefined ? ' (skipped: no recorded files; see CONTRIBUTING.md, CORPORA)' : '';

const FIRST_KILLS = 7;
const LATER_KILLS = 3;

it.skipIf(folder === undefined)(
  `1,000 recorded events and 500 cards arrive, edits on both sides cross, and ten kills of the process lose and double nothing${where}`,
  { timeout: 290_000 },
  async () => {
    const random = seededRandom();
    const home = newFolder();
    const server = await startServer(home);
    const session = lineTo(server.url);
    await loadCards(session, folder ?? '');
    const mixed = async () => Object.values(await mixOf(session)).every(Boolean);
    await loadCalendars(session, folder ?? '', mixed);
    expect(await mixOf(session)).toEqual({
      events: true,
      recurring: true,
      exceptions: true,
      allDay: true,
      zones: true,
      cards: true,
    });

    await (await openDesk(home, server.url)).close();
    let killed = 0;
    for (let at = 0; at < FIRST_KILLS; at++) killed += Number(await killedSync(home, 400 + random() * 2500));
    expect(killed).toBe(FIRST_KILLS);
    let desk = await openDesk(home, server.url);
    await inStep(desk, session);
    const shown = [...(await outlookEvents(desk.emulator))];
    const exact = shown
      .filter(([, { simplified, occurrences }]) => !simplified && occurrences.length > 0)
      .map(([uid]) => uid);
    expect(exact.length).toBeGreaterThanOrEqual(1000);

    await edit(desk, session, exact.slice(0, 140), '');
    const planned = (await desk.agent.plan()).lines.map(({ line }) => deedOf(line));
    const crossed = await inStep(desk, session);
    expect(crossed.changes).toBe(2 * (50 + 20 + 20));
    expect(crossed.lines.map(deedOf)).toEqual(planned);

    await edit(desk, session, exact.slice(140, 280), 'again ');
    await desk.close();
    for (let at = 0; at < LATER_KILLS; at++) await killedSync(home, 300 + random() * 1200);
    desk = await openDesk(home, server.url);
    await inStep(desk, session);
    // No invitation, no answer, no cancellation: the server was never asked to write to anybody [N5].
    expect(server.kernel.store.outbox.all()).toEqual([]);

    await desk.close();
    await session.close();
    await server.close();
  },
);

/** 50 edits, 20 creations and 20 deletions on each side; of `uids` each side has its own half. */
async function edit(desk: Desk, session: Session, uids: readonly string[], name: string): Promise<void> {
  const entryIds = await entryIdsOf(desk);
  const inOutlook = (from: number, to: number) => uids.slice(from, to).map((uid) => must(entryIds.get(uid)));
  await editOnServer(session, { edit: uids.slice(0, 50), remove: uids.slice(50, 70), create: 20, name });
  await editInOutlook(desk.emulator, { edit: inOutlook(70, 120), remove: inOutlook(120, 140), create: 20, name });
}

function deedOf(line: Line): string {
  return `${line.do} ${line.on} ${line.title} ${line.rule} ${line.fields.join()}`;
}

/** Runs until nothing fails, compares both sides, and expects that a second run plans nothing. */
async function inStep(desk: Desk, session: Session): Promise<{ changes: number; lines: readonly Line[] }> {
  const report = await desk.agent.run();
  const totals = totalsOf(report.folders);
  const troubles = report.folders.flatMap(({ report: { lines, failure } }) => [
    ...lines.filter(({ outcome }) => outcome !== 'done'),
    ...(failure ? [failure] : []),
  ]);
  expect(troubles).toEqual([]);
  compareEvents(await serverEvents(session), await outlookEvents(desk.emulator));
  compareCards(await serverCards(session), await outlookCards(desk.emulator));
  expect((await desk.agent.plan()).lines).toEqual([]);
  return { changes: totals.changes, lines: report.folders.flatMap(({ report: { lines } }) => lines) };
}

async function entryIdsOf({ agent }: Desk): Promise<Map<string, string>> {
  const [pair] = agent.pairs().filter(({ kind, folders }) => kind === 'calendar' && folders.server.includes('Default'));
  const links = [...agent.storage.state(pair?.id ?? '').links()];
  return new Map(links.map(({ server, outlook }) => [server.id, outlook.id]));
}

async function mixOf(session: Session) {
  const values = await rawEvents(session);
  const mains = values.flatMap(({ main }) => main ?? []);
  return {
    events: values.length >= 1000,
    recurring: mains.filter(({ rrule }) => rrule).length >= 150,
    exceptions: values.filter(({ main, occurrences }) => main && occurrences.length > 0).length >= 40,
    allDay: mains.filter(({ dtstart }) => dtstart.precision === 'Date').length >= 60,
    zones: new Set(mains.map(({ dtstart }) => dtstart.timezone).filter(Boolean)).size >= 8,
    cards: (await serverCards(session)).size >= 500,
  };
}

type RawEvent = {
  readonly main?: {
    readonly rrule?: unknown;
    readonly dtstart: { readonly timezone?: string; readonly precision: string };
  } | null;
  readonly occurrences: readonly unknown[];
};

async function rawEvents(session: Session): Promise<readonly RawEvent[]> {
  const path = `/calendars/${encodeURIComponent(CALENDAR)}/_list`;
  const { values } = (await session.call({ method: 'GET', path })) as { values: readonly { value: RawEvent }[] };
  return values.map(({ value }) => value);
}
