import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CANCELLED, Failure } from '../../base/failure.ts';
import { type PresenceOptions, watchPresence } from './presence.ts';

/** An Outlook that is opened and closed, and a clock that moves when told. */
function world(options: Pick<PresenceOptions, 'start'> = {}) {
  const told: string[] = [];
  const sleeping: (() => void)[] = [];
  const gone = new Set<() => void>();
  let running = false;
  let quit: (() => void) | undefined;
  let fails: Error | undefined;
  const presence = watchPresence({
    ...options,
    thread: {
      connect: async (how) => {
        told.push(how?.start ? 'starts' : 'looks');
        if (fails !== undefined) throw fails;
        if (how?.start) running = true;
        return running;
      },
      executor: {
        run: () => Promise.reject(new Error('not here')),
        release: async () => undefined,
        calls: () => 0,
        close: async () => void told.push('lets go'),
      },
      listen: async (_object, _of, listener) => {
        if (!running) throw new Failure('OUTLOOK_UNAVAILABLE', 'Outlook was closed.', { retry: 'later' });
        quit = () => listener('Quit');
        return async () => undefined;
      },
      onGone: (listener) => {
        gone.add(listener);
        return () => gone.delete(listener);
      },
    },
    clock: {
      now: () => 0,
      sleep: (_ms, signal) =>
        new Promise((resolve, reject) => {
          sleeping.push(resolve);
          signal?.addEventListener('abort', () => reject(new Failure(CANCELLED, 'cancelled')), { once: true });
        }),
    },
    came: () => told.push('came'),
    went: (why) => told.push(why),
  });
  const settle = async () => {
    for (let n = 0; n < 5; n++) await setImmediate();
    return told.splice(0);
  };
  return {
    presence,
    settle,
    open: () => {
      running = true;
    },
    quit: () => {
      running = false;
      quit?.();
    },
    crash: () => {
      running = false;
      for (const listener of [...gone]) listener();
    },
    fail: (error: Error | undefined) => {
      fails = error;
    },
    wait: () => {
      for (const wake of sleeping.splice(0)) wake();
    },
    listeners: () => gone.size,
  };
}

it('an Outlook that is opened later is found, and let go of when it quits', async () => {
  const { presence, settle, open, quit, wait, listeners } = world();
  expect(await settle()).toEqual(['looks']);
  open();
  wait();
  expect(await settle()).toEqual(['looks', 'came']);
  expect(presence.isThere()).toBe(true);
  quit();
  expect(await settle()).toEqual(['quit', 'lets go']);
  expect([presence.isThere(), listeners()]).toEqual([false, 0]);
  open();
  wait();
  expect(await settle()).toEqual(['looks', 'came']);
  await presence.close();
  expect(await settle()).toEqual(['lets go']);
});

it('one that crashes is looked for again', async () => {
  const { presence, settle, open, crash, wait } = world();
  open();
  await settle();
  wait();
  await settle();
  crash();
  expect(await settle()).toEqual(['gone', 'lets go']);
  await presence.close();
});

it('it is started when that is wanted, once', async () => {
  const { presence, settle, quit, wait } = world({ start: true });
  expect(await settle()).toEqual(['starts', 'came']);
  quit();
  await settle();
  wait();
  expect(await settle()).toEqual(['looks']);
  await presence.close();
});

it('one that does not let itself be looked at is looked at later', async () => {
  const { presence, settle, fail, open, wait } = world();
  await settle();
  fail(new Failure('OUTLOOK_UNAVAILABLE', 'Outlook does not start.', { retry: 'later' }));
  wait();
  expect(await settle()).toEqual(['looks']);
  fail(undefined);
  open();
  wait();
  expect(await settle()).toEqual(['looks', 'came']);
  await presence.close();
});
