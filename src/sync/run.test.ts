import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { Failure } from '../base/failure.ts';
import { BATCH } from './look.ts';
import { BOTH_WAYS } from './policies.ts';
import { bothSides } from './state.ts';
import { type Bench, bench, inShort } from './testing/bench.ts';
import { crashMatrix } from './testing/crash-matrix.ts';
import { failingSide } from './testing/failing-side.ts';
import { type Tripwire, trippedSide, trippedState } from './testing/tripwire.ts';

const titled = (count: number) => Array.from({ length: count }, (_none, at) => `title ${at}`);

/** A bench on which `count` items of the server have come to Outlook. */
async function filled(count: number, options: Parameters<typeof bench>[0] = {}) {
  const b = bench(options);
  const ids = titled(count).map((title) => b.add('server', { title }));
  await b.run();
  return { b, ids, twins: ids.map((id) => must(b.partner('server', id))) };
}

test('[T1] [S2] new items go across, and a second run has nothing to do', async () => {
  const b = bench();
  b.add('server', { title: 'from server', color: 'red' });
  b.add('outlook', { title: 'from outlook', mood: 'fine' });
  const report = await b.run();
  expect(inShort(report.lines)).toEqual(['create outlook T1 done', 'create server T1 done']);
  expect(b.fields('outlook')).toEqual([{ title: 'from outlook', mood: 'fine' }, { title: 'from server' }]);
  expect(b.fields('server')).toEqual([{ title: 'from outlook' }, { title: 'from server', color: 'red' }]);
  expect(await b.run()).toMatchObject({ outcome: 'done', lines: [], linked: 0, recovered: 0 });
});

test('[T2] what Outlook cannot hold survives an edit in Outlook', async () => {
  const b = bench();
  const id = b.add('server', { title: 'a', color: 'red', note: 'rich+' });
  await b.run();
  b.edit('outlook', must(b.partner('server', id)), { place: 'here' });
  expect(inShort((await b.run()).lines)).toEqual(['update server T2 done']);
  expect(b.fields('server')).toEqual([{ title: 'a', color: 'red', note: 'rich+', place: 'here' }]);
});

test('[T3] changes of both sides meet; of one field changed twice the preferred value stays, the other in the history', async () => {
  for (const prefer of ['server', 'outlook'] as const) {
    const { b, ids, twins } = await filled(1, { policy: { ...BOTH_WAYS, prefer } });
    b.edit('server', must(ids[0]), { title: 'S', color: 'red' });
    b.edit('outlook', must(twins[0]), { title: 'O', mood: 'fine', place: 'here' });
    const { lines } = await b.run();
    expect(lines).toMatchObject([{ do: 'merge', rule: 'T3', conflicts: [{ field: 'title', winner: prefer }] }]);
    const title = prefer === 'server' ? 'S' : 'O';
    expect(b.fields('server')).toEqual([{ title, place: 'here', color: 'red' }]);
    expect(b.fields('outlook')).toEqual([{ title, place: 'here', mood: 'fine' }]);
    const kept = b.state.history().map((entry) => [entry.side, entry.did, entry.title]);
    expect(kept).toEqual([
      ['server', 'update', 'S'],
      ['outlook', 'update', 'O'],
    ]);
    expect((await b.run()).lines).toEqual([]);
  }
});

test('[T4] [T5] [T6] deletions go across, edits beat them, and what is gone everywhere is forgotten', async () => {
  const { b, ids, twins } = await filled(8);
  b.delete('server', must(ids[0]));
  b.delete('server', must(ids[1]));
  b.edit('outlook', must(twins[1]), { place: 'kept' });
  b.delete('server', must(ids[2]));
  b.delete('outlook', must(twins[2]));
  const { lines } = await b.run();
  expect(inShort(lines)).toEqual(['create server T5 done', 'delete outlook T4 done', 'forget both T6 done']);
  expect(b.fields('server').length).toBe(6);
  expect(b.fields('server')).toEqual(b.fields('outlook'));
  expect(b.state.history()).toMatchObject([{ side: 'outlook', did: 'delete', rule: 'T4', title: 'title 0', at: 1000 }]);
  expect((await b.run()).lines).toEqual([]);
});

test('[L1] [L2] [L3] [L4] after the memory is lost every item finds its partner, and what is unclear is held', async () => {
  const b = bench();
  b.add('server', { title: 'by token' }, 'u0');
  await b.run();
  b.add('server', { title: 'by uid', color: 'red' }, 'u1');
  b.add('outlook', { title: 'by uid', place: 'here' }, 'u1');
  b.add('server', { title: 'by look', color: 'red' });
  b.add('outlook', { title: 'by look', mood: 'fine' });
  for (const side of ['server', 'server', 'outlook'] as const) b.add(side, { title: 'unclear' });
  b.state.transaction((tx) => {
    for (const row of b.state.links()) tx.dropLink(row.key);
    tx.setCursor('server', undefined);
  });
  const { lines, linked } = await b.run();
  expect(linked).toBe(2);
  expect(inShort(lines)).toEqual(['update outlook L2 done', ...Array(3).fill('link both L4 held')]);
  // The server is preferred: where the two differ it wins, except for what it cannot hold.
  expect(b.fields('outlook')).toContainEqual({ title: 'by uid' });
  expect(b.fields('outlook')).toContainEqual({ title: 'by look', mood: 'fine' });
  expect(b.state.history()).toMatchObject([{ side: 'outlook', content: { fields: { place: 'here' } } }]);
  expect(inShort((await b.run()).lines)).toEqual(Array(3).fill('link both L4 held'));
});

test('[L5] a copy made in Outlook becomes an item of its own, also of an item that was made in Outlook', async () => {
  const b = bench({ outlook: { marks: true } });
  const id = b.add('outlook', { title: 'mine' }, 'u');
  await b.run();
  // The mark gave the item another rev, which is known already.
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
  const copy = b.sides.outlook.user.copy('folder', id);
  b.edit('outlook', copy, { title: 'copy' });
  expect(inShort((await b.run()).lines)).toEqual(['create server L5 done']);
  const uids = b.items('server').map((item) => item.content.uid);
  expect(new Set(uids).size).toBe(2);
  expect(b.partner('outlook', id)).not.toBe(b.partner('outlook', copy));
  expect((await b.run()).lines).toEqual([]);
});

test('[L5] [T5] a copy that comes back from the server does not take the token of what it was copied from', async () => {
  const b = bench({ server: { supports: { clientIds: false } }, outlook: { marks: true } });
  const id = b.add('outlook', { title: 'mine' });
  await b.run();
  const copy = b.sides.server.user.copy('folder', must(b.partner('outlook', id)));
  await b.run();
  b.delete('outlook', must(b.partner('server', copy)));
  b.edit('server', copy, { title: 'copy' });
  expect(inShort((await b.run()).lines)).toEqual(['create outlook T5 done']);
  const tokens = [...b.state.links()].map(({ token }) => token);
  expect([tokens.length, new Set(tokens).size]).toEqual([2, 2]);
  expect(
    b
      .items('outlook')
      .map(({ token }) => token)
      .sort(),
  ).toEqual(tokens.sort());
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
});

test('[L6] of two items that look the same and went away, one that came anew continues neither', async () => {
  const b = bench();
  for (const color of ['red', 'blue']) b.add('server', { title: 'twin', color });
  await b.run();
  for (const { id } of b.items('outlook')) b.delete('outlook', id);
  b.add('outlook', { title: 'twin' });
  const done = ['create server T1 done', 'delete server T4 done', 'delete server T4 done'];
  expect(inShort((await b.run()).lines)).toEqual(done);
  // Which color it had is not guessed: both are in the history.
  expect([b.fields('server'), b.fields('outlook')]).toEqual([[{ title: 'twin' }], [{ title: 'twin' }]]);
  expect(b.state.history().map(({ content }) => content.fields.color)).toEqual(['red', 'blue']);
});

test('[L6] two items that look the same and were both made anew keep their links', async () => {
  const b = bench();
  const twins = ['red', 'blue'].map((color) => b.add('server', { title: 'twin', color }));
  await b.run();
  for (const { id } of b.items('outlook')) b.delete('outlook', id);
  for (const title of ['twin', 'twin']) b.add('outlook', { title });
  b.edit('server', must(twins[0]), { title: 'changed' });
  expect(inShort((await b.run()).lines)).toEqual(['update outlook T2 done']);
  expect(b.fields('outlook').map(({ title }) => title)).toEqual(['changed', 'twin']);
  expect(b.fields('server').map(({ color }) => color)).toEqual(['red', 'blue']);
});

test('[L6] [L7] an item that got another id keeps its link, one that was only touched gets its new rev', async () => {
  const { b, twins } = await filled(2);
  b.sides.outlook.user.rename('folder', must(twins[0]));
  b.edit('outlook', must(twins[1]), {});
  expect(await b.run()).toMatchObject({ lines: [], linked: 2 });
  expect([b.items('server').length, b.state.total()]).toEqual([2, 2]);
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
});

test('[S10] [E1] an item that changes after planning is left alone and decided again', async () => {
  const { b, ids, twins } = await filled(5);
  b.delete('server', must(ids[0]));
  const outlook = b.sides.outlook;
  const remove: typeof outlook.remove = (folder, targets, signal) => {
    b.edit('outlook', must(twins[0]), { place: 'in the last moment' });
    return outlook.remove(folder, targets, signal);
  };
  const report = await b.run({ sides: { ...b.sides, outlook: { ...outlook, remove } } });
  expect(inShort(report.lines)).toEqual(['delete outlook T4 stale']);
  expect(b.state.history()).toEqual([]);
  expect(inShort((await b.run()).lines)).toEqual(['create server T5 done']);
  expect(b.fields('server')).toContainEqual({ title: 'title 0', place: 'in the last moment' });
});

test('[E3] a refused content is not sent again until it changes', async () => {
  const b = bench({ outlook: { refuses: ({ fields }) => fields.title === 'refused' } });
  const id = b.add('server', { title: 'refused' });
  const other = b.add('server', { title: 'fine' });
  expect(inShort((await b.run()).lines).sort()).toEqual(['create outlook T1 done', 'create outlook T1 refused']);
  // What was refused is remembered by every run that does not send it.
  for (let runs = 0; runs < 3; runs++) expect(inShort((await b.run()).lines)).toEqual(['create outlook E3 held']);
  b.edit('server', id, { title: 'mended' });
  expect(inShort((await b.run()).lines)).toEqual(['create outlook T1 done']);
  b.edit('server', other, { title: 'refused' });
  b.edit('outlook', must(b.partner('server', other)), { place: 'here' });
  expect(inShort((await b.run()).lines)).toEqual(['merge both T3 refused']);
  expect(b.fields('server')).toContainEqual({ title: 'refused', place: 'here' });
  expect(inShort((await b.run()).lines)).toEqual(['update outlook E3 held']);
});

test('[E4] [S11] an item with which a side fails is tried again, though its cursor has passed it', async () => {
  let failing = true;
  const b = bench({ outlook: { fails: () => failing } });
  b.add('server', { title: 'a' });
  expect(inShort((await b.run()).lines)).toEqual(['create outlook T1 failed']);
  failing = false;
  expect(inShort((await b.run()).lines)).toEqual(['create outlook T1 done']);
  expect((await b.run()).lines).toEqual([]);
});

test('[E5] an item that cannot be read is never taken for gone', async () => {
  const { b, twins } = await filled(3);
  const outlook = b.sides.outlook;
  const view: typeof outlook.view = async (...args) => {
    const seen = await outlook.view(...args);
    return { ...seen, unreadable: [{ id: must(twins[0]), reason: 'locked' }] };
  };
  const report = await b.run({ sides: { ...b.sides, outlook: { ...outlook, view } } });
  expect(inShort(report.lines)).toEqual(['link both E5 held']);
  expect(b.state.unsettled()).toContainEqual({ side: 'outlook', id: twins[0], why: 'E5', refused: undefined });
  expect(await b.run()).toMatchObject({ lines: [] });
});

test('[E5] an item that still cannot be read when it is looked at again keeps nobody else from being looked at', async () => {
  const { b, ids, twins } = await filled(2);
  const locked = b.add('server', { title: 'locked' });
  const server = b.sides.server;
  let quiet = false;
  const unreadable = [must(ids[0]), locked];
  const view: typeof server.view = async (...args) => {
    const seen = await server.view(...args);
    const moved = seen.moved.filter(({ id }) => !unreadable.includes(id));
    return { ...seen, moved, unreadable: quiet ? [] : unreadable.map((id) => ({ id, reason: 'no start' })) };
  };
  const read: typeof server.read = async (folder, wanted, signal) => {
    const item = wanted.find((id) => unreadable.includes(id));
    if (item === undefined) return server.read(folder, wanted, signal);
    throw new Failure('NO_START', 'no start', { subject: { item } });
  };
  const sides = { ...b.sides, server: { ...server, view, read } };
  b.edit('server', must(ids[0]), { place: 'there' });
  expect(inShort((await b.run({ sides })).lines)).toEqual(['link both E5 held', 'link both E5 held']);
  quiet = true;
  b.edit('outlook', must(twins[1]), { place: 'here' });
  const { lines } = await b.run({ sides });
  expect(inShort(lines)).toEqual(['update server T2 done', 'link both E5 held', 'link both E5 held']);
  expect(b.items('outlook').length).toBe(2);
  expect(inShort((await b.run()).lines)).toEqual(['create outlook T1 done', 'update outlook T2 done']);
});

test('[G1] [P6] many deletions wait for the user, who carries some out and brings others back', async () => {
  const { b, ids, twins } = await filled(30);
  for (const id of ids.slice(0, 14)) b.delete('server', id);
  expect(inShort((await b.run()).lines)).toEqual(Array(14).fill('delete outlook G1 held'));
  expect([b.items('outlook').length, b.state.held().length]).toEqual([30, 14]);
  expect(inShort((await b.run()).lines)).toEqual(Array(14).fill('delete outlook G1 held'));
  b.state.transaction((tx) => {
    b.state.held().forEach((row, at) => {
      tx.decide(row.key, at === 0 ? 'undo' : 'apply');
    });
  });
  const lines = inShort((await b.run()).lines);
  expect(lines).toEqual(['create server P6 done', ...Array(13).fill('delete outlook T4 done')]);
  expect([b.items('server').length, b.items('outlook').length, b.state.held()]).toEqual([17, 17, []]);
  expect(twins.length).toBe(30);
});

test('[G1] ten deletions of thirty, or eleven of sixty, are carried out', async () => {
  for (const [deleted, total] of [
    [10, 30],
    [11, 60],
  ] as const) {
    const { b, twins } = await filled(total);
    for (const id of twins.slice(0, deleted)) b.delete('outlook', id);
    expect(inShort((await b.run()).lines)).toEqual(Array(deleted).fill('delete server T4 done'));
  }
});

test('[G2] a folder of more than three is not emptied unasked', async () => {
  const { b, ids } = await filled(4);
  for (const id of ids) b.delete('server', id);
  expect(inShort((await b.run()).lines)).toEqual(Array(4).fill('delete outlook G2 held'));
  const small = await filled(3);
  for (const id of small.ids) small.b.delete('server', id);
  expect(inShort((await small.b.run()).lines)).toEqual(Array(3).fill('delete outlook T4 done'));
});

test('[G3] a side that counts fewer items than it showed is not believed about deletions', async () => {
  const { b, ids, twins } = await filled(6);
  b.delete('outlook', must(twins[0]));
  const outlook = b.sides.outlook;
  const view: typeof outlook.view = async (...args) => ({ ...(await outlook.view(...args)), count: 4 });
  const report = await b.run({ sides: { ...b.sides, outlook: { ...outlook, view } } });
  expect(inShort(report.lines)).toEqual(['link both G3 held']);
  expect(b.items('server').length).toBe(ids.length);
  expect(inShort((await b.run()).lines)).toEqual(['delete server T4 done']);
});

test('[G3] a list that holds nothing at all is not believed before each item was asked for', async () => {
  const { b, ids } = await filled(3, { outlook: { supports: { deletions: 'by-listing' } } });
  const outlook = b.sides.outlook;
  const view: typeof outlook.view = async (_folder, known) => {
    return { moved: [], gone: [...known.keys()], unreadable: [], count: 0, cursor: undefined };
  };
  const sides = { ...b.sides, outlook: { ...outlook, view } };
  expect(inShort((await b.run({ sides })).lines)).toEqual(Array(3).fill('link both G3 held'));
  expect(await b.run({ sides })).toMatchObject({ lines: [] });
  expect(b.items('server').length).toBe(ids.length);
  for (const { id } of b.items('outlook')) b.delete('outlook', id);
  expect(inShort((await b.run()).lines)).toEqual(Array(3).fill('link both G3 held'));
  expect(inShort((await b.run()).lines)).toEqual(Array(3).fill('delete server T4 done'));
});

test('[G4] [H26] after a lost bookmark nothing is deleted before each missing item was asked for', async () => {
  const { b, ids } = await filled(6);
  b.delete('server', must(ids[0]));
  b.sides.server.user.loseCursors();
  expect(inShort((await b.run()).lines)).toEqual(['link both G4 held']);
  expect(b.items('outlook').length).toBe(6);
  expect(inShort((await b.run()).lines)).toEqual(['delete outlook T4 done']);
  expect((await b.run()).lines).toEqual([]);
});

test('[G4] [L6] an item that moved to another id while the bookmark was lost keeps its link and its partner', async () => {
  const { b, ids, twins } = await filled(5, { outlook: { supports: { deletions: 'reported' } } });
  b.edit('server', must(ids[0]), { color: 'red' });
  await b.run();
  b.sides.outlook.user.rename('folder', must(twins[0]));
  b.sides.outlook.user.loseCursors();
  expect(await b.run()).toMatchObject({ lines: [], linked: 1 });
  expect(b.partner('server', must(ids[0]))).not.toBe(twins[0]);
});

test('edits that lie mixed on both sides go to each side in one call', async () => {
  const { b, ids, twins } = await filled(6);
  for (const at of [0, 2, 4]) b.edit('server', must(ids[at]), { place: 'here' });
  for (const at of [1, 3, 5]) b.edit('outlook', must(twins[at]), { place: 'there' });
  const calls: string[] = [];
  const counted = bothSides((on) => ({
    ...b.sides[on],
    update: (folder: string, updates: Parameters<typeof b.sides.server.update>[1]) => {
      calls.push(`${on} ${updates.length}`);
      return b.sides[on].update(folder, updates);
    },
  }));
  const report = await b.run({ sides: counted });
  expect([report.lines.length, calls]).toEqual([6, ['outlook 3', 'server 3']]);
});

test('a run is cancelled between batches, keeps what it did, and the next one goes on', async () => {
  const b = bench();
  for (const title of titled(BATCH.outlook + 10)) b.add('server', { title });
  const signal = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} };
  const progress: [number, number][] = [];
  const report = await b.run({
    signal,
    progress: (done, total) => {
      progress.push([done, total]);
      signal.aborted = true;
    },
  });
  expect([report.outcome, report.failure, report.lines.length]).toEqual(['cancelled', undefined, BATCH.outlook]);
  expect([progress, b.items('outlook').length]).toEqual([[[BATCH.outlook, BATCH.outlook + 10]], BATCH.outlook]);
  expect(b.state.cursor('server')).toBeUndefined();
  expect((await b.run()).lines.length).toBe(10);
  expect(b.state.reports().map((one) => one.outcome)).toEqual(['cancelled', 'done']);
});

test('[S1] [S4] a side that is out of reach at any call leaves a report, and the next run mends everything', async () => {
  const failure = new Failure('SIDE_UNREACHABLE', 'Not there.', { retry: 'later', after: 30 });
  for (const name of ['server', 'outlook'] as const) {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; call <= 7; call++) {
        const { b, ids, twins } = await filled(5);
        b.edit('server', must(ids[0]), { title: 'S' });
        b.edit('outlook', must(twins[0]), { place: 'O' });
        b.delete('outlook', must(twins[1]));
        b.add('server', { title: 'new on server' });
        b.add('outlook', { title: 'new in Outlook' });
        const report = await b.run({
          sides: { ...b.sides, [name]: failingSide(b.sides[name], { call, when, failure }) },
        });
        if (report.outcome === 'failed') {
          expect(report.failure).toEqual({
            code: 'SIDE_UNREACHABLE',
            message: 'Not there.',
            retry: 'later',
            after: 30,
          });
        }
        await b.run();
        expect(await b.run()).toMatchObject({ outcome: 'done', lines: [], recovered: 0 });
        expect([b.fields('server').length, b.fields('server')]).toEqual([6, b.fields('outlook')]);
        expect(b.fields('server')).toContainEqual({ title: 'S', place: 'O' });
      }
    }
  }
});

/** Titles of Outlook's items that do not carry the token of their link. */
const unmarked = (b: Bench) => {
  const tokens = new Map([...b.state.links()].map(({ outlook, token }) => [outlook.id, token]));
  return b
    .items('outlook')
    .flatMap(({ id, token, content }) => (token === tokens.get(id) ? [] : [content.fields.title]));
};

/** A bench before a run, as something that can be killed in it. */
const killable = (b: Bench) => ({
  run: (wire: Tripwire) => {
    const sides = { server: trippedSide(b.sides.server, wire), outlook: trippedSide(b.sides.outlook, wire) };
    return b.run({ sides, state: trippedState(b.state, wire) });
  },
  outcome: () => [b.fields('server'), b.fields('outlook'), b.state.total(), unmarked(b)],
});

test('[S4] a busy run that dies at any step ends as one that did not', async () => {
  const start = async () => {
    const { b, ids, twins } = await filled(8, { outlook: { marks: true } });
    b.edit('server', must(ids[0]), { title: 'S', color: 'red' });
    b.edit('outlook', must(twins[0]), { place: 'O', title: 'lost' });
    b.edit('outlook', must(twins[1]), { mood: 'fine', place: 'here' });
    b.delete('outlook', must(twins[2]));
    b.delete('server', must(ids[3]));
    b.edit('outlook', must(twins[3]), { place: 'kept' });
    b.add('server', { title: 'new on server', note: 'rich~+' });
    b.add('outlook', { title: 'new in Outlook', note: 'rich~+' });
    b.sides.outlook.user.copy('folder', must(twins[4]));
    return killable(b);
  };
  const { steps, findings } = await crashMatrix(start);
  expect(steps).toBeGreaterThan(30);
  expect(findings).toEqual([]);
});

test('[S4] a run that dies at any step, and again at any step of the run that recovers, ends as one that did not', async () => {
  const start = async () => {
    const { b, ids, twins } = await filled(2);
    b.edit('server', must(ids[0]), { title: 'S', color: 'red' });
    b.edit('outlook', must(twins[0]), { place: 'O', title: 'lost', note: 'rich~' });
    b.delete('server', must(ids[1]));
    b.add('outlook', { title: 'new', note: 'rich~' });
    return killable(b);
  };
  const { findings } = await crashMatrix(start, { twice: true });
  expect(findings).toEqual([]);
});

test('a dry run writes nothing at all and says what the run then does', async () => {
  const { b, ids, twins } = await filled(5);
  b.edit('server', must(ids[0]), { title: 'S' });
  b.edit('outlook', must(twins[0]), { title: 'O' });
  b.delete('server', must(ids[1]));
  b.add('outlook', { title: 'new' });
  const writing = () => {
    throw new Error('a dry run wrote');
  };
  const mute = { create: writing, update: writing, remove: writing };
  const sides = { server: { ...b.sides.server, ...mute }, outlook: { ...b.sides.outlook, ...mute } };
  const planned = await b.plan({ sides, state: { ...b.state, transaction: writing } });
  const { lines } = await b.run();
  expect(planned.map((line) => ({ ...line, outcome: 'done' }))).toEqual(lines);
  expect(await b.plan()).toEqual([]);
});

test('a dry run over an interrupted run shows the plan as it is after recovery', async () => {
  for (const when of ['before', 'after'] as const) {
    const { b, ids } = await filled(5);
    b.add('server', { title: 'new' });
    b.edit('server', must(ids[0]), { title: 'S' });
    await b.run({
      sides: { ...b.sides, outlook: failingSide(b.sides.outlook, { call: when === 'before' ? 2 : 3, when }) },
    });
    expect(b.state.intents().length).toBe(1);
    const planned = await b.plan();
    const report = await b.run();
    expect(report.recovered).toBe(1);
    expect(planned.map((line) => ({ ...line, outcome: 'done' }))).toEqual(report.lines);
  }
});
