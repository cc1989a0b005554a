import { expect, it } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import { must } from '../../src/base/assert.ts';
import type { Session } from '../../src/bluemind/session.ts';
import type { Line } from '../../src/sync/report.ts';
import { editInOutlook, editOnServer } from './edits.ts';
import { type CardFacts, type EventFacts, letters } from './facts.ts';
import { killedSync, seededRandom } from './kill.ts';
import { outlookCards, outlookEvents } from './outlook-facts.ts';
import { loadCalendars, loadCards } from './recorded-files.ts';
import { ORPHAN, serverCards, serverEvents } from './server-facts.ts';
import { corpora, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

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
    for (let at = 0; at < FIRST_KILLS; at++) killed += Number(await killedSync(home, 700 + random() * 2500));
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
    for (let at = 0; at < LATER_KILLS; at++) await killedSync(home, 600 + random() * 1200);
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

/** What differs, short enough to be read: of occurrences only those that one side lacks. */
function differences<T extends object>(uid: string, held: T, shown: T): string[] {
  const names = Object.keys(held) as (keyof T & string)[];
  return names.flatMap((name) => {
    const [a, b]: unknown[] = [held[name], shown[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const lacking = (from: unknown, other: unknown) =>
      Array.isArray(from) && Array.isArray(other) ? from.filter((one) => !other.includes(one)).slice(0, 4) : from;
    return [`${uid}: ${name}: server ${JSON.stringify(lacking(a, b))}, Outlook ${JSON.stringify(lacking(b, a))}`];
  });
}

/** Facts without what Outlook is known not to hold, each with its rule in docs/mapping.md. */
function comparable(event: EventFacts, simplified: boolean) {
  return {
    title: event.title === '---' ? '' : event.title.slice(0, 250),
    location: event.location.slice(0, 250),
    body: letters(event.body.replace(/\[?cid:[^\s\]]+\]?/g, '')),
    allDay: event.allDay,
    occurrences: simplified ? 'simplified' : event.occurrences.map(([start, end]) => `${start}/${end}`).sort(),
    busy: event.busy === 'outOfOffice' ? 'busy' : event.busy === 'elsewhere' ? 'free' : event.busy,
    secret: event.secret,
    categories: event.categories,
  };
}

function compareCards(server: ReadonlyMap<string, CardFacts>, outlook: ReadonlyMap<string, CardFacts>): void {
  expect([...outlook.keys()].sort()).toEqual([...server.keys()].sort());
  const differing = [...server].flatMap(([uid, card]) => {
    const shown = must(outlook.get(uid));
    return differences(uid, heldByCard(card, shown), shownByCard(shown, card));
  });
  expect(differing).toEqual([]);
}

/** A card with no more than a name to show: Outlook makes parts of it, and shows the whole as it was. */
function namesOf(card: CardFacts, nameless: boolean) {
  return nameless ? { name: card.shown } : { name: `${card.given}|${card.family}` };
}

function heldByCard(card: CardFacts, shown: CardFacts) {
  return {
    ...namesOf(card, card.given + card.family === ''),
    company: card.company,
    title: card.title,
    // Outlook has three e-mail slots and one telephone of each kind: it shows a part, and nothing else.
    emails: card.emails.slice(0, 3).sort(),
    phones: card.phones.filter((phone) => shown.phones.includes(phone)).sort(),
    note: letters(card.note),
    birthday: card.birthday,
    categories: card.categories.map(letters),
  };
}

function shownByCard(shown: CardFacts, card: CardFacts) {
  return {
    ...namesOf(shown, card.given + card.family === ''),
    company: shown.company,
    title: shown.title,
    emails: [...shown.emails].sort(),
    phones: [...shown.phones].sort(),
    note: letters(shown.note),
    birthday: shown.birthday,
    categories: shown.categories.map(letters),
  };
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
