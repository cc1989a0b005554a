import { expect, it } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import { must } from '../../src/base/assert.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { editInOutlook, editOnServer } from './edits.ts';
import type { CardFacts, EventFacts } from './facts.ts';
import { outlookCards, outlookEvents } from './outlook-facts.ts';
import { loadCalendars, loadCards } from './recorded-files.ts';
import { ORPHAN, serverCards, serverEvents } from './server-facts.ts';
import { corpora, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

const folder = corpora();
const where = folder === undefined ? ' (skipped: no recorded files; see CONTRIBUTING.md, CORPORA)' : '';

it.skipIf(folder === undefined)(
  `1,000 recorded events and 500 cards arrive, edits on both sides cross, and both sides are equal${where}`,
  { timeout: 280_000 },
  async () => {
    const home = newFolder();
    const server = await startServer(home);
    const session = lineTo(server.url);
    await loadCalendars(session, folder ?? '', async () => (await serverEvents(session)).size >= 1050);
    await loadCards(session, folder ?? '');
    const desk = await openDesk(home, server.url);

    expect(await mixOf(session)).toMatchObject({
      events: true,
      recurring: true,
      exceptions: true,
      allDay: true,
      zones: true,
      cards: true,
    });

    await inStep(desk, session);

    const before = [...(await outlookEvents(desk.emulator))];
    const uids = before
      .filter(([, { simplified, occurrences }]) => !simplified && occurrences.length > 0)
      .map(([uid]) => uid);
    const entryIds = await entryIdsOf(desk);
    const ids = (from: number, count: number) => uids.slice(from, from + count);
    await editOnServer(session, { edit: ids(0, 50), remove: ids(50, 20), create: 20 });
    const inOutlook = (from: number, count: number) => ids(from, count).map((uid) => entryIds.get(uid) ?? '');
    await editInOutlook(desk.emulator, { edit: inOutlook(100, 50), remove: inOutlook(150, 20), create: 20 });

    const crossed = await inStep(desk, session);
    expect(crossed.changes).toBe(2 * (50 + 20 + 20));

    await desk.close();
    await session.close();
    await server.close();
  },
);

/** Runs until nothing fails, compares both sides, and expects that a second run plans nothing. */
async function inStep(desk: Desk, session: Session): Promise<{ changes: number }> {
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
  return totals;
}

async function entryIdsOf({ agent }: Desk): Promise<Map<string, string>> {
  const [pair] = agent.pairs().filter(({ kind, folders }) => kind === 'calendar' && folders.server.includes('Default'));
  const links = [...agent.storage.state(pair?.id ?? '').links()];
  return new Map(links.map(({ server, outlook }) => [server.id, outlook.id]));
}

function compareEvents(server: ReadonlyMap<string, EventFacts>, outlook: ReadonlyMap<string, EventFacts>): void {
  expect([...outlook.keys()].sort()).toEqual([...server.keys()].sort());
  const uids = [...server].filter(([, facts]) => facts !== ORPHAN).map(([uid]) => uid);
  const differing = uids.flatMap((uid) => {
    const simplified = outlook.get(uid)?.simplified === true;
    const [held, shown] = [server, outlook].map((side) => comparable(must(side.get(uid)), simplified));
    return differences(uid, must(held), must(shown));
  });
  expect(differing).toEqual([]);
}

type Comparable = ReturnType<typeof comparable>;

/** What differs, short enough to be read: of occurrences only those that one side lacks. */
function differences(uid: string, held: Comparable, shown: Comparable): string[] {
  const names = Object.keys(held) as (keyof Comparable)[];
  return names.flatMap((name) => {
    const [a, b] = [held[name], shown[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const lacking = (from: unknown, other: unknown) =>
      Array.isArray(from) && Array.isArray(other) ? from.filter((one) => !other.includes(one)).slice(0, 4) : from;
    return [`${uid}: ${name}: server ${JSON.stringify(lacking(a, b))}, Outlook ${JSON.stringify(lacking(b, a))}`];
  });
}

/** Facts without what Outlook is known not to hold, each with its rule in docs/mapping.md. */
function comparable(event: EventFacts, simplified: boolean) {
  return {
    title: event.title.slice(0, 250),
    location: event.location.slice(0, 250),
    body: event.body.replace(/[^\p{L}\p{N}]/gu, ''),
    allDay: event.allDay,
    occurrences: simplified ? 'simplified' : event.occurrences.map(([start, end]) => `${start}/${end}`).sort(),
    busy: event.busy === 'outOfOffice' ? 'busy' : event.busy === 'elsewhere' ? 'free' : event.busy,
    secret: event.secret,
    categories: event.categories,
  };
}

function compareCards(server: ReadonlyMap<string, CardFacts>, outlook: ReadonlyMap<string, CardFacts>): void {
  expect([...outlook.keys()].sort()).toEqual([...server.keys()].sort());
  for (const [uid, card] of server) {
    const shown = outlook.get(uid);
    expect({ uid, ...shown, emails: [], phones: [], note: '' }).toEqual({
      uid,
      ...card,
      emails: [],
      phones: [],
      note: '',
    });
    // Outlook has three e-mail slots and one telephone of each kind: it shows a part, and nothing else.
    expect([...card.emails].slice(0, 3).sort()).toEqual([...(shown?.emails ?? [])].sort());
    for (const phone of shown?.phones ?? []) expect(card.phones).toContain(phone);
    expect(shown?.note.replace(/[^\p{L}\p{N}]/gu, '')).toBe(card.note.replace(/[^\p{L}\p{N}]/gu, ''));
  }
}

async function mixOf(session: Session) {
  const values = [...(await serverEvents(session)).values()];
  const { recurring, exceptions, zones } = await rawMix(session);
  return {
    events: values.length >= 1000,
    recurring: recurring >= 150,
    exceptions: exceptions >= 40,
    allDay: values.filter(({ allDay }) => allDay).length >= 60,
    zones: zones >= 8,
    cards: (await serverCards(session)).size >= 500,
  };
}

async function rawMix(session: Session): Promise<{ recurring: number; exceptions: number; zones: number }> {
  const { values } = (await session.call({
    method: 'GET',
    path: `/calendars/${encodeURIComponent('calendar:Default:uid-jane')}/_list`,
  })) as {
    values: readonly {
      value: { main?: { rrule?: unknown; dtstart: { timezone?: string } } | null; occurrences: readonly unknown[] };
    }[];
  };
  const mains = values.flatMap(({ value }) => (value.main ? [value] : []));
  return {
    recurring: mains.filter(({ main }) => main?.rrule).length,
    exceptions: mains.filter(({ occurrences }) => occurrences.length > 0).length,
    zones: new Set(mains.map(({ main }) => main?.dtstart.timezone).filter(Boolean)).size,
  };
}
