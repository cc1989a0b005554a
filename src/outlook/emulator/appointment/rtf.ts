/**
 * RTFBody, as far as the emulator needs it: the plain text of what a program writes, and simple RTF for a plain text.
 * @source outlook-calendar.md section 1.7
 */

/** Words whose groups hold no text of the body. */
const DESTINATIONS = /^(fonttbl|colortbl|stylesheet|info|pict|object|header|footer|themedata|generator)$/;
const BREAKS: Readonly<Record<string, string>> = { par: '\r\n', line: '\r\n', tab: '\t', emdash: '—', endash: '–' };

/** The text of an RTF document, with CRLF line ends. */
export function textOfRtf(bytes: Uint8Array): string {
  const source = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const tokens = source.matchAll(/\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi);
  const silent: boolean[] = [false];
  let text = '';
  let skip = 0;
  const put = (piece: string) => {
    if (silent.at(-1) === true) return;
    const kept = piece.slice(skip);
    skip = Math.max(0, skip - piece.length);
    text += kept;
  };
  for (const [, word, number, hex, symbol, brace, plain] of tokens) {
    if (brace === '{') silent.push(silent.at(-1) === true);
    else if (brace === '}') silent.pop();
    else if (symbol === '*' || (word !== undefined && DESTINATIONS.test(word))) silent[silent.length - 1] = true;
    else if (word === 'u' && silent.at(-1) !== true) {
      text += String.fromCharCode(Number(number) & 0xffff);
      skip = 1;
    } else if (word !== undefined) put(BREAKS[word] ?? '');
    else if (hex !== undefined) put(String.fromCharCode(Number.parseInt(hex, 16)));
    else if (symbol !== undefined) put(symbol === '~' ? '\u00a0' : /[\\{}]/.test(symbol) ? symbol : '');
    else if (plain !== undefined) put(plain);
  }
  return text;
}

/** Simple RTF for a plain text. */
export function rtfOfText(text: string): Uint8Array {
  const body = text
    .replace(/[\\{}]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\par\r\n')
    .replace(/\t/g, '\\tab ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is escaped
    .replace(/[^\x00-\x7f]/g, (character) => `\\u${(character.charCodeAt(0) << 16) >> 16}?`);
  const rtf = `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\\f0\\fs22 ${body}}`;
  return Uint8Array.from(rtf, (character) => character.charCodeAt(0));
}
