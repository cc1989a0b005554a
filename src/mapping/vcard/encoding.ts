/**
 * The transfer encodings and character sets that vCards are met in, without help from a platform.
 * Nothing here throws: what cannot be decoded comes out as the nearest reading, because a contact with one odd letter is
 * worth more than no contact.
 */
import { decodeUtf8 } from '../../base/utf8.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The value of each base64 digit by its character code (both alphabets); 255 = not a digit. */
const DIGITS = (() => {
  const table = new Uint8Array(128).fill(255);
  for (let i = 0; i < 64; i++) table[BASE64.charCodeAt(i)] = i;
  table['-'.charCodeAt(0)] = 62;
  table['_'.charCodeAt(0)] = 63;
  return table;
})();

/** Base64 as bytes; anything that is not a digit (blanks, line ends, `=`) is passed over. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code < 128 ? (DIGITS[code] ?? 255) : 255;
    if (digit === 255) continue;
    buffer = ((buffer << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (buffer >> bits) & 0xff;
  }
  return bytes.subarray(0, length);
}

/** Bytes as base64 with padding, in one line. */
export function encodeBase64(bytes: Uint8Array): string {
  const digit = (bits: number) => BASE64[bits & 63] ?? '';
  let text = '';
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += digit(word >> 18) + digit(word >> 12) + digit(word >> 6) + digit(word);
  }
  const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8);
  const left = bytes.length - i;
  if (left === 1) return `${text}${digit(word >> 18)}${digit(word >> 12)}==`;
  return left === 2 ? `${text}${digit(word >> 18)}${digit(word >> 12)}${digit(word >> 6)}=` : text;
}

/** Quoted-printable as text. Soft line breaks must already be gone; characters beyond ASCII stand for themselves. */
export function decodeQuotedPrintable(text: string, charset: string | undefined): string {
  const parts: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) parts.push(decodeCharset(Uint8Array.from(bytes), charset));
    bytes = [];
  };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code === 0x3d ? Number.parseInt(text.slice(i + 1, i + 3), 16) : Number.NaN;
    if (/^=[0-9a-f]{2}$/i.test(text.slice(i, i + 3)) && !Number.isNaN(byte)) {
      bytes.push(byte);
      i += 2;
    } else if (code < 0x80) {
      bytes.push(code);
    } else {
      flush();
      parts.push(text[i] ?? '');
    }
  }
  flush();
  return parts.join('');
}

/**
 * Bytes as text. The name of the character set is only believed when the bytes are not valid UTF-8: Outlook writes UTF-8 and
 * calls it Windows-1252. Character sets other than the Latin ones are read as Windows-1252.
 * @source observed, recorded Outlook 2007 card of BlueMind's own test data
 */
export function decodeCharset(bytes: Uint8Array, charset: string | undefined): string {
  const utf8 = decodeUtf8(bytes);
  if (!utf8.includes('\ufffd')) return utf8;
  return charset !== undefined && /^utf-?8$/i.test(charset) ? utf8 : decodeWindows1252(bytes);
}

/** The characters that Windows-1252 has at 0x80 to 0x9f (its five holes read as Latin-1 does). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of bytes) {
    parts.push(byte >= 0x80 && byte < 0xa0 ? (WINDOWS_1252[byte - 0x80] ?? '') : String.fromCharCode(byte));
  }
  return parts.join('');
}

/** A file of cards as text: UTF-16 by its byte order mark, else UTF-8 where that is what it is, else Windows-1252. */
export function decodeCardFile(bytes: Uint8Array): string {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!little && !(bytes[0] === 0xfe && bytes[1] === 0xff)) return decodeCharset(bytes, undefined);
  const parts: string[] = [];
  for (let i = 2; i + 1 < bytes.length; i += 2) {
    const [first, second] = [bytes[i] ?? 0, bytes[i + 1] ?? 0];
    parts.push(String.fromCharCode(little ? first | (second << 8) : (first << 8) | second));
  }
  return parts.join('');
}
