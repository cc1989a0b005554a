/**
 * What an import has decided to make: the token of each item and what it looks like. Files may hold millions; texts in maps would take
 * half a kilobyte for each, numbers in columns take 32 bytes, and 16 to 32 more for finding them.
 */
import { type Column, column } from '../../import/columns.ts';

export type SeenItems = {
  add(token: string, look: string): void;
  has(token: string): boolean;
  /** Whether an item of this token looks so; undefined when there is none of it. */
  looksSo(token: string, look: string): boolean | undefined;
  tokenOfLook(look: string): string | undefined;
};

/** 32 hexadecimal digits, whatever stands between them. */
type Words = readonly [number, number, number, number];

/** @param look at least 32 hexadecimal digits of a digest, of which the first 32 count */
export function openSeenItems(): SeenItems {
  const tokens = openWords();
  const looks = openWords();
  return {
    add: (token, look) => {
      tokens.add(wordsOf(token));
      looks.add(wordsOf(look));
    },
    has: (token) => tokens.find(wordsOf(token)) !== undefined,
    looksSo: (token, look) => {
      const row = tokens.find(wordsOf(token));
      return row === undefined ? undefined : looks.isAt(row, wordsOf(look));
    },
    tokenOfLook: (look) => {
      const row = looks.find(wordsOf(look));
      return row === undefined ? undefined : textOf(tokens.at(row));
    },
  };
}

/** Rows of four words, found by what they are: a table of their places, at most half full. */
function openWords() {
  const columns: readonly Column[] = [column(), column(), column(), column()];
  let table = new Uint32Array(1024);
  const isAt = (row: number, words: Words) => words.every((word, at) => columns[at]?.at(row) === word);
  const put = (first: number, row: number) => {
    let slot = first & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = row + 1;
  };
  return {
    isAt,
    at: (row: number): Words => columns.map((one) => one.at(row)) as unknown as Words,
    add: (words: Words) => {
      const row = columns[0]?.length() ?? 0;
      words.forEach((word, at) => void columns[at]?.push(word));
      if ((row + 1) * 2 > table.length) {
        table = new Uint32Array(table.length * 2);
        for (let before = 0; before < row; before++) put(columns[0]?.at(before) ?? 0, before);
      }
      put(words[0], row);
    },
    find: (words: Words): number | undefined => {
      for (let slot = words[0] & (table.length - 1); table[slot] !== 0; slot = (slot + 1) & (table.length - 1)) {
        const row = (table[slot] ?? 0) - 1;
        if (isAt(row, words)) return row;
      }
      return undefined;
    },
  };
}

function wordsOf(hex: string): Words {
  const digits = hex.replaceAll('-', '');
  const word = (at: number) => Number.parseInt(digits.slice(at * 8, at * 8 + 8), 16);
  return [word(0), word(1), word(2), word(3)];
}

/** In the form of a UUID, as the server's own uids have it. */
function textOf(words: Words): string {
  return uuidOf(words.map((word) => word.toString(16).padStart(8, '0')).join(''));
}

/** The first 32 digits of a digest in the form of a UUID. */
export function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
