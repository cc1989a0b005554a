/**
 * What an import has decided to make: the token of each item and what it looks like. Files may hold millions; texts in maps would take
 * half a kilobyte for each, numbers in columns take 24 bytes, and 16 to 32 more for finding them.
 */
import { type Column, column } from '../../import/columns.ts';

export type SeenItems = {
  add(token: string, look: string): void;
  has(token: string): boolean;
  /** Whether an item of this token looks so; undefined when there is none of it. */
  looksSo(token: string, look: string): boolean | undefined;
  tokenOfLook(look: string): string | undefined;
};

/** Eight hexadecimal digits each, whatever stands between them. */
type Words = readonly number[];

/** Of a token all digits count; of looks the first 16: of two million, two are taken for one with a chance of one in ten million. */
const [TOKEN, LOOK] = [4, 2];

export function openSeenItems(): SeenItems {
  const tokens = openWords(TOKEN);
  const looks = openWords(LOOK);
  return {
    add: (token, look) => {
      tokens.add(wordsOf(token, TOKEN));
      looks.add(wordsOf(look, LOOK));
    },
    has: (token) => tokens.find(wordsOf(token, TOKEN)) !== undefined,
    looksSo: (token, look) => {
      const row = tokens.find(wordsOf(token, TOKEN));
      return row === undefined ? undefined : looks.isAt(row, wordsOf(look, LOOK));
    },
    tokenOfLook: (look) => {
      const row = looks.find(wordsOf(look, LOOK));
      return row === undefined ? undefined : textOf(tokens.at(row));
    },
  };
}

/** Rows of some words, found by what they are: a table of their places, at most half full. */
function openWords(width: number) {
  const columns: readonly Column[] = Array.from({ length: width }, column);
  let table = new Uint32Array(1024);
  const isAt = (row: number, words: Words) => words.every((word, at) => columns[at]?.at(row) === word);
  const put = (first: number, row: number) => {
    let slot = first & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = row + 1;
  };
  return {
    isAt,
    at: (row: number): Words => columns.map((one) => one.at(row)),
    add: (words: Words) => {
      const row = columns[0]?.length() ?? 0;
      words.forEach((word, at) => void columns[at]?.push(word));
      if ((row + 1) * 2 > table.length) {
        table = new Uint32Array(table.length * 2);
        for (let before = 0; before < row; before++) put(columns[0]?.at(before) ?? 0, before);
      }
      put(words[0] ?? 0, row);
    },
    find: (words: Words): number | undefined => {
      for (let slot = (words[0] ?? 0) & (table.length - 1); table[slot] !== 0; slot = (slot + 1) & (table.length - 1)) {
        const row = (table[slot] ?? 0) - 1;
        if (isAt(row, words)) return row;
      }
      return undefined;
    },
  };
}

function wordsOf(hex: string, width: number): Words {
  const digits = hex.replaceAll('-', '');
  return Array.from({ length: width }, (_, at) => Number.parseInt(digits.slice(at * 8, at * 8 + 8), 16));
}

/** In the form of a UUID, as the server's own uids have it. */
function textOf(words: Words): string {
  return uuidOf(words.map((word) => word.toString(16).padStart(8, '0')).join(''));
}

/** The first 32 digits of a digest in the form of a UUID. */
export function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
