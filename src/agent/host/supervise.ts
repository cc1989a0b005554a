/**
 * Keeps the parts of the agent at work: a part that fails is started again after a while that grows with each failure, and the others
 * do not notice. A part ends by itself only when it is told to stop.
 */
import type { Clock } from '../../base/clock.ts';
import { CANCELLED, isFailure } from '../../base/failure.ts';
import type { PartStatus } from '../api/shapes.ts';

export type PartName = PartStatus['name'];

/** One part: works until `signal` is aborted. Whatever it throws, or an early end, is a failure of it. */
export type Part = { readonly name: PartName; run(signal: AbortSignal): Promise<void> };

export type Supervised = {
  status(): readonly PartStatus[];
  /** Starts parts that rest at once: something changed for the better. */
  nudge(): void;
  /** Resolves when all parts have ended after the stop. */
  readonly ended: Promise<void>;
};

export type SuperviseOptions = {
  readonly clock: Clock;
  /** 0 up to 1 */
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onFailure: (part: PartName, error: unknown) => void;
  /** Something in the status is different. */
  readonly onChange: () => void;
};

/** @units milliseconds */
const FIRST = 1000;
const LONGEST = 5 * 60_000;
/** A part that worked for so long is taken for healthy: its next failure counts as the first. @units milliseconds */
const HEALTHY = 10 * 60_000;

type Watched = {
  state: 'works' | 'rests';
  failures: number;
  code: string | null;
  until: number | null;
  wake: () => void;
};

export function supervise(parts: readonly Part[], options: SuperviseOptions): Supervised {
  const watched = new Map<PartName, Watched>(
    parts.map(({ name }) => [name, { state: 'works', failures: 0, code: null, until: null, wake: () => {} }]),
  );
  const ended = Promise.all(parts.map((part) => keep(part, watched.get(part.name) as Watched, options)));
  return {
    status: () =>
      [...watched].map(([name, { state, failures, code, until }]) => ({
        name,
        state,
        failures,
        code,
        until: until === null ? null : new Date(until).toISOString(),
      })),
    nudge: () => {
      for (const { wake } of watched.values()) wake();
    },
    ended: ended.then(() => undefined),
  };
}

async function keep(part: Part, watched: Watched, options: SuperviseOptions): Promise<void> {
  const { clock, signal, onFailure, onChange } = options;
  // Whoever supervises has all parts in hand before the first one says anything.
  await Promise.resolve();
  while (!signal.aborted) {
    const began = clock.now();
    const error = await outcomeOf(part, signal);
    if (signal.aborted) return;
    const healthy = Math.abs(clock.now() - began) >= HEALTHY;
    watched.failures = healthy ? 1 : watched.failures + 1;
    watched.code = isFailure(error) ? error.code : 'BUG';
    onFailure(part.name, error);
    const wait = restOf(watched.failures, isFailure(error) ? error.after : undefined, options.random);
    watched.state = 'rests';
    watched.until = clock.now() + wait;
    onChange();
    await rest(watched, wait, options);
    watched.state = 'works';
    watched.until = null;
    onChange();
  }
}

async function outcomeOf(part: Part, signal: AbortSignal): Promise<unknown> {
  try {
    await part.run(signal);
    return new Error(`the part ${part.name} ended by itself`);
  } catch (error) {
    return error;
  }
}

/** @param after seconds that a failure asks for */
function restOf(failures: number, after: number | undefined, random: () => number): number {
  const grown = Math.min(FIRST * 2 ** (failures - 1), LONGEST) * (0.5 + random() / 2);
  return Math.max(grown, Math.min((after ?? 0) * 1000, LONGEST));
}

/** Ends early when nudged or stopped. */
async function rest(watched: Watched, wait: number, { clock, signal }: SuperviseOptions): Promise<void> {
  const early = new AbortController();
  watched.wake = () => early.abort();
  const stop = () => early.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await clock.sleep(wait, early.signal);
  } catch (error) {
    if (!isFailure(error, CANCELLED)) throw error;
  } finally {
    watched.wake = () => {};
    signal.removeEventListener('abort', stop);
  }
}
