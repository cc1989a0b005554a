import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AddInCommand } from '../outlook/com/in-process/add-in-messages.ts';
import type { OutlookThread } from '../outlook/com/outlook-thread.ts';
import { emulatedOutlook } from '../outlook/emulator/testing/world.ts';
import type { Executor, ObjectRef } from '../outlook/program/program.ts';
import { folderId } from '../outlook/side-session.ts';
import type { OutlookNews } from './host/outlook-events.ts';
import { manualClock } from './host/testing/manual-clock.ts';
import type { Outlook } from './outlook.ts';
import { type RealOutlookOptions, realOutlook } from './real-outlook.ts';

type Door = NonNullable<RealOutlookOptions['door']>;

/** The thread that calls Outlook, over the emulator: it runs or not, quits and crashes as told. */
function fakeThread() {
  const emulator = emulatedOutlook();
  const gone = new Set<() => void>();
  const heard: { of: string; listener: (event: string) => void }[] = [];
  const did: string[] = [];
  let runs = false;
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
    addIn: () => Promise.reject(new Error('there is no add-in')),
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

/** A door with an add-in in it. */
function testedDoor() {
  let click: (command: AddInCommand) => void = () => undefined;
  let isOpen = false;
  const door: Door = async (onClick) => {
    click = onClick;
    isOpen = true;
    const { executor } = there.thread;
    const run: Executor['run'] = (program) => {
      there.did.push('inside');
      return executor.run(program);
    };
    const close = async () => {
      isOpen = false;
    };
    return { executor: { ...executor, run }, isInside: () => true, close };
  };
  return { door, click: (command: AddInCommand) => click(command), isOpen: () => isOpen };
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

it('programs go through the door, and directly where it cannot be opened', async () => {
  there.runs(true);
  await open(false, testedDoor().door);
  await outlook.executor.run(NAME);
  expect(there.did).toEqual(['connect', 'inside']);
  await outlook.close();
  const failed: unknown[] = [];
  const door = () => Promise.reject(new Error('no pipe'));
  const { thread, emulator } = there;
  outlook = await realOutlook({
    thread,
    registry: emulator.registry,
    clock,
    door,
    doorFailed: (error) => failed.push(error),
  });
  expect(await outlook.executor.run(NAME)).toMatchObject({ kind: 'done' });
  expect([failed.length, there.did.filter((one) => one === 'inside').length]).toEqual([1, 1]);
});

it('what is clicked is heard until nobody listens, and the door is shut at the end', async () => {
  const { door, click, isOpen } = testedDoor();
  await open(false, door);
  const clicks: string[] = [];
  const unlisten = outlook.clicks?.((command) => clicks.push(command));
  click('calendars');
  unlisten?.();
  click('books');
  expect([clicks, isOpen()]).toEqual([['calendars'], true]);
  await outlook.close();
  expect(isOpen()).toBe(false);
});

it('what was clicked before anybody listens is told to the first who does, once', async () => {
  const { door, click } = testedDoor();
  await open(false, door);
  for (const command of ['calendars', 'status', 'calendars'] as const) click(command);
  const [first, second]: string[][] = [[], []];
  outlook.clicks?.((command) => first?.push(command));
  outlook.clicks?.((command) => second?.push(command));
  expect([first, second]).toEqual([['calendars', 'status'], []]);
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
