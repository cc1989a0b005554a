import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { Agent, RunOptions } from './agent.ts';
import type { RunReport } from './summary.ts';

export type StepOptions = {
  readonly agent: Pick<Agent, 'run'>;
  readonly clock: Clock;
  readonly signal: AbortSignalLike;
  /** @units milliseconds between the end of one run and the start of the next, when nothing hints at a change */
  readonly interval: number;
  /** @units milliseconds between two looks for a hint */
  readonly beat: number;
  /** Whether something hinted at a change since it was asked last; a hint is never the truth, only a reason to look. */
  readonly hinted: () => boolean;
  readonly run: RunOptions;
  readonly onRun: (report: RunReport) => void;
  /** A run that could not start or failed as a whole; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
};

/** @units milliseconds before a refused login is tried again: a server counts attempts, and locks the account */
const PAUSE_AFTER_REFUSAL = 30 * 60_000;
/** @units milliseconds: who asks to be left alone for longer is asked again after this */
const LONGEST_PAUSE = 60 * 60_000;

/** Runs now and then until `signal` is aborted: on every hint, and when `interval` has passed. Never two runs at once. */
export async function keepInStep(options: StepOptions): Promise<void> {
  const { clock, signal, interval, beat } = options;
  let next = clock.now() + interval;
  let paused = 0;
  while (!signal.aborted) {
    await clock.sleep(beat, signal).catch(() => undefined);
    if (signal.aborted) return;
    const hinted = options.hinted();
    if (clock.now() < (hinted ? paused : Math.max(next, paused))) continue;
    const { busy, pause } = await runOnce(options);
    next = busy ? clock.now() : clock.now() + interval;
    paused = clock.now() + pause;
  }
}

/** @param busy somebody else was at it; they may only be rehearsing, or have looked before the hint came */
type Outcome = { readonly busy: boolean /** @units milliseconds */; readonly pause: number };

async function runOnce({ agent, run, signal, onRun, onFailure }: StepOptions): Promise<Outcome> {
  try {
    const report = await agent.run(run);
    onRun(report);
    return {
      busy: false,
      pause: Math.max(0, ...report.folders.map(({ report: { failure } }) => asked(failure?.after))),
    };
  } catch (error) {
    if (isFailure(error, 'RUN_IN_PROGRESS')) return { busy: true, pause: 0 };
    if (!signal.aborted) onFailure(error);
    const refused = isFailure(error) && error.code.startsWith('LOGIN_');
    return { busy: false, pause: refused ? PAUSE_AFTER_REFUSAL : asked(isFailure(error) ? error.after : undefined) };
  }
}

/** What a server may ask for, in milliseconds. */
function asked(after = 0): number {
  return Math.min(after * 1000, LONGEST_PAUSE);
}
