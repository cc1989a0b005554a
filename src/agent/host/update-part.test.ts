import { afterEach, beforeEach, expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import { NEW_STATE, type UpdateState } from '../../update/state.ts';
import type { Updater } from '../../update/updater.ts';
import type { OffReason } from '../../update/updater-options.ts';
import { type ManualClock, manualClock } from './testing/manual-clock.ts';
import { type UpdatePart, updatePart, wishFor } from './update-part.ts';

const HOUR = 60 * 60_000;
const OFFER = { version: '2.0.0' } as never;

let clock: ManualClock;
let state: UpdateState;
let did: string[];
let open: boolean;
let busy: boolean;
let off: OffReason | undefined;
let closes: boolean;
let stop: AbortController;
let ended: Promise<void>;
let part: UpdatePart;

beforeEach(() => {
  // Nine in the evening, where this computer is.
  clock = manualClock(new Date(2026, 2, 2, 21).getTime());
  [did, open, busy, off, closes] = [[], false, false, undefined, true];
  state = { ...NEW_STATE, next: clock.now() + 24 * HOUR, step: { at: 'staged', offer: OFFER } };
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await clock.pass(HOUR);
  await ended;
});

function start(change: Partial<UpdateState> = {}): void {
  state = { ...state, ...change };
  const updater: Updater = {
    read: () => state,
    progress: () => undefined,
    checking: false,
    check: async () => {
      did.push('check');
      state = { ...state, next: clock.now() + 24 * HOUR };
      throw new Failure('UPDATE_UNREACHABLE', 'Nobody is there.');
    },
    wish: (wish) => {
      state = { ...state, wish };
    },
    install: async (options) => {
      did.push(options?.reopen === true ? 'install and reopen' : 'install');
      state = { ...state, step: { at: 'idle' } };
    },
    cameUp: async () => {},
    reopened: () => false,
  };
  const outlook = {
    running: async () => open,
    quit: async () => {
      did.push('quit');
      open = !closes;
      return closes;
    },
    start: async () => {},
  };
  part = updatePart({
    updates: {
      updater,
      installed: '1.0.0',
      off: () => off,
      where: () => ({ channel: 'stable', url: undefined }),
      outlook,
    },
    ...{ clock, random: () => 0, busy: () => busy, onFailure: (error) => did.push((error as Failure).code) },
  });
  ended = part.run(stop.signal);
}

const wish = (when: 'now' | 'tonight' | 'later') => {
  state = { ...state, wish: wishFor(when, clock.now()) };
};

it('what waits is installed once no run goes on, without a question where Outlook is closed', async () => {
  busy = true;
  start();
  await clock.pass(60_000);
  expect(did).toEqual([]);
  busy = false;
  await clock.pass(60_000);
  expect(did).toEqual(['install']);
});

it('while Outlook is open nothing happens unasked; closed by its user, it is installed whatever was said before', async () => {
  open = true;
  start();
  await clock.pass(30 * HOUR);
  expect(did.filter((one) => one !== 'check' && one !== 'UPDATE_UNREACHABLE')).toEqual([]);
  wish('later');
  open = false;
  await clock.pass(60_000);
  expect(did.at(-1)).toBe('install');
});

it('now closes Outlook and opens it again; an Outlook that stays open is asked about anew', async () => {
  open = true;
  closes = false;
  start();
  wish('now');
  await clock.pass(60_000);
  expect([did, state.wish]).toEqual([['quit'], null]);
  closes = true;
  wish('now');
  await clock.pass(60_000);
  expect(did).toEqual(['quit', 'quit', 'install and reopen']);
});

it('tonight is after two o’clock and before five; later is asked again after four hours', async () => {
  open = true;
  start();
  wish('tonight');
  expect(state.wish).toEqual({ kind: 'tonight', at: new Date(2026, 2, 3, 2).getTime() });
  await clock.pass(4.9 * HOUR);
  expect(did).toEqual([]);
  wish('later');
  await clock.pass(3.9 * HOUR);
  expect(state.wish?.kind).toBe('later');
  await clock.pass(0.2 * HOUR);
  expect([state.wish, did]).toEqual([null, []]);
  wish('tonight');
  await clock.pass(24 * HOUR);
  expect(did).toContain('install and reopen');
});

it('the channel is asked when its time has come, also after the clock was set back by years; a failure ends nothing', async () => {
  start({ step: { at: 'idle' }, next: null });
  await clock.pass(HOUR / 12);
  expect(did).toEqual(['check', 'UPDATE_UNREACHABLE']);
  await clock.pass(23 * HOUR);
  expect(did.length).toBe(2);
  await clock.pass(2 * HOUR);
  expect(did.length).toBe(4);
  clock.set(Date.UTC(2020, 0, 1));
  await clock.pass(60_000);
  expect(did.length).toBe(6);
});

it('nothing is asked for or installed while updates are off', async () => {
  off = 'policy';
  start({ next: 0 });
  await clock.pass(48 * HOUR);
  expect(did).toEqual([]);
});
