/**
 * Wire cards as vCard 3.0, the version that every program reads, in the form that BlueMind exports.
 * What 3.0 has no property for takes the names that Outlook and Apple's programs use.
 * @loss parameters of names, notes and certificates; certificates that are no PEM text
 */

import type { VCard } from '../../wire/addressbook.ts';
import { htmlOfPlain, plainOfHtml } from '../rich-text.ts';
import { writeDay } from './date-value.ts';
import { decodeBase64, encodeBase64 } from './encoding.ts';
import { buildFormattedName } from './formatted-name.ts';
import { escapeLine, escapeText } from './text-value.ts';
import { addressLines, communicationLines, groupLines } from './write-communications.ts';

export type CardToWrite = { readonly uid: string; readonly value: VCard; readonly photo: Uint8Array | undefined };

/** `book`: the container of the cards, written before each UID as BlueMind does. */
export type WriteOptions = { readonly version: '3.0'; readonly book?: string | undefined };

/** The cards as one text with CRLF line ends, no line longer than 75 bytes. */
export function writeCards(cards: readonly CardToWrite[], options: WriteOptions): string {
  return cards
    .map((card) =>
      cardLines(card, options)
        .map((line) => `${foldLine(line)}\r\n`)
        .join(''),
    )
    .join('');
}

function cardLines({ uid, value, photo }: CardToWrite, options: WriteOptions): string[] {
  return [
    'BEGIN:VCARD',
    `VERSION:${options.version}`,
    ...(uid === '' ? [] : [`UID:${escapeLine(options.book === undefined ? uid : `${options.book},${uid}`)}`]),
    ...groupLines(value),
    ...nameLines(value),
    ...communicationLines(value),
    ...addressLines(value),
    ...organizationLines(value),
    ...explanatoryLines(value),
    ...relatedLines(value),
    ...mediaLines(value, photo),
    'END:VCARD',
  ];
}

/** A line with one text, when there is one. */
function textLine(name: string, text: string | null | undefined): string[] {
  return text ? [`${name}:${escapeText(text)}`] : [];
}

function compound(parts: readonly (string | null | undefined)[]): string {
  return parts.map((part) => escapeText(part ?? '')).join(';');
}

function nameLines(value: VCard): string[] {
  const identification = value.identification ?? {};
  const { name, gender } = identification;
  const parts = [name?.familyNames, name?.givenNames, name?.additionalNames, name?.prefixes, name?.suffixes];
  const genderText = compound(gender?.text ? [gender.value, gender.text] : [gender?.value]);
  return [
    `FN:${escapeText(identification.formatedName?.value ?? buildFormattedName(value) ?? '')}`,
    `N:${compound(parts)}`,
    ...textLine('NICKNAME', identification.nickname?.value),
    ...textLine('BDAY', writeDay(identification.birthday)),
    ...textLine('X-MS-ANNIVERSARY', writeDay(identification.anniversary)),
    ...(genderText === '' ? [] : [`GENDER:${genderText}`]),
  ];
}

function organizationLines(value: VCard): string[] {
  const { title, role, org } = value.organizational ?? {};
  const parts = [org?.company, org?.division, org?.department];
  return [
    ...textLine('TITLE', title),
    ...textLine('ROLE', role),
    ...(parts.some(Boolean) ? [`ORG:${compound(parts)}`] : []),
  ];
}

function explanatoryLines(value: VCard): string[] {
  const names = (value.explanatory?.categories ?? []).flatMap((category) => (category.label ? [category.label] : []));
  const html = value.explanatory?.note ?? '';
  const plain = plainOfHtml(html);
  return [
    ...(names.length === 0 ? [] : [`CATEGORIES:${names.map(escapeText).join(',')}`]),
    ...textLine('NOTE', plain),
    ...(htmlOfPlain(plain) === html ? [] : [`X-ALT-DESC;FMTTYPE=text/html:${escapeText(html)}`]),
    ...textLine('SOURCE', value.source),
  ];
}

function relatedLines(value: VCard): string[] {
  return [
    ...textLine('X-MS-SPOUSE', value.related?.spouse),
    ...textLine('X-MS-MANAGER', value.related?.manager),
    ...textLine('X-MS-ASSISTANT', value.related?.assistant),
  ];
}

function mediaLines(value: VCard, photo: Uint8Array | undefined): string[] {
  const keys = (value.security?.keys ?? []).flatMap((key) => {
    const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/.exec(key.value ?? '')?.[1];
    return body === undefined ? [] : [`KEY;ENCODING=b;TYPE=X509:${encodeBase64(decodeBase64(body))}`];
  });
  if (photo === undefined || photo.length === 0) return keys;
  return [...keys, `PHOTO;ENCODING=b${imageType(photo)}:${encodeBase64(photo)}`];
}

/** The kind of picture, by its first bytes. */
function imageType(bytes: Uint8Array): string {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return ';TYPE=PNG';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return ';TYPE=JPEG';
  return bytes[0] === 0x47 && bytes[1] === 0x49 ? ';TYPE=GIF' : '';
}

/** Folds after at most 75 bytes, never inside a character. @source RFC 2426 2.6, RFC 6350 3.2 */
function foldLine(line: string): string {
  const parts: string[] = [];
  for (let from = 0; from < line.length; ) {
    const to = endOfFold(line, from, parts.length === 0 ? 75 : 74);
    parts.push(line.slice(from, to));
    from = to;
  }
  return parts.join('\r\n ');
}

/** Where a physical line of at most `room` bytes that begins at `from` ends. */
function endOfFold(line: string, from: number, room: number): number {
  let at = from;
  for (let left = room; at < line.length; ) {
    const point = line.codePointAt(at) ?? 0;
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (left < 0) break;
    at += point < 0x10000 ? 1 : 2;
  }
  return at;
}
