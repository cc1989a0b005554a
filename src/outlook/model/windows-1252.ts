/**
 * Text as Windows-1252, the "ANSI" of Western Outlooks. Used for the narrow copies in a recurrence: the wide copy beside
 * them is the truth, so a character that the code page lacks may become a question mark.
 */

/** The characters at 0x80 to 0x9F; the five unused places are control characters, as in Windows. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

export function encodeWindows1252(text: string): Uint8Array {
  return Uint8Array.from([...text].map(byteOf));
}

export function decodeWindows1252(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x80 && byte < 0xa0 ? HIGH[byte - 0x80] : String.fromCharCode(byte),
  ).join('');
}

function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? 0x3f;
  if (code < 0x80 || (code >= 0xa0 && code < 0x100)) return code;
  const high = HIGH.indexOf(character);
  return high < 0 ? 0x3f : 0x80 + high;
}
