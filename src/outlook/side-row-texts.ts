/**
 * Which texts of a table can stand for those of its items. A text is taken only when it is too short to have been cut, and only
 * while items that are asked although their row has a text say the very same: the first ones of each sort, then ever fewer (the
 * 4th, 8th, 16th…). One that says another thing refutes them all: the caller reads again what it has taken.
 *
 * That a row has no text may also mean that this table does not fill the column. So it counts only where other rows have shown
 * texts, and never for an item that was read before: there it would pass for a text that the user has deleted.
 */

/** Texts that a table might show otherwise: none, one line, several. */
type Sort = 'none' | 'line' | 'lines';

export type RowTexts = {
  /**
   * The text, when it stands for the item's; undefined when the item is to be asked.
   * @param isKnown whether the item was read before
   */
  take(text: string | undefined, isKnown: boolean): string | undefined;
  /** What an item said whose row has this text. */
  heard(text: string | undefined, said: string): void;
  /** Whether a text was not the item's. */
  refuted(): boolean;
};

/** Items that must have said what their rows say before one of that sort is not asked. */
const WITNESSES = 2;

export function rowTexts(): RowTexts {
  const counts: Readonly<Record<Sort, { confirmed: number; taken: number }>> = {
    none: { confirmed: 0, taken: 0 },
    line: { confirmed: 0, taken: 0 },
    lines: { confirmed: 0, taken: 0 },
  };
  let refuted = false;
  const believes = (sort: Sort, isKnown: boolean): boolean => {
    if (refuted || counts[sort].confirmed < WITNESSES) return false;
    return sort !== 'none' || (!isKnown && counts.line.confirmed + counts.lines.confirmed >= WITNESSES);
  };
  return {
    take(text, isKnown) {
      if (text === undefined || !isWhole(text)) return undefined;
      const sort = sortOf(text);
      if (!believes(sort, isKnown)) return undefined;
      counts[sort].taken += 1;
      return isPowerOfTwo(counts[sort].taken) ? undefined : text;
    },
    heard(text, said) {
      if (text === undefined || !isWhole(text)) return;
      if (text === said) counts[sortOf(text)].confirmed += 1;
      else refuted = true;
    },
    refuted: () => refuted,
  };
}

/**
 * Whether a text of a table is surely all of it. Tables cut at 255 characters or 255 bytes, less often at 510 bytes: 127 characters
 * where two bytes make one, fewer where a text is kept in another code, none of which takes more bytes than UTF-8.
 * @source MS-OXCDATA 2.8.2; MAPI "working with large columns"; VBA how-to "factors affecting property value representation"
 */
export function isWhole(text: string): boolean {
  return utf8Length(text) <= MOST_BYTES && (text.length < CUT_UTF16 - 1 || text.length > CUT_UTF16 + 1);
}

/** Some bytes below 255: a cut may fall before a character that does not fit. */
const MOST_BYTES = 250;
const CUT_UTF16 = 127;

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > MOST_BYTES) return bytes;
  }
  return bytes;
}

function sortOf(text: string): Sort {
  if (text === '') return 'none';
  return /[\r\n]/.test(text) ? 'lines' : 'line';
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
