/** Texts of a data file: UTF-16, or one of Windows' code pages. */
import { TextDecoder } from 'node:util';
import { decodeUtf8 } from '../../base/utf8.ts';

/** The names by which the runtime knows the code pages that Outlook writes. @source MS-UCODEREF 2.2.1 */
const CODE_PAGES: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  20127: 'windows-1252',
  20866: 'koi8-r',
  21866: 'koi8-u',
  28591: 'windows-1252',
  28592: 'iso-8859-2',
  28595: 'iso-8859-5',
  28605: 'iso-8859-15',
  50220: 'iso-2022-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** @param encoding a name, or the number of a code page; an unknown one is read as Windows-1252 */
export function decodeText(bytes: Uint8Array, encoding: string | number): string {
  const name = typeof encoding === 'string' ? encoding : nameOf(encoding);
  const text = name === 'utf-8' ? decodeUtf8(bytes) : decoderOf(name).decode(bytes);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function nameOf(codePage: number): string {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  return CODE_PAGES[codePage] ?? 'windows-1252';
}

const decoders = new Map<string, TextDecoder>();

function decoderOf(name: string): TextDecoder {
  const known = decoders.get(name);
  if (known !== undefined) return known;
  const made = new TextDecoder(name, { ignoreBOM: true });
  decoders.set(name, made);
  return made;
}
