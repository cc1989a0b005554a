/** How often a property is tried: `RUNS` multiplies, `SEED` replays; a property that fails prints its seed. */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { RUNS, SEED } = process.env;
  return { numRuns: usual * Number(RUNS ?? 1), ...(SEED !== undefined && { seed: Number(SEED) }) };
}
