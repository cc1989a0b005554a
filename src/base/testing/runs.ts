/**
 * How often a property is tried. The ordinary run takes the same cases every time, so that a failure is the fault of the change at
 * hand; a longer one (`RUNS` multiplies) draws new ones, from a seed that it prints when it begins and that `SEED` replays.
 */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { RUNS, SEED } = process.env;
  const seed = SEED ?? (RUNS === undefined ? ORDINARY_SEED : undefined);
  return { numRuns: usual * Number(RUNS ?? 1), ...(seed !== undefined && { seed: Number(seed) }) };
}

const ORDINARY_SEED = '20261122';
