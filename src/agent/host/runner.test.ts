import { afterEach, expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import type { RunReport } from '../summary.ts';
import { openRunner, type Pause, type Runner } from './runner.ts';
import { type ManualClock, manualClock } from './testing/manual-clock.ts';
import { openSettings } from './testing/memory-settings.ts';

const REPORT: RunReport = { startedAt: 0, endedAt: 0, folders: [], notes: [] };

let stop = new AbortController();
afterEach(() => stop.abort());

type World = {
  readonly runner: Runner;
  readonly clock: ManualClock;
  /** What made each run begin, with the second it began at. */
  readonly runs: string[];
  readonly paused: Pause[];
  readonly failed: unknown[];
  answer: () => Promise<RunReport>;
};

function world(settings = openSettings()): World {
  stop = new AbortController();
  const clock = manualClock(0);
  const [runs, paused, failed]: [string[], Pause[], unknown[]] = [[], [], []];
  const made: World = {
    ...{ clock, runs, paused, failed },
    answer: async () => REPORT,
    runner: openRunner({
      run: () => made.answer(),
      connected: () => true,
      settings,
      clock,
      on: {
        began: (why) => runs.push(`${why} ${clock.now() / 1000}`),
        progress: () => {},
        ended: () => {},
        failed: (error) => failed.push(error),
        paused: (pause) => paused.push(pause),
      },
    }),
  };
  void made.runner.work(stop.signal);
  return made;
}

const failing =
  (code: string, options: ConstructorParameters<typeof Failure>[2] = {}) =>
  async () => {
    throw new Failure(code, 'no', options);
  };

it('[Y1] never two runs at once; what is wanted while one goes on is remembered once', async () => {
  const made = world();
  let end = () => {};
  made.answer = () => new Promise((resolve) => (end = () => resolve(REPORT)));
  expect(made.runner.want('outlook')).toBe(true);
  await made.clock.pass(0);
  expect([made.runner.want('push'), made.runner.want('timer'), made.runner.want('push')]).toEqual([
    false,
    false,
    false,
  ]);
  await made.clock.pass(60_000);
  expect(made.runs).toEqual(['outlook 0']);
  end();
  await made.clock.pass(0);
  end();
  await made.clock.pass(60_000);
  expect(made.runs).toEqual(['outlook 0', 'push 60']);
});

it('a refused password is tried once, asked for once, and by itself not tried again, not after a new start either', async () => {
  const settings = openSettings();
  const first = world(settings);
  first.answer = failing('LOGIN_REFUSED');
  first.runner.want('start');
  await first.clock.pass(1000);
  for (const why of ['push', 'timer', 'outlook', 'send-receive', 'wake', 'online'] as const) first.runner.want(why);
  await first.clock.pass(24 * 60 * 60_000);
  expect([first.runs, first.paused.map(({ code }) => code)]).toEqual([['start 0'], ['LOGIN_REFUSED']]);

  const second = world(settings);
  second.runner.want('start');
  await second.clock.pass(24 * 60 * 60_000);
  expect([second.runs, second.runner.pause()?.code]).toEqual([[], 'LOGIN_REFUSED']);
  second.runner.resume();
  second.runner.want('start');
  await second.clock.pass(0);
  expect([second.runs.length, second.runner.pause()]).toEqual([1, undefined]);
});

it('a person may try while it is paused: one try for each time, and success ends the pause', async () => {
  const made = world();
  made.runner.refused(new Failure('LOGIN_PASSWORD_EXPIRED', 'expired'));
  made.answer = failing('LOGIN_PASSWORD_EXPIRED');
  made.runner.want('asked');
  await made.clock.pass(60 * 60_000);
  expect([made.runs, made.paused.length]).toEqual([['asked 0'], 1]);
  made.answer = async () => REPORT;
  made.runner.want('asked');
  await made.clock.pass(0);
  expect(made.runner.pause()).toBeUndefined();
});

it('a lost network is tried again by itself, less and less often; news that it is back end the rest', async () => {
  const made = world();
  made.answer = failing('SERVER_UNREACHABLE', { retry: 'later' });
  made.runner.want('timer');
  await made.clock.pass(16 * 60_000);
  expect(made.runs.map((run) => Number(run.split(' ')[1]))).toEqual([0, 15, 45, 105, 225, 465, 945]);
  made.runner.want('outlook');
  await made.clock.pass(1000);
  expect(made.runs).toHaveLength(7);
  made.answer = async () => REPORT;
  made.runner.want('online');
  await made.clock.pass(0);
  expect(made.runs).toHaveLength(8);
  made.runner.want('push');
  await made.clock.pass(0);
  expect(made.runs).toHaveLength(9);
});

it('a server that asks to be left alone is, whatever hints there are; who asks for a day is asked again after an hour', async () => {
  const made = world();
  made.answer = failing('SERVER_BUSY', { retry: 'later', after: 86_400 });
  made.runner.want('timer');
  await made.clock.pass(1000);
  for (const why of ['online', 'wake', 'push'] as const) made.runner.want(why);
  await made.clock.pass(59 * 60_000);
  expect(made.runs).toHaveLength(1);
  await made.clock.pass(60_000);
  expect(made.runs).toHaveLength(2);
});

it('a folder that tells the server wants to be left alone counts as well', async () => {
  const made = world();
  const failure = { code: 'SERVER_BUSY', message: 'wait', retry: 'later', after: 120 } as const;
  const nothing = { lines: [], recovered: 0, linked: 0 };
  const report = { pair: 'p', startedAt: 0, endedAt: 0, outcome: 'failed', failure, ...nothing } as const;
  made.answer = async () => ({ ...REPORT, folders: [{ name: 'Calendar', kind: 'calendar', report }] });
  made.runner.want('timer');
  await made.clock.pass(0);
  made.runner.want('push');
  await made.clock.pass(119_000);
  expect(made.runs).toHaveLength(1);
  await made.clock.pass(2000);
  expect(made.runs).toHaveLength(2);
});

it('a run of another program is no failure; the own one follows it', async () => {
  const made = world();
  let others = 2;
  made.answer = async () => {
    if (others-- > 0) throw new Failure('RUN_IN_PROGRESS', 'busy', { retry: 'later' });
    return REPORT;
  };
  made.runner.want('push');
  await made.clock.pass(10_000);
  expect([made.runs, made.failed]).toEqual([['push 0', 'push 2', 'push 4'], []]);
});

it('a clock that is set back by a year does not make it wait for longer than was meant', async () => {
  const made = world();
  made.clock.set(Date.UTC(2027, 0));
  made.answer = failing('SERVER_UNREACHABLE', { retry: 'later' });
  made.runner.want('timer');
  await made.clock.pass(1000);
  made.clock.set(Date.UTC(2026, 0));
  await made.clock.pass(15_000);
  expect(made.runs).toHaveLength(2);
});

it('Cancel ends the run that goes on, and what was wanted after it', async () => {
  const made = world();
  let aborted = false;
  made.answer = () =>
    new Promise((_, reject) => {
      setImmediate(() => {
        aborted = true;
        reject(new Failure('CANCELLED', 'cancelled'));
      });
    });
  made.runner.want('asked');
  await made.clock.pass(0);
  made.runner.want('push');
  expect([made.runner.cancel(), made.runner.current()?.cancelling]).toEqual([true, true]);
  await new Promise((resolve) => setImmediate(resolve));
  await made.clock.pass(60_000);
  expect([aborted, made.runs, made.runner.cancel()]).toEqual([true, ['asked 0'], false]);
});

it('after runs that met no Outlook, the first thing it tells begins one at once; of a lost server that says nothing', async () => {
  for (const [code, expected] of [
    ['OUTLOOK_UNAVAILABLE', ['timer 0', 'online 15', 'outlook 20']],
    ['SERVER_UNREACHABLE', ['timer 0', 'online 15']],
  ] as const) {
    const made = world();
    made.answer = failing(code, { retry: 'later' });
    made.runner.want('timer');
    await made.clock.pass(20_000);
    made.runner.want('outlook');
    await made.clock.pass(1000);
    expect(made.runs).toEqual(expected);
  }
});
