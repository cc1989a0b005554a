/**
 * Long work in slices: a generator that yields often, driven in one go where nobody waits, or with pauses in which everything else
 * in the process has its turn. What it makes is the same either way.
 */

/** Lets everything else in the process have its turn. */
export type Pause = () => Promise<void>;

/** Work that may be stopped at each `yield`. */
export type Sliced<T> = Generator<void, T, void>;

/** Items of one slice: a few milliseconds of planning. */
export const SLICE = 50;

/** All of it at once. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Slice by slice; without a `pause` all at once. */
export async function inSlices<T>(work: Sliced<T>, pause: Pause | undefined): Promise<T> {
  if (pause === undefined) return atOnce(work);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await pause();
  }
}

/** The values one by one, with a break after every `size` of them. */
export function* eachSliced<T>(values: Iterable<T>, work: (value: T) => void, size = SLICE): Sliced<void> {
  let since = 0;
  for (const value of values) {
    work(value);
    if (++since < size) continue;
    since = 0;
    yield;
  }
}

/** So many values are sorted or merged in a slice. */
const RUN = 20_000;

/** `values` in the order of `compare`; equal ones keep their order. */
export function* sortedSlices<T>(
  values: readonly T[],
  compare: (a: T, b: T) => number,
  run = RUN,
): Sliced<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let at = 0; at < values.length; at += run) {
    runs.push(values.slice(at, at + run).sort(compare));
    if (values.length > run) yield;
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedRuns<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Sliced<T[]> {
  const merged: T[] = [];
  let [inA, inB] = [0, 0];
  while (inA < a.length && inB < b.length) {
    const [left, right] = [a[inA] as T, b[inB] as T];
    if (compare(left, right) <= 0) {
      merged.push(left);
      inA++;
    } else {
      merged.push(right);
      inB++;
    }
    if (merged.length % RUN === 0) yield;
  }
  for (; inA < a.length; inA++) merged.push(a[inA] as T);
  for (; inB < b.length; inB++) merged.push(b[inB] as T);
  return merged;
}
