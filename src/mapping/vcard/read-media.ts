/** Pictures and certificates of a card. */
import type { VCardKey } from '../../wire/addressbook.ts';
import type { CardLines } from './card-lines.ts';
import { type ContentLine, firstValue } from './content-line.ts';
import { decodeBase64, encodeBase64 } from './encoding.ts';

/** The bytes of the first picture that is in the card itself; Outlook's business card picture where there is no other. */
export function readPhoto(card: CardLines): Uint8Array | undefined {
  for (const line of [...card.all('PHOTO'), ...card.all('X-MS-CARDPICTURE')]) {
    const bytes = readBytes(line);
    if (bytes !== undefined && bytes.length > 0) return bytes;
  }
  return undefined;
}

/** The certificates of a card. @loss keys that are no X.509 certificate, and those kept elsewhere */
export function readKeys(card: CardLines): VCardKey[] {
  return card.all('KEY').flatMap((line) => {
    const value = readCertificate(line, card.text(line));
    return value === undefined ? [] : [{ value, parameters: [] }];
  });
}

function readCertificate(line: ContentLine, text: string): string | undefined {
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text.trim();
  const bytes = readBytes(line);
  if (bytes === undefined || bytes.length < 2) return undefined;
  if (bytes[0] === 0x30) return pemOf(bytes);
  const inside = String.fromCharCode(...bytes.subarray(0, 20_000)).trim();
  return inside.startsWith('-----BEGIN CERTIFICATE-----') && bytes.length <= 20_000 ? inside : undefined;
}

/** @source RFC 7468 5.1 */
function pemOf(bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----`;
}

/** The bytes of a value: base64, or a `data:` address with base64; `undefined` when it only points to them. */
function readBytes(line: ContentLine): Uint8Array | undefined {
  const value = line.value.replace(/\\([,;:])/g, '$1').trim();
  const data = /^data:[^,]{0,200};base64,/i.exec(value);
  if (data !== null) return decodeBase64(value.slice(data[0].length));
  return /^(b|base64)$/i.test(firstValue(line.parameters, 'ENCODING') ?? '') ? decodeBase64(value) : undefined;
}
