/**
 * The words of Outlook's rich text: unpacked, then without its markup.
 * @source MS-OXRTFCP 2.1.3, 2.2 (packing); Rich Text Format 1.9.1 for the markup
 */
import { decodeText } from './text.ts';

const PACKED = 0x75465a4c;
const PLAIN = 0x414c454d;
/** What the window of the packing begins with. */
const BEGINNING =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor ' +
  'MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const WINDOW = 4096;
const LONGEST = 4 * 1024 * 1024;

/** @param bytes PidTagRtfCompressed; what cannot be unpacked has no words */
export function rtfText(bytes: Uint8Array): string {
  return wordsOf(unpacked(bytes)).trim();
}

function unpacked(bytes: Uint8Array): string {
  if (bytes.length < 16) return '';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = Math.min(view.getUint32(4, true), LONGEST);
  const kind = view.getUint32(8, true);
  if (kind === PLAIN) return latin(bytes.subarray(16, 16 + size));
  if (kind !== PACKED) return '';
  const window = new Uint8Array(WINDOW);
  for (let i = 0; i < BEGINNING.length; i++) window[i] = BEGINNING.charCodeAt(i);
  const out: number[] = [];
  let write = BEGINNING.length;
  const put = (byte: number) => {
    out.push(byte);
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  for (let at = 16; at < bytes.length && out.length < size; ) {
    const control = bytes[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < bytes.length && out.length < size; bit++) {
      if ((control & (1 << bit)) === 0) put(bytes[at++] ?? 0);
      else {
        const word = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
        at += 2;
        const from = word >>> 4;
        if (from === write) return latin(Uint8Array.from(out));
        for (let n = 0; n < (word & 15) + 2; n++) put(window[(from + n) % WINDOW] ?? 0);
      }
    }
  }
  return latin(Uint8Array.from(out));
}

function latin(bytes: Uint8Array): string {
  return decodeText(bytes, 28591);
}

/** Groups that hold no words. */
const SILENT = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'generator',
  'themedata',
  'listtable',
  'htmltag',
]);
const SAID: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
};
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

/** In time proportional to the length; groups that are marked as to be ignored (`\*`) are. */
function wordsOf(rtf: string): string {
  const said: string[] = [];
  const silent: boolean[] = [false];
  let skip = 0;
  for (const [, word, value, hex, symbol, brace, text] of rtf.matchAll(TOKEN)) {
    const quiet = silent.at(-1) ?? false;
    if (brace === '{') silent.push(quiet);
    else if (brace === '}') {
      if (silent.length > 1) silent.pop();
    } else if (symbol === '*' || (word !== undefined && SILENT.has(word))) silent[silent.length - 1] = true;
    else if (quiet) continue;
    else if (word === 'u' && value !== undefined) {
      said.push(String.fromCharCode(Number(value) & 0xffff));
      skip = 1;
    } else if (word !== undefined) said.push(SAID[word] ?? '');
    else if (skip > 0 && hex !== undefined) skip = 0;
    else if (hex !== undefined) said.push(decodeText(Uint8Array.of(Number.parseInt(hex, 16)), 1252));
    else if (symbol !== undefined) said.push(/[\\{}]/.test(symbol) ? symbol : symbol === '~' ? '\u00a0' : '');
    else if (text !== undefined) {
      said.push(text.slice(skip));
      skip = 0;
    }
  }
  return said.join('');
}
