/** Programs through the add-in, in the process that is Outlook, under Wine: the same answers as direct calls, the cost, the limits. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { folderRows, listRoots, openSession } from '../../src/outlook/program/folders.ts';
import type { Executor, ObjectRef, Outcome, Program } from '../../src/outlook/program/program.ts';
import { readAppointment } from '../../src/outlook/program/read-appointment.ts';
import { readParts } from '../../src/outlook/program/reading.ts';
import { openBench } from '../../src/outlook/testing/bench.ts';
import { sampleAppointment } from '../../src/outlook/testing/samples.ts';
import { type AddInWorld, openAddInWorld } from './shim/add-in-world.ts';
import type { AskAgent, AskOutlook } from './shim/messages.ts';
import { executorBy, type Remote, seen, until } from './shim/shim-world.ts';

let world: AddInWorld;
let outlook: Remote<AskOutlook>;
let agent: Remote<AskAgent>;

beforeAll(async () => {
  world = await openAddInWorld();
  agent = world.agent;
  outlook = world.outlook();
});
afterAll(() => world.close());

/** Programs that read, fail, stop as stale and tell errors as values. */
function programs(session: ObjectRef): readonly Program[] {
  const given = { session };
  const get = (on: string, member: string, as: string) => ({ do: 'get', on, member, as }) as const;
  return [
    listRoots(given),
    { label: 'no member', given, steps: [get('session', 'Nonsense', 'value')], returns: ['value'] },
    {
      label: 'no object',
      given,
      steps: [get('session', 'Type', 'type'), get('type', 'Type', 'value')],
      returns: ['value'],
    },
    {
      label: 'optional',
      given,
      steps: [
        { do: 'call', on: 'session', member: 'GetItemFromID', args: ['00'], as: 'item', optional: true },
        get('session', 'Type', 'type'),
      ],
      returns: ['item', 'type'],
    },
    {
      label: 'not there',
      given,
      steps: [get('session', 'Type', 'type'), { do: 'call', on: 'session', member: 'GetItemFromID', args: ['00'] }],
      returns: [],
    },
    {
      label: 'stale',
      given,
      steps: [
        get('session', 'Type', 'type'),
        { do: 'expect', handle: 'type', values: ['EXCHANGE', 7, null, { date: '2026-01-01T00:00:00' }] },
      ],
      returns: [],
    },
    {
      label: 'as expected',
      given,
      steps: [get('session', 'Type', 'type'), { do: 'expect', handle: 'type', values: [1, 'MAPI'] }],
      returns: ['type'],
    },
    {
      label: 'each within each',
      given,
      steps: [
        get('session', 'Folders', 'roots'),
        {
          do: 'each',
          of: 'roots',
          as: 'root',
          most: 2,
          collect: ['names', 'name'],
          steps: [
            get('root', 'Name', 'name'),
            get('root', 'Folders', 'folders'),
            { do: 'each', of: 'folders', as: 'folder', collect: ['names'], steps: [get('folder', 'Name', 'names')] },
          ],
        },
      ],
      returns: ['names', 'name'],
    },
  ];
}

async function sessionOf(executor: Executor): Promise<ObjectRef> {
  const outcome = await executor.run(openSession());
  return outcome.kind === 'done' ? (must(outcome.values.Session) as ObjectRef) : expect.fail(JSON.stringify(outcome));
}

it('both ways give the same answers, with as many calls', async () => {
  const [inside, direct] = [executorBy(agent, 'add-in'), executorBy(agent, 'direct')];
  const [one, other] = [await sessionOf(inside), await sessionOf(direct)];
  const outcomes = async (executor: Executor, session: ObjectRef) => {
    const all: (Outcome & { readonly calls: number })[] = [];
    for (const program of programs(session)) {
      const before = executor.calls();
      const outcome = await executor.run(program);
      all.push({ ...outcome, calls: executor.calls() - before });
    }
    return all;
  };
  const expected = await outcomes(direct, other);
  expect(await outcomes(inside, one)).toEqual(expected);
  expect(expected.map(({ kind }) => kind)).toEqual([
    'done',
    'failed',
    'failed',
    'done',
    'failed',
    'stale',
    'done',
    'done',
  ]);
  await inside.close();
  await direct.close();
});

it('an item costs at most two crossings: one to read it, one to write it', async () => {
  const bench = await openBench(await world.contractOutlook('add-in'), 'calendar');
  const { executor } = bench;
  const crossings = async () => (await seen(agent)).crossings;
  const COUNT = 20;
  const before = await crossings();
  const ids: string[] = [];
  for (let n = 0; n < COUNT; n++) ids.push(await bench.writeAppointment(sampleAppointment({ subject: `Event ${n}` })));
  const written = await crossings();
  const parts = ids.map((entryId) => readAppointment({ entryId, storeId: bench.storeId }));
  const read = await readParts(executor, { label: 'read', given: bench.given, parts, sliceSize: 10 });
  const done = await crossings();
  console.log(`crossings per item: ${(written - before) / COUNT} to write, ${(done - written) / COUNT} to read`);
  expect(read.map((result) => result.kind)).toEqual(ids.map(() => 'value'));
  expect((done - before) / COUNT).toBeLessThanOrEqual(2);
  await bench.close();
  await bench.dispose();
});

it('a program whose time is over stops between two calls, lets Outlook breathe, and ends with the same values', async () => {
  const steps = Array.from(
    { length: 400 },
    (_, at) => ({ do: 'get', on: 'session', member: 'Type', as: `v${at}` }) as const,
  );
  const program = (session: ObjectRef): Program => ({
    label: 'long',
    given: { session },
    steps,
    returns: steps.map(({ as }) => as),
  });
  const short = executorBy(agent, 'add-in', 1);
  const outcome = await short.run(program(await sessionOf(short)));
  const { crossings } = await seen(agent);
  expect(outcome).toMatchObject({ kind: 'done' });
  expect(outcome.kind === 'done' && new Set(Object.values(outcome.values)).size).toBe(1);
  // More than the two of a session and a program that was never stopped.
  expect(crossings).toBeGreaterThan(2);
  expect(short.calls()).toBe(401);
  await short.close();
});

it('what is no request is refused, and Outlook lives on', async () => {
  const refusals: string[] = [];
  for (const bytes of [
    [],
    [1],
    [0x42, 0x4d, 2, 1],
    [0x42, 0x4d, 1, 2, 1, 0, 0],
    Array.from({ length: 4000 }, (_, at) => at % 251),
  ])
    refusals.push(await agent.ask<string>({ do: 'raw', request: Uint8Array.from(bytes) }));
  expect(refusals).toEqual(['424d01040001', '424d01040001', '424d01040002', '424d01040006', '424d01040001']);
  const executor = executorBy(agent, 'add-in', 200);
  expect(
    folderRows(valuesOf(await executor.run(listRoots({ session: await sessionOf(executor) })))).length,
  ).toBeGreaterThan(0);
  await executor.close();
});

function valuesOf(outcome: Outcome) {
  return outcome.kind === 'done' ? outcome.values : expect.fail(JSON.stringify(outcome));
}

it('an add-in that Outlook takes away fails the program that it was asked for, and direct calls serve the next one', async () => {
  const [inside, direct] = [executorBy(agent, 'add-in'), executorBy(agent, 'direct')];
  const [one, other] = [await sessionOf(inside), await sessionOf(direct)];
  await outlook.ask({ do: 'disconnect' });
  await expect(inside.run(listRoots({ session: one }))).rejects.toMatchObject({
    code: 'OUTLOOK_UNAVAILABLE',
    retry: 'later',
    message: 'Outlook’s add-in came or went; the connector goes on by itself.',
  });
  const kinds = [];
  for (const session of [other, await sessionOf(direct)]) kinds.push((await direct.run(listRoots({ session }))).kind);
  expect(kinds).toEqual(['done', 'done']);
  await world.reopen();
  outlook = world.outlook();
});

const NEW_ITEM: Program = {
  label: 'new item',
  steps: [{ do: 'call', on: 'application', member: 'CreateItem', args: [1], as: 'item' }],
  returns: ['item'],
};

it('when the agent dies, Outlook gets back every object that it held', async () => {
  const executor = executorBy(agent, 'add-in', 200);
  await executor.close();
  const before = await outlook.ask<number>({ do: 'held' });
  for (let n = 0; n < 5; n++) await executor.run(NEW_ITEM);
  expect(await outlook.ask<number>({ do: 'held' })).toBeGreaterThan(before);
  await agent.end();
  await until(
    () => outlook.ask<number>({ do: 'held' }),
    (held) => held <= before,
  );
});
