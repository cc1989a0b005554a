/**
 * Begins runs, one at a time. A wish while a run goes on is remembered once. What the user asks for is always tried; what asks by
 * itself waits while the server wants to be left alone, and does not happen while a login is refused: a server counts attempts and
 * locks the account, so the password is asked for once, and nothing is tried before it was given.
 */
import type { AbortSignalLike, Clock } from '../../base/clock.ts';
import { CANCELLED, type Failure, isFailure } from '../../base/failure.ts';
import { OUTLOOK_UNAVAILABLE } from '../../outlook/program/finish.ts';
import type { Settings } from '../../storage/records.ts';
import { PAUSE } from '../account.ts';
import type { RunOptions, RunProgress } from '../agent.ts';
import type { Why } from '../api/shapes.ts';
import type { RunReport } from '../summary.ts';

export type Pause = {
  readonly code: string;
  readonly message: string;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly since: number;
};

export type RunnerOptions = {
  readonly run: (options: RunOptions) => Promise<RunReport>;
  /** Whether there is an account to run for. */
  readonly connected: () => boolean;
  /** A pause outlives the agent. */
  readonly settings: Settings;
  readonly clock: Clock;
  readonly on: {
    began(why: Why): void;
    progress(progress: RunProgress): void;
    ended(report: RunReport, why: Why): void;
    failed(error: unknown, why: Why): void;
    /** The login was refused: told once, until a password is accepted. */
    paused(pause: Pause): void;
  };
};

export type Runner = {
  /** Wants a run. @returns false when one goes on, after which this one comes, or when it must not be */
  want(why: Why): boolean;
  /** Ends the run that goes on after the batch at hand. */
  cancel(): boolean;
  current(): { readonly why: Why; readonly startedAt: number; readonly cancelling: boolean } | undefined;
  pause(): Pause | undefined;
  /** Some other part was refused the login. */
  refused(failure: Failure): void;
  /** A password was accepted. */
  resume(): void;
  /** The part. */
  work(signal: AbortSignal): Promise<void>;
};

/** What only another password, or another account, helps against. */
const ASKS_FOR_PASSWORD: ReadonlySet<string> = new Set([
  'LOGIN_REFUSED',
  'LOGIN_PASSWORD_EXPIRED',
  'CREDENTIALS_UNREADABLE',
]);
/** @units milliseconds */
const FIRST_REST = 15_000;
const LONGEST_REST = 10 * 60_000;
/** Who asks to be left alone for longer is asked again after this. @units milliseconds */
const LONGEST_ASKED = 60 * 60_000;
/** Somebody else runs: looked at again after this. @units milliseconds */
const BUSY = 2000;

type Told = Pick<Failure, 'code' | 'message' | 'retry' | 'after'>;
const BUG: Told = { code: 'BUG', message: '', retry: 'later', after: undefined };

type Running = { readonly why: Why; readonly startedAt: number; readonly abort: AbortController };

export function openRunner(options: RunnerOptions): Runner {
  const { clock, settings, on, connected } = options;
  let wanted: Why | undefined;
  let running: Running | undefined;
  /** Our own rest after failures, and what the server asked for. */
  let rest = 0;
  let asked = 0;
  let failures = 0;
  /** The last run met no Outlook. */
  let alone = false;
  let wake = () => {};
  const pause = () => settings.get(PAUSE) as Pause | undefined;
  const allowed = (why: Why) => connected() && (why === 'asked' || pause() === undefined);
  const wellAgain = () => {
    if (pause() !== undefined) settings.set(PAUSE, undefined);
    failures = 0;
    alone = false;
    rest = 0;
    asked = 0;
  };
  const pauseFor = ({ code, message }: Told) => {
    if (pause() !== undefined) return;
    const fresh = { code, message, since: clock.now() };
    settings.set(PAUSE, fresh);
    on.paused(fresh);
  };
  const learn = (told: Told) => {
    if (ASKS_FOR_PASSWORD.has(told.code)) return pauseFor(told);
    failures++;
    alone = told.code === OUTLOOK_UNAVAILABLE;
    rest = clock.now() + Math.min(FIRST_REST * 2 ** (failures - 1), LONGEST_REST);
    asked = told.after === undefined ? 0 : clock.now() + Math.min(told.after * 1000, LONGEST_ASKED);
    // Tried again then, whatever asks meanwhile; not what something must change for first.
    if (told.retry !== 'never') wanted ??= 'online';
  };
  const once = async (why: Why, signal: AbortSignal): Promise<void> => {
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal.addEventListener('abort', stop, { once: true });
    running = { why, startedAt: clock.now(), abort };
    on.began(why);
    try {
      const report = await options.run({ signal: abort.signal, progress: on.progress, why });
      wellAgain();
      const failed = worstOf(report);
      if (failed !== undefined) learn(failed);
      running = undefined;
      on.ended(report, why);
    } catch (error) {
      running = undefined;
      if (isFailure(error, 'RUN_IN_PROGRESS')) {
        wanted ??= why;
        rest = clock.now() + BUSY;
        return;
      }
      if (!isFailure(error, CANCELLED)) learn(isFailure(error) ? error : BUG);
      if (!signal.aborted) on.failed(error, why);
    } finally {
      running = undefined;
      signal.removeEventListener('abort', stop);
    }
  };
  return {
    want: (why) => {
      if (!allowed(why)) return false;
      if (wanted !== 'asked') wanted = why;
      // News that the server may be there again end our own rest; only a person need not wait for what the server asked.
      if (why === 'asked' || why === 'wake' || why === 'online') rest = 0;
      // An Outlook that tells something is there.
      if (alone && (why === 'outlook' || why === 'send-receive')) rest = 0;
      if (why === 'asked') asked = 0;
      wake();
      return running === undefined;
    },
    cancel: () => {
      running?.abort.abort();
      wanted = undefined;
      return running !== undefined;
    },
    current: () =>
      running && { why: running.why, startedAt: running.startedAt, cancelling: running.abort.signal.aborted },
    pause,
    refused: pauseFor,
    resume: wellAgain,
    work: async (signal) => {
      while (!signal.aborted) {
        const why = wanted;
        // Slept to its end and not by the clock, so that one that was set back does not make it wait for longer than was meant.
        const wait = Math.min(Math.max(rest, asked) - clock.now(), LONGEST_ASKED);
        if (why === undefined) await untilWoken(signal, (call) => (wake = call));
        else if (wait > 0) {
          if (await sleepUntilWoken(clock, wait, signal, (call) => (wake = call))) [rest, asked] = [0, 0];
        } else {
          wanted = undefined;
          if (allowed(why)) await once(why, signal);
        }
      }
    },
  };
}

/** A folder's failure that concerns the whole server: it wants to be left alone. */
function worstOf({ folders }: RunReport): Told | undefined {
  const failed = folders.flatMap(({ report: { failure } }) => (failure?.after === undefined ? [] : [failure]));
  return failed.toSorted((a, b) => (b.after ?? 0) - (a.after ?? 0))[0];
}

type Hook = (wake: () => void) => void;

function untilWoken(signal: AbortSignalLike, hook: Hook): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      signal.removeEventListener('abort', wake);
      resolve();
    };
    signal.addEventListener('abort', wake, { once: true });
    hook(wake);
  });
}

/** @returns whether it slept to the end */
async function sleepUntilWoken(clock: Clock, ms: number, signal: AbortSignalLike, hook: Hook): Promise<boolean> {
  const early = new AbortController();
  const wake = () => early.abort();
  signal.addEventListener('abort', wake, { once: true });
  hook(wake);
  const slept = clock.sleep(ms, early.signal).then(
    () => true,
    () => false,
  );
  return slept.finally(() => signal.removeEventListener('abort', wake));
}
