/** Verify, reset, and a memory that was lost: over real HTTP, with the emulator, the main ways by the real program. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { listHistory } from '../../src/agent/history.ts';
import { connector, inside, json } from './connector.ts';
import { changeInOutlook, editInOutlook } from './edits.ts';
import { outlookCards, outlookEvents } from './outlook-facts.ts';
import { cards, event, events, type Json, smallDesk } from './small-desk.ts';
import { BOOK, CALENDAR } from './world.ts';

const small = smallDesk();
const NOTHING = { edit: [], remove: [], create: 0, name: '' };
const titles = (rows: readonly (readonly [string, string])[]) => rows.map(([, title]) => title);
const idOf = async (title: string) => (await small().inOutlook(CALENDAR)).find(([, name]) => name === title)?.[0] ?? '';

/** Three events, two contacts and a list of them, on both sides. */
async function agreed(): Promise<void> {
  await small().change({ add: events(3) });
  await small().cards({ add: cards() });
  expect(await small().run()).toMatchObject({ failed: 0, held: 0 });
}

/** Both sides hold what they held, once, and agree. */
async function expectAgreed(
  calendar = ['Event 00', 'Event 01', 'Event 02'],
  book = ['The team', 'ann Poe', 'bob Poe'],
) {
  expect(await small().run()).toMatchObject({ changes: 0, failed: 0, held: 0 });
  for (const [container, wanted] of [[CALENDAR, calendar] as const, [BOOK, book] as const]) {
    expect(titles(await small().onServer(container))).toEqual(wanted);
    expect(titles(await small().inOutlook(container))).toEqual(wanted);
  }
  // Counted past the connector, which does not show what it leaves alone.
  const { emulator, agent } = small().desk;
  expect([(await outlookEvents(emulator)).size, (await outlookCards(emulator)).size]).toEqual([calendar.length, 2]);
  const proofs = await agent.trust.verify();
  expect(proofs.flatMap(({ unequal }) => unequal)).toEqual([]);
}

it('[N7] verify proves both sides equal, and says in words what differs, what is missing and where', async () => {
  await agreed();
  const { agent, emulator } = small().desk;
  const proofs = await agent.trust.verify();
  expect(proofs.map(({ name, equal, unequal }) => [name, equal, unequal.length])).toEqual(
    expect.arrayContaining([
      ['Calendar', 3, 0],
      ['Contacts', 3, 0],
    ]),
  );
  await changeInOutlook(emulator, await idOf('Event 00'), { Location: 'There' });
  await small().change({ add: [event(7)], delete: [{ uid: 'event-1' }] });
  const [calendar] = await agent.trust.verify('calendar');
  expect(calendar?.unequal.map(({ what, on, title, fields }) => [what, on, title, fields])).toEqual([
    ['differs', undefined, 'Event 00', [{ field: 'place', server: '“Here”', outlook: '“There”' }]],
    ['missing', 'server', 'Event 01', []],
    ['missing', 'outlook', 'Event 07', []],
  ]);
  expect([titles(await small().onServer(CALENDAR)), await small().run()]).toMatchObject([
    ['Event 00', 'Event 02', 'Event 07'],
    { changes: 3 },
  ]);
  expect((await agent.trust.verify('Calendar'))[0]).toMatchObject({ equal: 3, unequal: [] });
});

it('[N7] verify by the real program: exit code 3 and a sentence for each difference', async () => {
  await agreed();
  await small().change({ add: [event(7)] });
  await small().between(async () => {
    const told = await connector(['verify', 'Calendar', '--data', small().home]);
    expect(told.out).toMatch(
      /^Calendar: 3 equal \(4 in BlueMind, 3 in Outlook\)\n {2}“Event 07” \(.*\) is missing in Outlook\n1 difference\. A run may settle them: `connector sync`\.\n$/,
    );
    expect(told.exit).toBe(3);
    const unknown = await inside(['verify', 'Nowhere', '--data', small().home]);
    expect([unknown.exit, unknown.err]).toEqual([71, expect.stringContaining('[FOLDER_NOT_FOUND]')]);
    const book = json<Json>(await inside(['verify', 'Contacts', '--json', '--data', small().home]));
    expect(book).toMatchObject({ equal: true, folders: [{ name: 'Contacts', equal: 3 }] });
  });
});

it('[A1] reset shows what was not sent and does nothing without consent', async () => {
  await agreed();
  const { agent, emulator } = small().desk;
  await changeInOutlook(emulator, await idOf('Event 00'), { Location: 'There' });
  await editInOutlook(emulator, { ...NOTHING, remove: [await idOf('Event 01')], create: 1, name: 'mine ' });
  const [look] = await agent.trust.lookAtReset('Calendar');
  expect([look?.items, look?.unsent.map((line) => `${line.do} ${line.on} ${line.rule} ${line.title}`).sort()]).toEqual([
    3,
    ['create server T1 Made in Outlook mine 0', 'delete server T4 Event 01', 'update server T2 Event 00'],
  ]);
  await small().between(async () => {
    const asked = await connector(['reset', 'Calendar', '--data', small().home]);
    expect(asked.exit).toBe(3);
    expect(asked.out).toMatch(
      /^Calendar: 3 items would be taken out of Outlook\.\n( {2}Calendar: not sent yet: .*\n){3}Nothing was done\./,
    );
    const neither = await inside(['reset', '--data', small().home]);
    expect([neither.exit, neither.err]).toEqual([93, expect.stringContaining('--all')]);
  });
  expect(titles(await small().inOutlook(CALENDAR))).toEqual(['Event 00', 'Event 02', 'Made in Outlook mine 0']);
});

it('[U2] a reset takes out what the connector put in, keeps what was not sent, and the next run brings all anew', async () => {
  await agreed();
  const { agent, emulator } = small().desk;
  await changeInOutlook(emulator, await idOf('Event 00'), { Location: 'There' });
  await editInOutlook(emulator, { ...NOTHING, create: 1, name: 'mine ' });
  const done = await agent.trust.reset({ unsent: 'drop' });
  expect(done.filter(({ removed }) => removed > 0)).toMatchObject([
    { name: 'Contacts', removed: 3, stayed: 0, kept: [] },
    { name: 'Calendar', removed: 3, stayed: 0, kept: [] },
  ]);
  expect([titles(await small().inOutlook(CALENDAR)), titles(await small().inOutlook(BOOK))]).toEqual([
    ['Made in Outlook mine 0'],
    [],
  ]);
  const [kept] = listHistory(agent.storage, { most: 9 }, 'en');
  expect(kept).toMatchObject({ title: 'Event 00', side: 'outlook', rule: 'U2' });
  expect(kept?.fields).toEqual([{ field: 'place', before: '“There”', after: '“Here”', lost: false }]);
  expect(await small().run()).toMatchObject({ changes: 7, failed: 0 });
  const all = ['Event 00', 'Event 01', 'Event 02', 'Made in Outlook mine 0'];
  await expectAgreed(all);
  await agent.trust.restore(kept?.id ?? '', 'both');
  await expectAgreed(all);
  await small().run();
  expect((await agent.trust.verify('Calendar'))[0]?.unequal).toEqual([]);
});

it('[A1] reset --send-first sends first; by the real program', async () => {
  await agreed();
  await changeInOutlook(small().desk.emulator, await idOf('Event 00'), { Subject: 'Event 00 moved' });
  await small().between(async () => {
    const done = json<Json>(await inside(['reset', '--all', '--send-first', '--json', '--data', small().home]));
    expect(done.folders.find(({ name }: Json) => name === 'Calendar')).toEqual({
      name: 'Calendar',
      removed: 3,
      stayed: 0,
      kept: [],
    });
  });
  expect(titles(await small().onServer(CALENDAR))).toEqual(['Event 00 moved', 'Event 01', 'Event 02']);
  expect(await small().run()).toMatchObject({ changes: 6 });
  await expectAgreed(['Event 00 moved', 'Event 01', 'Event 02']);
});

const sql = (statement: string) => () => {
  const database = new DatabaseSync(join(small().home, 'agent.sqlite'));
  database.exec(`PRAGMA foreign_keys = ON; ${statement}`);
  database.close();
};
const noMemory = () => {
  for (const end of ['', '-wal', '-shm']) rmSync(join(small().home, `agent.sqlite${end}`), { force: true });
};

it.each([
  ['all links', sql('DELETE FROM links')],
  ['every other link', sql(`DELETE FROM links WHERE key IN (SELECT key FROM links ORDER BY server_id LIMIT 3)`)],
  ['all links and bookmarks', sql('DELETE FROM links; DELETE FROM cursors')],
  ['the whole memory', noMemory],
])(
  '[L1] a memory that lost %s pairs events, contacts and lists by our token; nothing is doubled or deleted',
  async (_, lose) => {
    await agreed();
    await small().between(lose);
    await small().run();
    await expectAgreed();
  },
);

it.each([
  ['all links', sql('DELETE FROM links')],
  ['the whole memory', noMemory],
])('[L2] [L3] a memory that lost %s pairs items without our token by uid and content', async (_, lose) => {
  await agreed();
  for (const container of [CALENDAR, BOOK])
    for (const [id] of await small().inOutlook(container)) await small().unmark(id);
  await small().between(lose);
  await small().run();
  await expectAgreed();
});

it('[A4] after a lost memory an item of the user’s own that the server has not stays theirs', async () => {
  await editInOutlook(small().desk.emulator, { ...NOTHING, create: 1, name: 'mine ' });
  await agreed();
  await small().between(noMemory);
  await small().run();
  expect(titles(await small().onServer(CALENDAR))).toEqual(['Event 00', 'Event 01', 'Event 02']);
  expect(await small().run()).toMatchObject({ changes: 0 });
});

it('[L1] repair pairs what was lost, even without a mark, and nothing is doubled or deleted', async () => {
  await agreed();
  const id = await idOf('Event 01');
  await small().unmark(id);
  await small().between(sql(`DELETE FROM links WHERE server_id IN ('event-1', 'ann')`));
  await small().between(async () => {
    const told = await inside(['repair', '--data', small().home]);
    expect([told.exit, told.out]).toEqual([
      0,
      expect.stringMatching(/Calendar: \d items? paired or looked at again\.\n/),
    ]);
  });
  await expectAgreed();
});
