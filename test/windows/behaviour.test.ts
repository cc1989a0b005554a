import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { hearHints } from '../../src/outlook/com/hints.ts';
import type { ObjectRef, Outcome, Program, Step } from '../../src/outlook/program/program.ts';
import type { WindowsProcess } from '../../tools/windows/wine.ts';
import { control, controlOutcome, type RemoteOutlook, registerFake, startClient, startFake } from './outlook-world.ts';

let fake: WindowsProcess | undefined;
let client: RemoteOutlook;

beforeAll(async () => {
  await registerFake();
  client = await startClient();
});
afterAll(async () => {
  await client.close();
  await fake?.end();
});

/** A fake that runs, and a connection to it. */
async function connected(patience?: number): Promise<RemoteOutlook> {
  fake ??= await startFake();
  expect(await client.connect(patience === undefined ? {} : { patience })).toBe(true);
  return client;
}

const SESSION: Step = { do: 'get', on: 'application', member: 'Session', as: 'session' };
const CALENDAR: readonly Step[] = [
  SESSION,
  { do: 'call', on: 'session', member: 'GetDefaultFolder', args: [9], as: 'folder' },
];
const ITEMS: readonly Step[] = [...CALENDAR, { do: 'get', on: 'folder', member: 'Items', as: 'items' }];

function program(steps: readonly Step[], ...returns: readonly string[]): Program {
  return { label: 'test', steps, returns };
}

/** A saved appointment. */
const ADD: readonly Step[] = [
  ...ITEMS,
  { do: 'call', on: 'items', member: 'Add', args: [1], as: 'item' },
  { do: 'put', on: 'item', member: 'Subject', value: 'Lunch' },
  { do: 'call', on: 'item', member: 'Save' },
];

describe('what is held', () => {
  beforeEach(() => connected());

  it('nothing is left of programs that ended, failed or stopped as stale', async () => {
    const { executor } = client;
    await executor.run(program(ADD));
    const before = [await control(executor, 'Held'), (await client.counts()).open];
    await executor.run(program(ADD));
    await executor.run(program([...ADD, { do: 'call', on: 'item', member: 'NoSuchMember' }]));
    await executor.run(program([...ADD, { do: 'expect', handle: 'item', values: [1] }]));
    await executor.run(program([...ITEMS, { do: 'each', of: 'items', as: 'one', steps: [], collect: ['one'] }]));
    const outcome = await executor.run(program(ITEMS, 'items', 'folder'));
    expect((await client.counts()).open).toBe(must(before[1] as number) + 2);
    await executor.release(objectsOf(outcome));
    expect([await control(executor, 'Held'), (await client.counts()).open]).toEqual(before);
  });

  it('a connection that is closed gives everything back', async () => {
    const { executor } = client;
    await executor.run(program(ITEMS, 'items', 'session'));
    await executor.close();
    expect((await client.counts()).open).toBe(0);
    await expect(executor.run(program([SESSION]))).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
  });

  it('the numbers of members are asked for once for each class, and the class where it can be one of several', async () => {
    const { executor } = client;
    await executor.run(program([...ADD, ...ADD]));
    const before = await client.counts();
    await executor.run(program(ADD));
    const after = await client.counts();
    // The item alone is asked for its class: a folder holds items of many.
    expect([after.calls - before.calls, after.crossings - before.crossings]).toEqual([6, 7]);
  });
});

describe('a busy Outlook', () => {
  beforeEach(() => connected());

  it.each(['rejected', 'retryLater'])(
    'calls that its message filter turns away as %s are made again',
    async (answer) => {
      const { executor } = client;
      await control(executor, 'TurnAway', 3, answer);
      expect(await executor.run(program(CALENDAR, 'session'))).toMatchObject({ kind: 'done' });
      expect(await executor.run(program(ITEMS))).toMatchObject({ kind: 'done' });
    },
  );

  it.each(['rejected', 'retryLater'])('calls that it answers itself with %s are made again', async (busyAnswer) => {
    const { executor } = client;
    await control(executor, 'Set', JSON.stringify({ busyCalls: 3, busyAnswer }));
    expect(await executor.run(program(CALENDAR))).toMatchObject({ kind: 'done' });
  });

  it('one that stays busy ends the program as a failure, and works again afterwards', async () => {
    const { executor } = await connected(300);
    await control(executor, 'Set', JSON.stringify({ busyCalls: 1000 }));
    await expect(executor.run(program(CALENDAR))).rejects.toMatchObject({
      code: 'OUTLOOK_UNAVAILABLE',
      retry: 'later',
      message: 'Outlook is busy; close its open dialogs.',
    });
    fake = await restarted();
    await connected();
    expect(await executor.run(program(CALENDAR))).toMatchObject({ kind: 'done' });
  });

  it('everything else goes on while a program waits', async () => {
    const { executor } = client;
    const order: string[] = [];
    await control(executor, 'Set', JSON.stringify({ busyCalls: 4 }));
    const run = executor.run(program(CALENDAR)).then(() => order.push('program'));
    await client.longestPause();
    order.push('question');
    await run;
    expect(order).toEqual(['question', 'program']);
  });
});

describe('events', () => {
  beforeEach(() => connected());

  it('a thousand changes are a thousand events, each of the folder that was listened to', async () => {
    const { executor } = client;
    const heard = new Map<string, number>();
    const [items] = objectsOf(await executor.run(program(ITEMS, 'items')));
    const stop = await client.listen(must(items), 'Items', (event) => heard.set(event, (heard.get(event) ?? 0) + 1));
    for (let n = 0; n < 500; n++) {
      await executor.run(program([...ADD, { do: 'put', on: 'item', member: 'Location', value: 'Here' }, SAVE]));
    }
    await until(() => (heard.get('ItemAdd') ?? 0) + (heard.get('ItemChange') ?? 0) >= 1000);
    expect(Object.fromEntries(heard)).toEqual({ ItemAdd: 500, ItemChange: 500 });
    await stop();
    await executor.run(program(ADD));
    await control(executor, 'Advance', 1000);
    expect(heard.get('ItemAdd')).toBe(500);
    await executor.release([must(items)]);
  });

  it('hints tell of folders and of the end of sending and receiving, until nobody wants to hear them', async () => {
    const { executor } = client;
    const heard: unknown[] = [];
    const ids = await executor.run(
      program(
        [
          ...CALENDAR,
          { do: 'get', on: 'folder', member: 'EntryID', as: 'entryId' },
          { do: 'get', on: 'folder', member: 'StoreID', as: 'storeId' },
        ],
        'entryId',
        'storeId',
      ),
    );
    const { entryId, storeId } = valuesOf(ids);
    const before = (await client.counts()).open;
    const place = { entryId: String(entryId), storeId: String(storeId) };
    const stop = await hearHints(client, [place, { entryId: '00', storeId: '00' }], (hint) => heard.push(hint));
    await executor.run(program(ADD));
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ kind: 'folder', entryId }]);
    await control(executor, 'SendReceive');
    await until(() => heard.length > 1);
    expect(heard[1]).toEqual({ kind: 'sendReceive' });
    await stop();
    expect((await client.counts()).open).toBe(before);
  });

  it('Outlook tells that it quits', async () => {
    const heard = new Promise<string>((resolve) => {
      void client.listen('application', 'Application', resolve);
    });
    await client.executor.run(program([{ do: 'call', on: 'application', member: 'Quit' }]));
    expect(await heard).toBe('Quit');
    fake = await restarted();
  });
});

describe('an Outlook that is gone', () => {
  it('without one there is no connection', async () => {
    await fake?.end();
    fake = undefined;
    expect(await client.connect()).toBe(false);
  });

  it('one that dies in the middle of a call ends the run, and is told', async () => {
    fake = await startFake();
    const { executor } = await connected();
    const gone = client.nextGone();
    const [items] = objectsOf(await executor.run(program(ITEMS, 'items')));
    await expect(controlOutcome(executor, 'Die')).rejects.toMatchObject({
      code: 'OUTLOOK_UNAVAILABLE',
      retry: 'later',
      message: 'Outlook was closed.',
    });
    await gone;
    const count: Step = { do: 'get', on: 'items', member: 'Count', as: 'count' };
    const held = { label: 'held', given: { items: must(items) }, steps: [count], returns: ['count'] };
    await expect(executor.run(held)).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
    fake = undefined;
  });

  it('one that was closed says so to every call, and the next one serves again', async () => {
    const { executor } = await connected();
    await control(executor, 'Set', JSON.stringify({ closedAnswer: 'disconnected' }));
    await executor.run(program([{ do: 'call', on: 'application', member: 'Quit' }]));
    await expect(executor.run(program(CALENDAR))).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
    fake = await restarted();
    await connected();
    expect(await executor.run(program(CALENDAR))).toMatchObject({ kind: 'done' });
  });
});

describe('an add-in', () => {
  it('is called through the object that it has sent, with bytes', async () => {
    const { executor } = await connected();
    const marshalled = await control(executor, 'Marshalled');
    if (!(marshalled instanceof Uint8Array)) throw new Error('no bytes');
    expect(await client.callAddIn(marshalled, 'Run', Uint8Array.of(1, 2, 3))).toEqual(Uint8Array.of(3, 2, 1));
    await expect(client.callAddIn(marshalled, 'Run', Uint8Array.of(1))).rejects.toMatchObject({
      code: expect.stringMatching(/^OUTLOOK_(UNAVAILABLE|FAILED)$/) as string,
    });
  });
});

const SAVE: Step = { do: 'call', on: 'item', member: 'Save' };

async function restarted(): Promise<WindowsProcess> {
  await fake?.end();
  return startFake();
}

function valuesOf(outcome: Outcome): Extract<Outcome, { kind: 'done' }>['values'] {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.values;
}

function objectsOf(outcome: Outcome): readonly ObjectRef[] {
  return Object.values(valuesOf(outcome)) as readonly ObjectRef[];
}

/** Waits for what another process tells. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
