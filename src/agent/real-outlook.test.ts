import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '../base/assert.ts';
import { emulatedAddIn } from '../outlook/com/in-process/testing/emulated-add-in.ts';
import type { OutlookThread } from '../outlook/com/outlook-thread.ts';
import { emulatedOutlook } from '../outlook/emulator/testing/world.ts';
import type { Executor, ObjectRef } from '../outlook/program/program.ts';
import { folderId } from '../outlook/side-session.ts';
import type { Door } from './add-in.ts';
import type { OutlookNews } from './host/outlook-events.ts';
import { manualClock } from './host/testing/manual-clock.ts';
import type { Outlook } from './outlook.ts';
import { realOutlook } from './real-outlook.ts';

/** The thread that calls Outlook, over the emulator: it runs or not, quits and crashes as told. */
function fakeThread() {
  const emulator = emulatedOutlook();
  const gone = new Set<() => void>();
  const heard: { of: string; listener: (event: string) => void }[] = [];
  const did: string[] = [];
  let runs = false;
  let taken = false;
  const executor: Executor = {
    run: (program) => emulator.executor.run(program),
    release: (objects) => emulator.executor.release(objects),
    calls: () => emulator.executor.calls(),
    close: async () => {
      did.push('let go');
      heard.length = 0;
    },
  };
  const thread: OutlookThread = {
    connect: async ({ start = false } = {}) => {
      if (start) runs = true;
      if (runs) did.push('connect');
      return runs;
    },
    executor,
    listen: async (_object: ObjectRef | 'application', of, listener) => {
      const one = { of, listener };
      heard.push(one);
      return async () => void heard.splice(heard.indexOf(one), 1);
    },
    onGone: (listener) => {
      gone.add(listener);
      return () => gone.delete(listener);
    },
    addIn: async ([first]) => {
      // Marshalled once: a second look finds nothing.
      if (first !== 7 || taken) throw new Error('there is no such object');
      taken = true;
      const cross = emulatedAddIn(emulator.executor);
      return {
        call: async (_member, bytes) => {
          did.push('cross');
          return cross(bytes);
        },
        release: async () => undefined,
      };
    },
    counts: () => ({ calls: 0, crossings: 0, open: 0 }),
    end: async () => void did.push('end'),
  };
  return {
    thread,
    emulator,
    did,
    runs: (now: boolean) => {
      runs = now;
    },
    crash: () => {
      runs = false;
      for (const listener of gone) listener();
    },
    listeners: () => heard.map(({ of }) => of).sort(),
    tell: (of: string, event: string) => {
      for (const { listener } of heard.filter((one) => one.of === of)) listener(event);
    },
  };
}

const NAME = {
  label: 'name',
  steps: [{ do: 'get', on: 'application', member: 'Name', as: 'name' }],
  returns: ['name'],
} as const;

let there: ReturnType<typeof fakeThread>;
let clock: ReturnType<typeof manualClock>;
let outlook: Outlook;
beforeEach(() => {
  there = fakeThread();
  clock = manualClock(0);
});
afterEach(() => outlook.close());

const ADD_IN = { type: 'hello', wire: 1, shim: '1', bits: 64, process: 4711, runner: Uint8Array.of(7) } as const;
/** A door through which the test comes in. */
function testedDoor() {
  let heard: Parameters<Door>[0] | undefined;
  let isOpen = false;
  const door: Door = async (hear) => {
    heard = hear;
    isOpen = true;
    return async () => {
      isOpen = false;
    };
  };
  return { door, hear: () => must(heard), isOpen: () => isOpen };
}

const open = async (start = false, door: Door | undefined = undefined) => {
  outlook = await realOutlook({ thread: there.thread, registry: there.emulator.registry, clock, start, door });
};
const passing = async () => {
  await settled();
  await clock.pass(3000);
  await settled();
};

it('an Outlook that does not run is not started: it is said in one sentence, and found when it is there', async () => {
  await open();
  await expect(outlook.executor.run(NAME)).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE', retry: 'later' });
  there.runs(true);
  await passing();
  expect(await outlook.executor.run(NAME)).toMatchObject({ kind: 'done', values: { name: 'Outlook' } });
  await outlook.executor.run(NAME);
  expect(there.did).toEqual(['connect']);
});

it('the first program waits until Outlook was looked for', async () => {
  there.runs(true);
  await open();
  expect(await outlook.executor.run(NAME)).toMatchObject({ kind: 'done' });
});

it('one that was asked to be started is', async () => {
  await open(true);
  expect(await outlook.executor.run(NAME)).toMatchObject({ kind: 'done' });
});

it('an Outlook that quits is let go at once, and found again when it is back', async () => {
  there.runs(true);
  await open();
  await outlook.executor.run(NAME);
  there.runs(false);
  there.tell('Application', 'Quit');
  await settled();
  expect(there.did).toEqual(['connect', 'let go']);
  await expect(outlook.executor.run(NAME)).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
  there.runs(true);
  await passing();
  await outlook.executor.run(NAME);
  there.crash();
  await settled();
  await expect(outlook.executor.run(NAME)).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
});

it('tells of the folders that are kept in step, of Send/Receive and of its own coming, and listens to each folder once', async () => {
  await open();
  const folders = [await entryIdOf(9)];
  const events = outlook.events(() => folders);
  const news: OutlookNews[] = [];
  const unlisten = events.listen((one) => news.push(one));
  const look = async () => {
    events.poll();
    await passing();
    events.poll();
    await settled();
  };
  await look();
  expect([news, there.listeners()]).toEqual([[], []]);
  there.runs(true);
  await look();
  expect([news, there.listeners()]).toEqual([['changed'], ['Application', 'Items', 'SyncObject']]);
  folders.push(await entryIdOf(10));
  await look();
  await look();
  expect(there.listeners()).toEqual(['Application', 'Items', 'Items', 'SyncObject']);
  there.tell('SyncObject', 'SyncEnd');
  there.tell('Items', 'ItemChange');
  expect(news.slice(1)).toEqual(['send-receive', 'changed', 'changed']);
  there.tell('Application', 'Quit');
  await look();
  expect(there.listeners()).toEqual(['Application', 'Items', 'Items', 'SyncObject']);
  unlisten();
  news.length = 0;
  there.tell('Items', 'ItemAdd');
  expect(news).toEqual([]);
});

it.each(['before', 'after'])(
  'programs go through the add-in that comes %s Outlook is found, and directly without it',
  async (when) => {
    const { door, hear } = testedDoor();
    there.runs(when === 'after');
    await open(false, door);
    await settled();
    hear().onCame(ADD_IN);
    there.runs(true);
    await passing();
    await outlook.executor.run(NAME);
    expect(there.did).toEqual(['connect', 'cross']);
    hear().onGone(ADD_IN);
    expect(await outlook.executor.run(NAME)).toMatchObject({ values: { name: 'Outlook' } });
    expect(there.did).toEqual(['connect', 'cross']);
  },
);

it('an add-in that cannot be reached, or brought nothing, is none', async () => {
  for (const runner of [Uint8Array.of(1), new Uint8Array()]) {
    there = fakeThread();
    there.runs(true);
    const { door, hear } = testedDoor();
    await open(false, door);
    hear().onCame({ ...ADD_IN, runner });
    await settled();
    expect(await outlook.executor.run(NAME)).toMatchObject({ kind: 'done' });
    expect(there.did).toEqual(['connect']);
  }
});

it('what is clicked is heard until nobody listens, and the door is shut at the end', async () => {
  const { door, hear, isOpen } = testedDoor();
  await open(false, door);
  const clicks: string[] = [];
  const unlisten = outlook.clicks?.((command) => clicks.push(command));
  hear().onClick('calendars');
  unlisten?.();
  hear().onClick('books');
  expect([clicks, isOpen()]).toEqual([['calendars'], true]);
  await outlook.close();
  expect(isOpen()).toBe(false);
});

it('ends with its thread', async () => {
  there.runs(true);
  await open();
  await outlook.executor.run(NAME);
  await outlook.close();
  expect(there.did).toEqual(['connect', 'let go', 'end']);
});

/** Everything that waits for nothing but its turn has happened. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 100; turns++) await new Promise((resolve) => setImmediate(resolve));
}

async function entryIdOf(folder: number): Promise<string> {
  const outcome = await there.emulator.executor.run({
    label: 'folder',
    steps: [
      { do: 'get', on: 'application', member: 'Session', as: 'session' },
      { do: 'call', on: 'session', member: 'GetDefaultFolder', args: [folder], as: 'folder' },
      { do: 'get', on: 'folder', member: 'EntryID', as: 'id' },
      { do: 'get', on: 'folder', member: 'StoreID', as: 'store' },
    ],
    returns: ['id', 'store'],
  });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return folderId({ entryId: String(outcome.values['id']), storeId: String(outcome.values['store']) });
}
