/** An import from files taken back: what it made goes again, what somebody changed since stays. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listHistory } from '../../src/agent/history.ts';
import { undoImport } from '../../src/agent/import/undo.ts';
import type { Working } from '../../src/agent/working.ts';
import { must } from '../../src/base/assert.ts';
import { Failure } from '../../src/base/failure.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { smallDesk } from './small-desk.ts';
import { BOOK, CALENDAR, lineTo } from './world.ts';

const small = smallDesk();

const lines = (...text: readonly string[]) => `${text.join('\r\n')}\r\n`;
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const person = (name: string, ...more: readonly string[]) =>
  lines('BEGIN:VCARD', 'VERSION:3.0', `UID:${name}`, `FN:${name}`, `N:${name};;;;`, ...more, 'END:VCARD');
const CARDS = [
  lines('BEGIN:VCARD', 'VERSION:3.0', 'KIND:group', 'UID:team', 'FN:Team', 'MEMBER:urn:uuid:Ann', 'END:VCARD'),
  person('Ann', `PHOTO;ENCODING=b;TYPE=PNG:${PIXEL}`, 'EMAIL:ann@example.org'),
  ...['Bob', 'Cleo', 'Dan'].map((name) => person(name)),
];
const EVENTS = Array.from({ length: 14 }, (_, at) =>
  lines(
    ...['BEGIN:VEVENT', `UID:event-${at}`, `SUMMARY:Event ${String(at).padStart(2, '0')}`],
    ...['DTSTART:20260301T090000Z', 'DTEND:20260301T100000Z', 'CATEGORIES:Old', 'END:VEVENT'],
  ),
);

function files(): { path: string }[] {
  const made = { 'people.vcf': CARDS.join(''), 'year.ics': lines('BEGIN:VCALENDAR', ...EVENTS, 'END:VCALENDAR') };
  return Object.entries(made).map(([name, text]) => {
    const path = join(small().home, name);
    writeFileSync(path, text);
    return { path };
  });
}

const titles = async (container: string, where: 'onServer' | 'inOutlook' = 'onServer') =>
  (await small()[where](container)).map(([, title]) => title);
const idOf = async (container: string, title: string) =>
  (await small().onServer(container)).find(([, one]) => one === title)?.[0] ?? '';

it('[I8] an import taken back goes from both sides without another question; what was changed or removed since is left so', async () => {
  const { imports, storage } = small().desk.agent;
  await small().cards({ add: [{ uid: 'own', value: { kind: 'individual', identification: named('Own') } }] });
  const nothing = join(small().home, 'photo.ics');
  writeFileSync(nothing, 'This is no calendar.');
  // Of this one nothing is made: it is not named.
  const report = await imports.files([{ path: nothing }, ...files()], { into: [], dryRun: false });
  await small().run();
  expect(await titles(BOOK, 'inOutlook')).toEqual(['Ann', 'Bob', 'Cleo', 'Dan', 'Own', 'Team']);
  const [bob, cleo] = [await idOf(BOOK, 'Bob'), await idOf(BOOK, 'Cleo')];
  await small().cards({
    modify: [{ uid: bob, value: { kind: 'individual', identification: named('Robert') } }],
    delete: [{ uid: cleo }],
  });
  expect(imports.list()).toMatchObject([
    { id: report.undo, sources: ['people.vcf', 'year.ics'], items: 19, undone: undefined },
  ]);
  const undone = await imports.undo(report.undo?.slice(0, 8), {});
  expect(undone).toMatchObject({ outcome: 'done', removed: 17, changed: 1, gone: 1, failed: 0 });
  expect(undone.stay).toEqual([{ title: 'Robert', reason: undefined }]);
  expect(await titles(CALENDAR)).toEqual([]);
  const agreed = storage.pairs.all().flatMap(({ id }) => storage.state(id).held());
  expect(agreed.map(({ title }) => title)).toContain('Event 03');
  expect(await small().run()).toMatchObject({ failed: 0, held: 0 });
  expect([await titles(BOOK), await titles(BOOK, 'inOutlook'), await titles(CALENDAR, 'inOutlook')]).toEqual([
    ['Own', 'Robert'],
    ['Own', 'Robert'],
    [],
  ]);
  // Nothing is lost: the history has what went from Outlook.
  const [kept] = listHistory(storage, { text: 'Event 03', most: 5 }, 'en');
  expect(kept).toMatchObject({ did: 'delete', side: 'outlook', title: 'Event 03' });
  await expect(imports.undo(undefined, {})).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
  await expect(imports.undo('zz', {})).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
  const again = await imports.files(files(), { into: [], dryRun: false });
  expect([again.counts.event.taken, again.counts.contact.taken, again.counts.contact.there]).toEqual([14, 3, 1]);
  // What has the same ids now is of another import: the first one takes nothing of it.
  await expect(imports.undo(report.undo, {})).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
  expect(await titles(CALENDAR)).toHaveLength(14);
  expect(small().server.kernel.store.outbox.all()).toEqual([]);
});

function named(name: string) {
  return { formatedName: { value: name }, name: { familyNames: name } };
}

it('[I8] taking back can be cancelled and goes on; where the answer to a making was lost, what was sent tells', async () => {
  const { imports, storage } = small().desk.agent;
  const { undo = '' } = await imports.files(files(), { into: [CALENDAR], dryRun: false });
  const stop = new AbortController();
  const progress = () => stop.abort();
  expect(await imports.undo(undo, { signal: stop.signal, progress })).toMatchObject({
    outcome: 'cancelled',
    removed: 0,
  });
  const [first, second] = storage.imports.items(undo, 100, undefined);
  storage.imports.note(
    undo,
    [first, second].flatMap((item) => (item === undefined ? [] : [{ ...item, digest: undefined }])),
  );
  await small().change({ modify: [{ uid: first?.uid, value: { main: { ...MOVED } } }] });
  expect(await imports.undo(undefined, {})).toMatchObject({ outcome: 'done', removed: 13, changed: 1 });
  expect(await titles(CALENDAR)).toEqual(['Moved']);
});

it('[I8] taking back that dies when the server has removed a batch, and is done again, leaves nothing that waits for the user', async () => {
  const { agent, emulator } = small().desk;
  const path = join(small().home, 'many.vcf');
  writeFileSync(path, Array.from({ length: 25 }, (_, at) => person(`Person ${at}`)).join(''));
  const { undo } = await agent.imports.files([...files().slice(1), { path }], { into: [], dryRun: false });
  await small().run();
  const session = lineTo(small().server.url);
  const call: typeof session.call = async (request) => {
    const answer = await session.call(request);
    if (request.path.endsWith('/_mupdates')) throw new Error('the process died');
    return answer;
  };
  const working: Working = {
    ...{ storage: agent.storage, account: must(agent.storage.accounts.all()[0]), executor: emulator.executor },
    ...{ session: { ...session, call }, registry: undefined, clock: systemClock, newId: randomUUID },
  };
  await expect(undoImport(working, undo, {})).rejects.toThrow('the process died');
  await session.close();
  expect(await agent.imports.undo(undo, {})).toMatchObject({ outcome: 'done', removed: 14, gone: 25 });
  expect(await small().run()).toMatchObject({ failed: 0, held: 0 });
  expect([await titles(BOOK, 'inOutlook'), await titles(CALENDAR, 'inOutlook')]).toEqual([[], []]);
});

it('[I8] what changes while it is taken back stays, and its later deletion is as any other', async () => {
  const { agent, emulator } = small().desk;
  const { undo } = await agent.imports.files(files().slice(1), { into: [], dryRun: false });
  await small().run();
  const session = lineTo(small().server.url);
  const first = await idOf(CALENDAR, 'Event 00');
  const agreed = () => agent.storage.pairs.all().flatMap(({ id }) => agent.storage.state(id).held());
  const call: typeof session.call = async (request) => {
    // Between what was agreed to and its removal.
    if (request.path.endsWith('/_mget') && agreed().length > 0)
      await small().change({ modify: [{ uid: first, value: { main: MOVED } }] });
    return session.call(request);
  };
  const working: Working = {
    ...{ storage: agent.storage, account: must(agent.storage.accounts.all()[0]), executor: emulator.executor },
    ...{ session: { ...session, call }, registry: undefined, clock: systemClock, newId: randomUUID },
  };
  expect(await undoImport(working, undo, {})).toMatchObject({ removed: 13, changed: 1 });
  await session.close();
  const waiting = agreed().map(({ title }) => title);
  expect([waiting.length, waiting.includes('Event 00')]).toEqual([13, false]);
});

it('[I8] where the user may not write any more, everything stays with the reason, and what lies elsewhere goes', async () => {
  const { agent, emulator } = small().desk;
  const { undo } = await agent.imports.files(files(), { into: [], dryRun: false });
  const session = lineTo(small().server.url);
  const call: typeof session.call = async (request) => {
    const answer = await session.call(request);
    if (request.path !== '/containers/_manage/_list') return answer;
    const readOnly = { writable: false, verbs: ['Read'], owner: 'somebody else' };
    return (answer as { uid: string }[]).map((one) => (one.uid === BOOK ? { ...one, ...readOnly } : one));
  };
  const working: Working = {
    ...{ storage: agent.storage, account: must(agent.storage.accounts.all()[0]), executor: emulator.executor },
    ...{ session: { ...session, call }, registry: undefined, clock: systemClock, newId: randomUUID },
  };
  // The people were made last, so their turn comes first.
  const report = await undoImport(working, undo, {});
  expect(report).toMatchObject({ outcome: 'done', removed: 14, changed: 0, gone: 0, failed: 5 });
  const reason = 'You may not write to “My contacts” any more: ask its owner.';
  expect(report.stay.map((one) => one.title).sort()).toEqual(['Ann', 'Bob', 'Cleo', 'Dan', 'Team']);
  expect(new Set(report.stay.map((one) => one.reason))).toEqual(new Set([reason]));
  expect([await titles(CALENDAR), (await titles(BOOK)).length]).toEqual([[], 5]);
  await session.close();
  // With the right given back it goes on.
  expect(await agent.imports.undo(undo, {})).toMatchObject({ removed: 5, gone: 14, failed: 0 });
});

it('[I8] of a book that is not listed nothing counts as gone before the server says so', async () => {
  const { agent, emulator } = small().desk;
  const { undo } = await agent.imports.files(files(), { into: [], dryRun: false });
  const session = lineTo(small().server.url);
  let answer = new Failure('NO_RIGHT', 'You may not read it.');
  const call: typeof session.call = async (request) => {
    if (request.path === `/containers/_manage/${encodeURIComponent(BOOK)}`) throw answer;
    const listed = await session.call(request);
    const lists = ['/containers/_manage/_list', '/containers/_manage/_mget'];
    if (!lists.includes(request.path)) return listed;
    return (listed as { uid: string }[]).filter(({ uid }) => uid !== BOOK);
  };
  const working: Working = {
    ...{ storage: agent.storage, account: must(agent.storage.accounts.all()[0]), executor: emulator.executor },
    ...{ session: { ...session, call }, registry: undefined, clock: systemClock, newId: randomUUID },
  };
  const reason =
    'You may not read the address book that they are in any more: ask its owner for the right, then take the import back again.';
  expect(await undoImport(working, undo, {})).toMatchObject({
    ...{ outcome: 'done', removed: 14, gone: 0, failed: 5 },
    stay: [{ title: '5 contacts', reason }],
  });
  expect([agent.imports.list().map(({ undone }) => undone), (await titles(BOOK)).length]).toEqual([[undefined], 5]);
  answer = new Failure('NOT_FOUND', 'There is no such book.');
  expect(await undoImport(working, undo, {})).toMatchObject({ removed: 0, gone: 19, failed: 0 });
  await session.close();
});

const MOVED = {
  summary: 'Moved',
  dtstart: { iso8601: '2026-05-01T09:00:00.000Z', timezone: 'UTC', precision: 'DateTime' },
  dtend: { iso8601: '2026-05-01T10:00:00.000Z', timezone: 'UTC', precision: 'DateTime' },
};
