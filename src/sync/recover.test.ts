import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { Failure } from '../base/failure.ts';
import { BOTH_WAYS } from './policies.ts';
import { anchorOf } from './settle.ts';
import { type Bench, bench, inShort } from './testing/bench.ts';
import type { MemorySide } from './testing/memory-side.ts';
import { type RecordContent, recordKit } from './testing/record-kit.ts';
import { Crash, trippedSide, trippedState, tripwire } from './testing/tripwire.ts';

/** So that what recovery trusts is not what the user prefers anyway. */
const OUTLOOK_PREFERRED = { ...BOTH_WAYS, prefer: 'outlook' } as const;

/** Kills a run around its only effect: `before` it has happened, or `after`, with the intent still there. */
async function killed(b: Bench, when: 'before' | 'after'): Promise<void> {
  // Steps: before and after the transaction of intents, before and after the call.
  const wire = tripwire(when === 'before' ? 3 : 4);
  const sides = { server: trippedSide(b.sides.server, wire), outlook: trippedSide(b.sides.outlook, wire) };
  await expect(b.run({ sides, state: trippedState(b.state, wire) })).rejects.toBeInstanceOf(Crash);
  expect(b.state.intents().length).toBe(1);
}

/** The next two runs: what was recovered and done, and that nothing is left. */
async function mended(b: Bench): Promise<string[]> {
  const report = await b.run();
  expect(report.recovered).toBe(1);
  expect(b.state.intents()).toEqual([]);
  expect(await b.run()).toMatchObject({ lines: [], linked: 0 });
  return inShort(report.lines);
}

async function linked(fields: Record<string, string> = { title: 'a' }) {
  const b = bench({ policy: OUTLOOK_PREFERRED });
  const id = b.add('server', fields);
  await b.run();
  return { b, id, twin: must(b.partner('server', id)) };
}

test('[R1] a create that landed as foreseen is settled', async () => {
  const b = bench();
  b.add('server', { title: 'a', color: 'red', note: 'rich+' });
  await killed(b, 'after');
  expect(await mended(b)).toEqual([]);
  expect(b.fields('outlook')).toEqual([{ title: 'a', note: 'rich' }]);
});

test('[R1] of two creations under one token each is settled with an item of its own', async () => {
  const b = bench();
  const ids = ['k1', 'k2'].map((key) => {
    const id = b.add('server', { title: 'a' });
    const [item] = b.items('server').filter((one) => one.id === id);
    const other = anchorOf(recordKit, must(item));
    const intent = {
      do: 'create',
      on: 'outlook',
      rule: 'T1',
      history: undefined,
      token: 'one',
      sent: other.content,
    } as const;
    b.state.transaction((tx) => tx.putIntent({ ...intent, key, other }));
    b.sides.outlook.user.add('folder', other.content, 'one');
    return id;
  });
  expect(await b.run()).toMatchObject({ recovered: 2, lines: [] });
  expect(new Set(ids.map((id) => b.partner('server', id))).size).toBe(2);
  expect([b.items('server').length, b.items('outlook').length]).toEqual([2, 2]);
});

test('[R2] a created item that nobody foresaw never travels back; what it held is in the history', async () => {
  const b = bench({ policy: OUTLOOK_PREFERRED });
  b.add('server', { title: 'a', note: 'rich+', color: 'red' });
  await killed(b, 'after');
  b.edit('outlook', must(b.items('outlook')[0]).id, { title: 'mine', mood: 'fine' });
  expect(await mended(b)).toEqual(['update outlook T3 done']);
  expect(b.fields('server')).toEqual([{ title: 'a', note: 'rich+', color: 'red' }]);
  expect(b.fields('outlook')).toEqual([{ title: 'a', note: 'rich', mood: 'fine' }]);
  expect(b.state.history().map((entry) => entry.title)).toEqual(['mine']);
});

test('[R3] a create that did not land is decided again', async () => {
  const b = bench();
  b.add('outlook', { title: 'a' });
  await killed(b, 'before');
  expect(await mended(b)).toEqual(['create server T1 done']);
  expect(b.fields('server').length).toBe(1);
});

test('[R3] a create is not taken for landed because another item carries its token', async () => {
  const { b, id, twin } = await linked();
  const copy = b.sides.outlook.user.copy('folder', twin);
  await b.run();
  b.delete('outlook', twin);
  b.edit('server', id, { place: 'kept' });
  await killed(b, 'before');
  expect(await mended(b)).toEqual(['create outlook T5 done']);
  expect(b.partner('outlook', copy)).not.toBe(id);
  expect(b.fields('outlook')).toEqual(b.fields('server'));
});

test('[R4] an update that landed as foreseen is settled, and its former version stays in the history', async () => {
  const { b, id } = await linked();
  b.edit('server', id, { title: 'b', note: 'rich+' });
  await killed(b, 'after');
  expect(await mended(b)).toEqual([]);
  expect(b.fields('outlook')).toEqual([{ title: 'b', note: 'rich' }]);
  expect(b.state.history().map((entry) => entry.title)).toEqual(['a']);
});

test('[R5] an update that did not land leaves no trace, also when the item was touched meanwhile', async () => {
  for (const touch of [false, true]) {
    const { b, id, twin } = await linked();
    b.edit('server', id, { title: 'b' });
    await killed(b, 'before');
    if (touch) b.edit('outlook', twin, {});
    expect(await mended(b)).toEqual(['update outlook T2 done']);
    expect(b.state.history().length).toBe(1);
  }
});

test('[R6] an update that nobody foresaw keeps the old bases: edits of other fields meet, the suspect side loses a conflict', async () => {
  const { b, id, twin } = await linked({ title: 'a', note: 'n' });
  b.edit('server', id, { note: 'rich+' });
  await killed(b, 'after');
  b.edit('outlook', twin, { place: 'mine', note: 'also mine' });
  expect(await mended(b)).toEqual(['merge both T3 done']);
  expect(b.fields('server')).toEqual([{ title: 'a', note: 'rich+', place: 'mine' }]);
  expect(b.fields('outlook')).toEqual([{ title: 'a', note: 'rich', place: 'mine' }]);
  expect(b.state.history().map((entry) => entry.content.fields.note)).toContain('also mine');
});

test('[R7] an updated item that is gone comes back, for it may have been edited', async () => {
  const { b, id, twin } = await linked();
  b.add('server', { title: 'z' });
  await b.run();
  b.edit('server', id, { title: 'b' });
  await killed(b, 'after');
  b.delete('outlook', twin);
  expect(await mended(b)).toEqual(['create outlook T5 done']);
  expect(b.fields('outlook')).toEqual([{ title: 'b' }, { title: 'z' }]);
});

test('[R8] a delete that landed forgets the link, and what was deleted stays in the history', async () => {
  const { b, id } = await linked();
  b.delete('server', id);
  await killed(b, 'after');
  expect(await mended(b)).toEqual([]);
  expect([b.state.total(), b.state.history().length]).toEqual([0, 1]);
});

test('[R9] a delete that did not land is decided again, and an edit made meanwhile beats it', async () => {
  const { b, id, twin } = await linked();
  b.delete('server', id);
  await killed(b, 'before');
  b.edit('outlook', twin, { place: 'kept' });
  expect(await mended(b)).toEqual(['create server T5 done']);
  expect(b.state.history()).toEqual([]);
});

test('[R10] an intent whose item cannot be read is kept, answers no other, and nothing is decided about its item', async () => {
  const { b, id, twin } = await linked();
  const other = b.add('server', { title: 'z' });
  await b.run();
  b.edit('server', id, { title: 'b' });
  await killed(b, 'after');
  const sides = { ...b.sides, outlook: hiding(b.sides.outlook, twin) };
  b.edit('server', other, { place: 'here' });
  const report = await b.run({ sides });
  expect([report.outcome, report.recovered, inShort(report.lines)]).toEqual([
    ...['done', 0],
    ['update outlook T2 done', 'link both E5 held'],
  ]);
  expect(b.state.intents().length).toBe(1);
  expect(await b.plan({ sides })).toMatchObject([{ rule: 'E5' }]);
  expect(await mended(b)).toEqual([]);
});

test('[R10] a creation whose item cannot be read is not made a second time', async () => {
  const b = bench();
  b.add('server', { title: 'a' });
  await killed(b, 'after');
  const created = must(b.items('outlook')[0]).id;
  b.add('server', { title: 'z' });
  const report = await b.run({ sides: { ...b.sides, outlook: hiding(b.sides.outlook, created) } });
  expect([report.outcome, inShort(report.lines).sort()]).toEqual([
    'done',
    ['create outlook T1 done', 'link both E5 held', 'link both E5 held'],
  ]);
  expect(await mended(b)).toEqual([]);
  expect([b.fields('server').length, b.fields('outlook').length]).toEqual([2, 2]);
});

/** The side with an item that is there and cannot be read. */
function hiding(side: MemorySide<RecordContent>, hidden: string): MemorySide<RecordContent> {
  const readable = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] => {
    if (items.some(({ id }) => id === hidden)) throw new Failure('BUSY', 'busy', { subject: { item: hidden } });
    return items;
  };
  return {
    ...side,
    read: async (...args) => readable(await side.read(...args)),
    find: async (...args) => readable(await side.find(...args)),
    view: async (...args) => {
      const view = await side.view(...args);
      const moved = view.moved.filter(({ id }) => id !== hidden);
      const unreadable = moved.length < view.moved.length ? [{ id: hidden, reason: 'busy' }] : [];
      return { ...view, moved, unreadable };
    },
  };
}
