import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { BOTH_WAYS, onlyWhere, type Policy } from './policies.ts';
import { bench, inShort } from './testing/bench.ts';
import { failingSide } from './testing/failing-side.ts';
import type { RecordContent } from './testing/record-kit.ts';

const READ_ONLY: Policy<RecordContent> = { ...BOTH_WAYS, writable: { server: false, outlook: true } };

/** A bench with some items on both sides. */
async function filled(policy: Policy<RecordContent>, count = 5) {
  const b = bench({ policy });
  const ids = Array.from({ length: count }, (_none, at) => b.add('server', { title: `title ${at}`, place: 'there' }));
  await b.run();
  return { b, ids, twins: ids.map((id) => must(b.partner('server', id))) };
}

test('[P1] an edit in a read-only folder is undone, the version of the user kept, the change of the owner taken', async () => {
  const { b, ids, twins } = await filled(READ_ONLY);
  b.edit('outlook', must(twins[0]), { title: 'mine', mood: 'cross' });
  b.edit('outlook', must(twins[1]), { title: 'mine too' });
  b.edit('server', must(ids[1]), { place: 'elsewhere' });
  expect(inShort((await b.run()).lines)).toEqual(['update outlook P1 done', 'update outlook P1 done']);
  expect(b.fields('outlook').slice(0, 2)).toEqual([
    { title: 'title 0', place: 'there' },
    { title: 'title 1', place: 'elsewhere' },
  ]);
  expect(
    b.state
      .history()
      .map((entry) => entry.title)
      .sort(),
  ).toEqual(['mine', 'mine too']);
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
});

test('[P3] [P4] [P5] in a read-only folder deletions are undone, follow the owner, and new items stay where they are', async () => {
  const { b, ids, twins } = await filled(READ_ONLY);
  b.delete('outlook', must(twins[0]));
  b.delete('server', must(ids[1]));
  b.edit('outlook', must(twins[1]), { title: 'mine' });
  b.add('outlook', { title: 'new' });
  const { lines } = await b.run();
  expect(inShort(lines)).toEqual(['create outlook P3 done', 'delete outlook P4 done', 'create server P5 held']);
  expect(b.fields('outlook').map(({ title }) => title)).toEqual(['new', 'title 0', 'title 2', 'title 3', 'title 4']);
  expect(b.state.history()).toMatchObject([{ did: 'delete', rule: 'P4', title: 'mine' }]);
  expect(inShort((await b.run()).lines)).toEqual(['create server P5 held']);
});

test('[P2] of a protected item what is allowed goes through and the rest is undone', async () => {
  const permit: Policy<RecordContent>['permit'] = ({ on, now, wanted }) =>
    on === 'outlook' ? wanted : { ...now, fields: { ...now.fields, note: wanted.fields.note ?? '' } };
  const { b, ids, twins } = await filled({ ...BOTH_WAYS, permit });
  b.edit('outlook', must(twins[0]), { title: 'mine', note: 'accepted' });
  b.edit('server', must(ids[0]), { place: 'elsewhere' });
  expect(inShort((await b.run()).lines)).toEqual(['merge both P2 done']);
  const agreed = { title: 'title 0', place: 'elsewhere', note: 'accepted' };
  expect([b.fields('server')[0], b.fields('outlook')[0]]).toEqual([agreed, agreed]);
  expect(b.state.history().map((entry) => entry.title)).toContain('mine');
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
});

test('[P2] nothing of an edit is undone before what is allowed of it has gone through', async () => {
  // Outlook's item takes the note only.
  const permit: Policy<RecordContent>['permit'] = ({ on, now, wanted }) =>
    on === 'server' ? wanted : { ...now, fields: { ...now.fields, note: wanted.fields.note ?? '' } };
  const { b, ids } = await filled({ ...BOTH_WAYS, permit });
  b.edit('server', must(ids[0]), { title: 'theirs', note: 'accepted' });
  const dying = { ...b.sides, outlook: failingSide(b.sides.outlook, { call: 2, when: 'before' }) };
  expect(await b.run({ sides: dying })).toMatchObject({ outcome: 'failed' });
  expect(b.fields('server')).toContainEqual({ title: 'theirs', place: 'there', note: 'accepted' });
  expect(inShort((await b.run()).lines)).toEqual(['merge both P2 done']);
  const agreed = { title: 'title 0', place: 'there', note: 'accepted' };
  expect([b.fields('server')[0], b.fields('outlook')[0]]).toEqual([agreed, agreed]);
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
});

test('[P2] [P3] an item may be protected as a whole, against writing and deleting', async () => {
  const shut = (_on: string, { fields }: RecordContent) => fields.title !== 'title 0';
  const { b, twins } = await filled({ ...BOTH_WAYS, permit: onlyWhere(shut), removable: shut });
  b.edit('outlook', must(twins[1]), { place: 'moved' });
  b.delete('outlook', must(twins[0]));
  expect(inShort((await b.run()).lines)).toEqual(['create outlook P3 done', 'update server T2 done']);
});

test('[P7] an item that may be written on neither side is left as it is', async () => {
  const { b, twins } = await filled({ ...BOTH_WAYS, permit: onlyWhere(() => false) });
  b.edit('outlook', must(twins[0]), { place: 'mine' });
  expect(inShort((await b.run()).lines)).toEqual(['link both P7 held']);
  expect(b.fields('outlook')[0]).toEqual({ title: 'title 0', place: 'mine' });
});

test('two items paired without a past never write on the side that may only be read', async () => {
  const b = bench({ policy: { ...READ_ONLY, prefer: 'outlook' } });
  b.add('server', { title: 'a', place: 'there' }, 'u');
  b.add('outlook', { title: 'a', place: 'here' }, 'u');
  expect(inShort((await b.run()).lines)).toEqual(['update outlook L2 done']);
  expect(b.fields('outlook')).toEqual([{ title: 'a', place: 'there' }]);
});

test('[P8] where the user wants to be asked, a field changed on both sides waits for the answer, and the rest is not held back', async () => {
  for (const choice of ['server', 'outlook'] as const) {
    const { b, ids, twins } = await filled({ ...BOTH_WAYS, asks: true });
    b.edit('server', must(ids[0]), { title: 'S', color: 'red' });
    b.edit('outlook', must(twins[0]), { title: 'O' });
    b.edit('server', must(ids[1]), { place: 'S' });
    b.edit('outlook', must(twins[1]), { note: 'O' });
    const { lines } = await b.run();
    expect(inShort(lines)).toEqual(['merge both T3 done', 'link both P8 held']);
    expect(lines.at(-1)?.fields).toEqual(['title']);
    expect(inShort((await b.run()).lines)).toEqual(['link both P8 held']);
    b.state.transaction((tx) => tx.decide(must(b.state.held()[0]).key, choice));
    await b.run();
    const title = choice === 'server' ? 'S' : 'O';
    expect([b.fields('server')[0]?.title, b.fields('outlook')[0]?.title]).toEqual([title, title]);
    expect(b.state.history().map((entry) => entry.title)).toContain(choice === 'server' ? 'O' : 'S');
    expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
  }
});

test('[P8] two items without a common past that differ wait for the answer too', async () => {
  const b = bench({ policy: { ...BOTH_WAYS, asks: true } });
  b.add('server', { title: 'a', place: 'there' }, 'u');
  b.add('outlook', { title: 'a', place: 'here' }, 'u');
  b.add('server', { title: 'same' }, 'v');
  b.add('outlook', { title: 'same' }, 'v');
  expect(await b.run()).toMatchObject({ lines: [{ rule: 'P8', fields: ['place'] }], linked: 1 });
  b.state.transaction((tx) => tx.decide(must(b.state.held()[0]).key, 'outlook'));
  expect(inShort((await b.run()).lines)).toEqual(['update server L2 done']);
  expect(b.fields('server')).toContainEqual({ title: 'a', place: 'here' });
});

test('[P8] an answer is for one conflict: the next one of the same item is asked about again', async () => {
  const { b, ids, twins } = await filled({ ...BOTH_WAYS, asks: true });
  for (const [round, choice] of [
    ['first', 'outlook'],
    ['second', 'server'],
  ] as const) {
    b.edit('server', must(ids[0]), { title: `S ${round}` });
    b.edit('outlook', must(twins[0]), { title: `O ${round}` });
    expect(inShort((await b.run()).lines)).toEqual(['link both P8 held']);
    expect([b.fields('server')[0]?.title, b.fields('outlook')[0]?.title]).toEqual(
      [`S ${round}`, `O ${round}`].sort().reverse(),
    );
    b.state.transaction((tx) => tx.decide(must(b.state.held()[0]).key, choice));
    expect(inShort((await b.run()).lines)).toEqual([`update ${choice === 'server' ? 'outlook' : 'server'} T3 done`]);
    expect([await b.run(), b.state.held()]).toMatchObject([{ lines: [], linked: 0 }, []]);
  }
  expect(b.fields('outlook')).toEqual(b.fields('server'));
  expect(b.state.history().map((entry) => entry.title)).toEqual(['S first', 'O second']);
});

test('[P9] [T5] an edit beats a deletion, unless the user chose that deletions win; the edit is in the history then', async () => {
  for (const deletionWins of [false, true]) {
    const { b, ids, twins } = await filled({ ...BOTH_WAYS, deletionWins });
    b.delete('server', must(ids[0]));
    b.edit('outlook', must(twins[0]), { title: 'mine' });
    b.delete('outlook', must(twins[1]));
    b.edit('server', must(ids[1]), { title: 'theirs' });
    const rule = deletionWins ? 'delete P9' : 'create T5';
    const done = inShort((await b.run()).lines).map((line) =>
      line.replace(/ (server|outlook)/, '').replace(' done', ''),
    );
    expect(done).toEqual([rule, rule]);
    expect([b.fields('server').length, b.fields('outlook').length]).toEqual(deletionWins ? [3, 3] : [5, 5]);
    const kept = b.state.history().map((entry) => entry.title);
    expect(kept.sort()).toEqual(deletionWins ? ['mine', 'theirs'] : []);
    expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
  }
});

test('[G1] the user says how much may be deleted without asking, by number and by share', async () => {
  for (const { guard, deleted, rule } of [
    { guard: { count: 1, share: 0.3 }, deleted: 3, rule: 'T4 done' },
    { guard: { count: 1, share: 0.3 }, deleted: 4, rule: 'G1 held' },
    { guard: { count: 5, share: 0 }, deleted: 5, rule: 'T4 done' },
    { guard: { count: 5, share: 0 }, deleted: 6, rule: 'G1 held' },
    { guard: { count: 9, share: 1 }, deleted: 9, rule: 'T4 done' },
    // No limit lets a folder be emptied.
    { guard: { count: 99, share: 1 }, deleted: 10, rule: 'G2 held' },
  ]) {
    const { b, ids } = await filled({ ...BOTH_WAYS, guard }, 10);
    for (const id of ids.slice(0, deleted)) b.delete('server', id);
    expect(inShort((await b.run()).lines)).toEqual(Array(deleted).fill(`delete outlook ${rule}`));
  }
});

test('[T4] a deletion keeps what the other side held of the item too, for it may say more', async () => {
  const b = bench();
  b.add('server', { title: 'a', color: 'red', note: 'rich+' });
  const id = b.add('outlook', { title: 'b', mood: 'fine' });
  await b.run();
  const [a, twin] = [
    must(b.items('outlook').find(({ content }) => content.fields.title === 'a')).id,
    must(b.partner('outlook', id)),
  ];
  const onServer = must(b.partner('outlook', a));
  b.delete('server', onServer);
  b.delete('outlook', id);
  expect(inShort((await b.run()).lines)).toEqual(['delete outlook T4 done', 'delete server T4 done']);
  expect(b.state.history().toSorted((x, y) => (x.title < y.title ? -1 : 1))).toMatchObject([
    {
      side: 'outlook',
      itemId: a,
      content: { fields: { title: 'a', note: 'rich' } },
      across: { id: onServer, content: { fields: { title: 'a', color: 'red', note: 'rich+' } } },
    },
    {
      side: 'server',
      itemId: twin,
      content: { fields: { title: 'b' } },
      across: { id, content: { fields: { title: 'b', mood: 'fine' } } },
    },
  ]);
});

test('[G6] a change that comes back is made three times within an hour, then held, and tried again after the hour', async () => {
  let now = 0;
  // An Outlook in which somebody turns every place back.
  const b = bench();
  const id = b.add('server', { title: 'a', place: 'there' });
  await b.run();
  const twin = must(b.partner('server', id));
  const turn = async () => {
    b.edit('outlook', twin, { place: 'here' });
    await b.run({ now: () => now });
    b.edit('server', id, { place: 'there' });
    return inShort((await b.run({ now: () => now })).lines);
  };
  for (let times = 0; times < 3; times++) expect(await turn()).toEqual(['update outlook T2 done']);
  expect(await turn()).toEqual(['update server G6 held']);
  expect(b.state.held()).toMatchObject([{ rule: 'G6' }]);
  now += 61 * 60_000;
  await b.run({ now: () => now });
  expect(b.fields('outlook')).toEqual(b.fields('server'));
  expect(await b.run({ now: () => now })).toMatchObject({ lines: [] });
});
