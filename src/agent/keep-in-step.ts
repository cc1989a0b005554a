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
    const outcome = await runOnce(options);
    next = outcome === 'busy' ? clock.now() : clock.now() + interval;
    if (outcome === 'refused') paused = clock.now() + PAUSE_AFTER_REFUSAL;
  }
}

/** `busy`: somebody else was at it; they may only be rehearsing, or have looked before the hint came. */
async function runOnce({ agent, run, signal, onRun, onFailure }: StepOptions): Promise<'ran' | 'busy' | 'refused'> {
  try {
    onRun(await agent.run(run));
  } catch (error) {
    if (isFailure(error, 'RUN_IN_PROGRESS')) return 'busy';
    if (!signal.aborted) onFailure(error);
    if (isFailure(error) && error.code.startsWith('LOGIN_')) return 'refused';
  }
  return 'ran';
}
