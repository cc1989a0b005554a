/** What waits for the user: mass deletions on either side, conflicts, and what is left alone; over real HTTP, with the emulator. */
import { expect, it } from 'vitest';
import { setOption } from '../../src/agent/options.ts';
import { connector, inside, json } from './connector.ts';
import { changeInOutlook, editInOutlook } from './edits.ts';
import { cards, event, events, type Json, smallDesk } from './small-desk.ts';
import { BOOK, CALENDAR } from './world.ts';

const small = smallDesk();
const NOTHING = { edit: [], remove: [], create: 0, name: '' };
const counts = async () => [(await small().onServer(CALENDAR)).length, (await small().inOutlook(CALENDAR)).length];
const idOf = async (title: string) => (await small().inOutlook(CALENDAR)).find(([, name]) => name === title)?.[0] ?? '';
const cli = async (...args: string[]) => json<Json>(await inside([...args, '--json', '--data', small().home]));
const calendar = (status: Json) => status.folders.find(({ name }: Json) => name === 'Calendar');

async function deleteOn(side: 'server' | 'outlook', count: number): Promise<void> {
  if (side === 'server') await small().change({ delete: events(count).map(({ uid }) => ({ uid })) });
  else {
    const remove = (await small().inOutlook(CALENDAR)).slice(0, count).map(([id]) => id);
    await editInOutlook(small().desk.emulator, { ...NOTHING, remove });
  }
}

it.each([
  ['server', 12, 'G1'],
  ['outlook', 12, 'G1'],
  ['server', 30, 'G2'],
  ['outlook', 30, 'G3'],
] as const)(
  '[N3] deletions on the %s, %i of 30: held, the rest goes on, and approved they are carried out',
  async (side, count, rule) => {
    await small().change({ add: events(30) });
    await small().run();
    await deleteOn(side, count);
    await small().change({ add: [event(50)] });
    await small().cards({ add: cards() });
    expect(await small().run()).toMatchObject({ changes: 4, held: count });
    const left = side === 'server' ? [31 - count, 31] : [31, 31 - count];
    expect(await counts()).toEqual(left);
    await small().between(async () => {
      const status = calendar(await cli('status'));
      expect([status.held, status.waiting.length, status.waiting[0].rule]).toEqual([count, count, rule]);
      const held = await cli('held', 'list');
      expect(held[0]).toMatchObject({
        folder: 'Calendar',
        rule,
        ...(rule === 'G3' ? {} : { on: side === 'server' ? 'outlook' : 'server' }),
      });
      await cli('held', 'approve', 'all');
    });
    expect(await small().run()).toMatchObject({ changes: count, held: 0 });
    expect([await counts(), await small().run()]).toMatchObject([[31 - count, 31 - count], { changes: 0, held: 0 }]);
  },
);

it.each(['server', 'outlook'] as const)(
  '[N3] [P6] deletions on the %s brought back are there again, once',
  async (side) => {
    await small().change({ add: events(30) });
    await small().run();
    await deleteOn(side, 20);
    expect(await small().run()).toMatchObject({ changes: 0, held: 20 });
    await small().between(async () => {
      const status = await connector(['status', '--data', small().home]);
      expect(status.out).toMatch(
        /Waiting for you in Calendar: 20 items\. Many items .* \[G1\] See `connector held list`\.\n/,
      );
      const listed = await inside(['held', 'list', '--data', small().home]);
      const [line = ''] = listed.out.split('\n');
      expect(line).toMatch(/^[0-9a-f]{8} {2}Calendar: “Event \d\d” – Many items would be deleted at once; .* \[G1\]$/);
      const told = await inside(['held', 'restore', line.slice(0, 8), '--data', small().home]);
      expect([told.exit, told.out]).toEqual([0, '1 decided; the next run carries it out.\n']);
      const unknown = await inside(['held', 'restore', 'nothing', '--data', small().home]);
      expect([unknown.exit, unknown.err]).toEqual([72, expect.stringContaining('[ITEM_NOT_FOUND]')]);
    });
    expect(await small().run()).toMatchObject({ changes: 1, held: 19 });
    await small().between(async () => {
      await cli('held', 'restore', 'all');
    });
    expect(await small().run()).toMatchObject({ changes: 19, held: 0 });
    expect([await counts(), await small().run()]).toMatchObject([[30, 30], { changes: 0, held: 0 }]);
  },
);

it('[G1] as many deletions as the user chose are believed', async () => {
  await small().change({ add: events(30) });
  await small().run();
  setOption(small().desk.agent.storage.settings, 'guard.count', '15');
  await deleteOn('server', 15);
  expect(await small().run()).toMatchObject({ changes: 15, held: 0 });
});

it('[P8] asked, a conflict is untouched on both sides, listed with both values, and decided by a command', async () => {
  await small().change({ add: [event(0), event(1)] });
  await small().run();
  await small().between(async () => {
    const told = await inside(['options', 'set', 'conflict.rule', 'ask', '--data', small().home]);
    expect([told.exit, told.out]).toEqual([0, 'conflict.rule = ask\n']);
  });
  await small().change({ modify: [event(0, { location: 'Server place' }), event(1, { location: 'Taken' })] });
  await changeInOutlook(small().desk.emulator, await idOf('Event 00'), { Location: 'Outlook place', Body: 'mine' });
  expect(await small().run()).toMatchObject({ changes: 1, held: 1 });
  expect(await small().run()).toMatchObject({ changes: 0, held: 1 });
  await small().between(async () => {
    expect(calendar(await cli('status')).waiting).toMatchObject([{ title: 'Event 00', rule: 'P8' }]);
    const listed = await inside(['conflicts', '--data', small().home]);
    expect(listed.out).toMatch(
      /^([0-9a-f]{8}) {2}Calendar: “Event 00” \(.*\)\n {4}place: “Server place” in BlueMind, “Outlook place” in Outlook\n$/,
    );
    expect(await cli('held', 'list')).toEqual([]);
    await cli('conflicts', 'decide', listed.out.slice(0, 8), '--keep', 'outlook');
  });
  expect(await small().run()).toMatchObject({ changes: 1, held: 0 });
  const [proof] = await small().desk.agent.trust.verify('Calendar');
  expect(proof).toMatchObject({ equal: 2, unequal: [] });
  await small().between(async () => {
    expect(await cli('conflicts')).toEqual([]);
    const [lost] = await cli('history', '--side', 'server');
    expect(lost.fields).toContainEqual({
      field: 'place',
      before: '“Server place”',
      after: '“Outlook place”',
      lost: true,
    });
  });
});

it('[A4] what is left alone is listed with its reason, and leaves the list when it is gone', async () => {
  await editInOutlook(small().desk.emulator, { ...NOTHING, create: 2, name: 'before ' });
  const [ann, ...others] = cards() as Json[];
  const withBirthday = {
    ...ann,
    value: { ...ann.value, identification: { ...ann.value.identification, birthday: 160963200000 } },
  };
  await small().cards({ add: [withBirthday, ...others] });
  await small().run();
  await small().run();
  const { agent, emulator } = small().desk;
  const listed = await agent.trust.leftAlone('Calendar');
  expect(listed.map(({ reason, title }) => [reason, title]).sort()).toEqual([
    ['before', 'Made in Outlook before 0'],
    ['before', 'Made in Outlook before 1'],
    ['birthday', expect.stringContaining('ann')],
  ]);
  const raw = () => {
    const pair = agent.storage.pairs.all().find(({ folders }) => folders.server === CALENDAR);
    return (pair?.value['leftAlone'] ?? []) as readonly [string][];
  };
  await editInOutlook(emulator, {
    ...NOTHING,
    remove: raw()
      .slice(0, 1)
      .map(([id]) => id),
  });
  await small().run();
  expect([(await agent.trust.leftAlone('Calendar')).length, raw().length]).toEqual([2, 2]);
  await small().between(async () => {
    const told = await inside(['left-alone', '--data', small().home]);
    expect(told.out).toMatch(
      /^Calendar: “Made in Outlook before \d” \(.*\) – It was in Outlook before the connector\.$/m,
    );
  });
  expect((await small().inOutlook(BOOK)).length).toBe(3);
});
