/** Distribution lists, in the ways that standards and programs write them. */
import type { VCardMember } from '../../wire/addressbook.ts';
import type { CardLines } from './card-lines.ts';
import { type ContentLine, firstValue } from './content-line.ts';
import { textOrNull } from './text-value.ts';

/** What the card is about; words the wire does not know are a person. */
export function readKind(card: CardLines): 'individual' | 'group' | 'location' | 'org' {
  if (card.first('X-EVOLUTION-LIST')?.toLowerCase() === 'true') return 'group';
  const word = card.first('X-ADDRESSBOOKSERVER-KIND', 'KIND')?.toLowerCase();
  switch (word) {
    case 'group':
    case 'location':
    case 'org':
      return word;
    case 'organization':
      return 'org';
    default:
      return 'individual';
  }
}

/** The members of a group; a card of Evolution lists them as its e-mail addresses. */
export function readMembers(card: CardLines): VCardMember[] {
  const lines = [...card.all('MEMBER'), ...card.all('X-ADDRESSBOOKSERVER-MEMBER')];
  const members = lines.flatMap((line) => readMember(line, card.text(line)));
  if (members.length > 0 || card.first('X-EVOLUTION-LIST') === undefined) return members;
  return card
    .all('EMAIL')
    .flatMap((line) => mailMember(card.text(line), firstValue(line.parameters, 'X-EVOLUTION-DEST-NAME')));
}

function readMember(line: ContentLine, text: string): VCardMember[] {
  const value = text.trim();
  const commonName = firstValue(line.parameters, 'X-CN') ?? firstValue(line.parameters, 'CN');
  if (/^mailto:/i.test(value)) return mailMember(decodePercent(value.slice(7)), commonName);
  const uid = splitUid(value.replace(/^urn:uuid:/i, ''));
  const mailto = textOrNull(firstValue(line.parameters, 'X-MAILTO'));
  const name = textOrNull(commonName);
  if (uid.item === '') return mailto === null && name === null ? [] : [freeMember(name, mailto)];
  return [{ commonName: name, mailto, containerUid: textOrNull(uid.book), itemUid: uid.item }];
}

function mailMember(text: string, name: string | undefined): VCardMember[] {
  const named = /^(.*)<([^<>]*)>\s*$/.exec(text.trim());
  const mailto = textOrNull(named === null ? text.replace(/\?.*$/, '') : named[2]);
  const commonName = textOrNull(name) ?? textOrNull(named?.[1]?.replaceAll('"', ''));
  return mailto === null ? [] : [freeMember(commonName, mailto)];
}

function freeMember(commonName: string | null, mailto: string | null): VCardMember {
  return { commonName, mailto, containerUid: null, itemUid: null };
}

/** BlueMind writes the UID of a card as `<book>,<item>`. */
export function splitUid(text: string): { readonly book: string; readonly item: string } {
  const comma = text.lastIndexOf(',');
  return { book: text.slice(0, Math.max(comma, 0)).trim(), item: text.slice(comma + 1).trim() };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
