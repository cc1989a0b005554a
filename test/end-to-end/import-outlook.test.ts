/** What lay in Outlook before the connector, taken into BlueMind: the items themselves become the synchronised ones. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countOf, FATES, type ImportReport } from '../../src/agent/import/report.ts';
import { FRIENDS, type Office, openOffice, TEAM } from './folder-world.ts';
import { BOOK, CALENDAR } from './world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const take = (into: readonly string[] = [], dryRun = false) => office.desk.agent.imports.outlook({ into, dryRun });

function told({ counts }: ImportReport): Record<string, number> {
  return Object.fromEntries(
    FATES.map((fate) => [fate, countOf(counts, fate)] as const).filter(([, count]) => count > 0),
  );
}

/** A further run finds nothing to do, and nobody got a mail. */
async function atRest(): Promise<void> {
  const { folders } = await office.run();
  expect(folders.flatMap(({ report }) => report.lines.filter(({ outcome }) => outcome !== 'done'))).toEqual([]);
  expect(folders.flatMap(({ report }) => report.lines)).toEqual([]);
  expect(office.server.kernel.store.outbox.all()).toEqual([]);
}

it('[A4] after a preview that writes nothing, appointments and contacts are on the server, each once, and in Outlook as before', async () => {
  await office.write('Calendar', 'Old A');
  await office.write('Calendar', 'Old B');
  await office.write('Contacts', 'Old C');
  await expect(take([], true)).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  await office.run();
  expect(office.onServer(CALENDAR)).toEqual([]);
  const before = office.everything(['sessions']);
  const preview = await take([], true);
  expect(told(preview)).toEqual({ new: 3 });
  expect(preview.rows.map(({ from, title, when }) => [from, title, when])).toEqual([
    ['Contacts', 'Old C', ''],
    ['Calendar', 'Old A', '2026-12-01 10:00 Europe/Paris'],
    ['Calendar', 'Old B', '2026-12-01 10:00 Europe/Paris'],
  ]);
  expect(office.everything(['sessions'])).toBe(before);
  expect(told(await take())).toEqual({ taken: 3 });
  expect([office.onServer(CALENDAR), office.onServer(BOOK)]).toEqual([['Old A', 'Old B'], ['Old C']]);
  expect([await office.inOutlook('Calendar'), await office.inOutlook('Contacts')]).toEqual([
    ['Old A', 'Old B'],
    ['Old C'],
  ]);
  expect(told(await take())).toEqual({});
  await atRest();
  await office.edit('Calendar', 'Old A', 'Edited');
  await office.run();
  expect(office.onServer(CALENDAR)).toEqual(['Edited', 'Old B']);
});

it('[A4] without a first run, that run comes first', async () => {
  await office.write('Calendar', 'Old A');
  expect(told(await take())).toEqual({ taken: 1 });
  expect(office.onServer(CALENDAR)).toEqual(['Old A']);
  await atRest();
});

it('[A4] what is made in Outlook while other folders have their first run was not there before, and crosses', async () => {
  await office.write('Calendar', 'Old A');
  await office.desk.agent.run({ only: new Set([BOOK]) });
  await office.write('Calendar', 'Meanwhile');
  await office.run();
  expect(office.onServer(CALENDAR)).toEqual(['Meanwhile']);
  expect(told(await take())).toEqual({ taken: 1 });
  expect(office.onServer(CALENDAR)).toEqual(['Meanwhile', 'Old A']);
  await atRest();
});

it('[A4] of two that look alike one is taken; the other stays as it is, also when the import is repeated', async () => {
  for (const name of ['Ann', 'Ann', 'Zoe']) await office.write('Contacts', name);
  await office.run();
  expect(told(await take([], true))).toEqual({ new: 2, there: 1 });
  expect(told(await take())).toEqual({ taken: 2, there: 1 });
  expect(office.onServer(BOOK)).toEqual(['Ann', 'Zoe']);
  expect(await office.inOutlook('Contacts')).toEqual(['Ann', 'Ann', 'Zoe']);
  expect(told(await take())).toEqual({ there: 1 });
  await atRest();
});

it('[A4] into another calendar or book the items are moved; folders from before are emptied the same way', async () => {
  await office.book(FRIENDS, 'Friends', 0);
  office.subscribe(FRIENDS);
  office.shared(TEAM, 'Team', 'Write');
  await office.tree.make('Club', 'contacts', await office.tree.find('Contacts'));
  await office.write('Club', 'Nora');
  await office.write('Contacts', 'Otto');
  await office.write('Calendar', 'Old A');
  await office.run();
  expect(told(await take([FRIENDS], true))).toEqual({ new: 2, left: 1 });
  expect(told(await take([FRIENDS, TEAM]))).toEqual({ taken: 3 });
  expect([office.onServer(FRIENDS), office.onServer(TEAM), office.onServer(CALENDAR), office.onServer(BOOK)]).toEqual([
    ...[['Nora', 'Otto'], ['Old A'], [], []],
  ]);
  expect([
    await office.inOutlook('Friends'),
    await office.inOutlook('Team (John Roe)'),
    await office.inOutlook('Club'),
    await office.inOutlook('Contacts'),
    await office.inOutlook('Calendar'),
  ]).toEqual([['Nora', 'Otto'], ['Old A'], [], [], []]);
  await atRest();
});

it('[A4] a calendar that may only be read is refused before anything is done', async () => {
  office.shared(TEAM, 'Team', 'Read');
  await office.write('Calendar', 'Old A');
  await office.run();
  const before = office.everything(['sessions']);
  await expect(take([TEAM])).rejects.toMatchObject({ code: 'NO_RIGHT' });
  await expect(take(['none'])).rejects.toMatchObject({ code: 'CONTAINER_UNKNOWN' });
  expect(office.everything(['sessions'])).toBe(before);
});

it('[A4] a cancelled import leaves alone again what it did not reach, and goes on when it is begun again', async () => {
  for (let at = 0; at < 3; at++) await office.write('Calendar', `Old ${at}`);
  await office.run();
  const stop = new AbortController();
  const progress = ({ source }: { source: string }) => source === 'Calendar' && stop.abort();
  const options = { into: [], dryRun: false, progress, signal: stop.signal };
  await office.desk.agent.imports.outlook(options).catch(() => undefined);
  await office.run();
  expect(office.onServer(CALENDAR)).toEqual([]);
  expect(told(await take())).toEqual({ taken: 3 });
  await atRest();
});
