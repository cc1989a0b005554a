/** Lists of very many numbers: as arrays of objects they would fill the memory, and would be copied whenever they grow. */

/** Elements of a piece; lists grow by pieces, which are never copied. */
const PIECE = 64 * 1024;

export type Column = {
  push(value: number): void;
  /** 0 beyond the end. */
  at(index: number): number;
  length(): number;
  /** Gives its memory back. */
  clear(): void;
};

type Numbers = Float64Array | Uint32Array;

/** Whole numbers below 2^53. */
export function wideColumn(): Column {
  return columnOf(() => new Float64Array(PIECE));
}

/** Whole numbers below 2^32. */
export function column(): Column {
  return columnOf(() => new Uint32Array(PIECE));
}

function columnOf(piece: () => Numbers): Column {
  const pieces: Numbers[] = [];
  let length = 0;
  return {
    push: (value) => {
      if (length % PIECE === 0) pieces.push(piece());
      const last = pieces.at(-1);
      if (last !== undefined) last[length % PIECE] = value;
      length++;
    },
    at: (index) => pieces[Math.floor(index / PIECE)]?.[index % PIECE] ?? 0,
    length: () => length,
    clear: () => {
      pieces.length = 0;
      length = 0;
    },
  };
}

export type Chains = { readonly next: Uint32Array; readonly isFirst: (index: number) => boolean };

/** For each number of a list the place of the next one that equals it, and whether it is the first; found without comparing all. */
export function chainsOf(keys: Column): Chains {
  const count = keys.length();
  const sorted = new Float64Array(count);
  for (let at = 0; at < count; at++) sorted[at] = keys.at(at);
  sorted.sort();
  // One more than the place; 0: none.
  const last = new Uint32Array(count);
  const next = new Uint32Array(count);
  const later = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    const rank = rankOf(sorted, keys.at(at));
    const before = last[rank] ?? 0;
    if (before > 0) {
      next[before - 1] = at + 1;
      later[at] = 1;
    }
    last[rank] = at + 1;
  }
  return { next, isFirst: (index) => later[index] === 0 };
}

/** The first place of a number that is there. */
function rankOf(sorted: Float64Array, key: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
