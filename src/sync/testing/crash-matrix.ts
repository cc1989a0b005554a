/**
 * Kills a run at every step, and at every pair of steps, and sees that the world ends as if nothing had happened (S4). The world
 * may be the engine's own, the emulator's or the whole connector: it only has to be made again the same, and to have steps.
 */
import { Crash, type Tripwire, tripwire } from './tripwire.ts';

/** One world in the state from which the run starts. */
export type CrashWorld = {
  /** One run as a process of its own: everything in memory is new, `wire` is stepped at everything durable. */
  run(wire: Tripwire): Promise<unknown>;
  /** What the world holds, in a form that does not depend on ids or times. */
  outcome(): unknown | Promise<unknown>;
  close?(): void | Promise<void>;
};

export type CrashFinding = { readonly at: readonly number[]; readonly outcome: unknown };

export type CrashMatrix = {
  /** Steps of an uninterrupted run. */
  readonly steps: number;
  /** What an uninterrupted run leaves. */
  readonly expected: unknown;
  /** Interruptions after which something else was left. */
  readonly findings: readonly CrashFinding[];
};

/**
 * Runs a fresh world once for every step `k`: dies at `k`, then runs to the end. With `twice`, for every pair of steps: dies at
 * `k`, dies again at `j` of the run that recovers, then runs to the end.
 */
export async function crashMatrix(
  start: () => CrashWorld | Promise<CrashWorld>,
  { twice = false }: { readonly twice?: boolean } = {},
): Promise<CrashMatrix> {
  const { outcome: expected, last: steps } = await played(start, []);
  const findings: CrashFinding[] = [];
  const compare = async (at: readonly number[]): Promise<number> => {
    const { outcome, last } = await played(start, at);
    if (JSON.stringify(outcome) !== JSON.stringify(expected)) findings.push({ at, outcome });
    return last;
  };
  for (let first = 1; first <= steps; first++) {
    const rest = await compare([first]);
    for (let second = 1; twice && second <= rest; second++) await compare([first, second]);
  }
  return { steps, expected, findings };
}

/** Dies at each of `deaths` in turn, then runs to the end twice: a second run must find nothing more to do. */
async function played(
  start: () => CrashWorld | Promise<CrashWorld>,
  deaths: readonly number[],
): Promise<{ outcome: unknown; last: number }> {
  const world = await start();
  try {
    for (const at of deaths) await died(world, at);
    const wire = tripwire();
    await world.run(wire);
    const last = wire.taken();
    await world.run(tripwire());
    return { outcome: await world.outcome(), last };
  } finally {
    await world.close?.();
  }
}

async function died(world: CrashWorld, at: number): Promise<void> {
  try {
    await world.run(tripwire(at));
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}
