/**
 * One card of any version as a wire card.
 * @loss AGENT, CLASS, FBURL, GEO, LOGO, MAILER, REV, SORT-STRING, SOUND, TZ and the properties of other programs that the wire
 * has no place for; a birthday without its year; the grouping of lines beyond Apple's labels
 */
import type { VCard, VCardIdentification, VCardRelated } from '../../wire/addressbook.ts';
import { htmlOfPlain } from '../rich-text.ts';
import { type CardLines, cardLines } from './card-lines.ts';
import type { ContentLine } from './content-line.ts';
import { readDay } from './date-value.ts';
import { buildFormattedName } from './formatted-name.ts';
import { appleWord, typeWords } from './parameters.ts';
import {
  readAddresses,
  readCategories,
  readEmails,
  readImpps,
  readLangs,
  readTels,
  readUrls,
} from './read-communications.ts';
import { readKind, readMembers, splitUid } from './read-group.ts';
import { readKeys, readPhoto } from './read-media.ts';
import { readCompound, splitEscaped, textOrNull, unescapeText } from './text-value.ts';

export type ParsedCard = {
  /** The item part of its UID; '' when the card has none. */
  readonly uid: string;
  readonly value: VCard;
  readonly photo: Uint8Array | undefined;
};

/** The card of these lines, or the reason why they are none. */
export function readCard(lines: readonly ContentLine[]): ParsedCard | { readonly reason: string } {
  const card = cardLines(lines);
  const kind = readKind(card);
  const photo = readPhoto(card);
  const members = kind === 'group' ? readMembers(card) : [];
  const emails = kind === 'group' && card.first('X-EVOLUTION-LIST') !== undefined ? [] : readEmails(card);
  const value: VCard = {
    kind,
    source: card.first('SOURCE')?.startsWith('bm://') ? (card.first('SOURCE') ?? null) : null,
    identification: { ...readIdentification(card), photo: photo !== undefined },
    deliveryAddressing: readAddresses(card),
    communications: { tels: readTels(card), emails, impps: readImpps(card), langs: readLangs(card) },
    organizational: {
      title: card.first('TITLE') ?? null,
      role: card.first('ROLE', 'X-KADDRESSBOOK-X-PROFESSION') ?? null,
      org: readOrganization(card),
      member: members,
    },
    explanatory: {
      urls: readUrls(card),
      categories: readCategories(card).map((label) => ({ containerUid: null, itemUid: null, label, color: null })),
      note: readNote(card),
    },
    related: readRelated(card),
    security: { keys: readKeys(card) },
  };
  const named = withName(value);
  if (named === undefined)
    return { reason: 'The card is empty: it has neither a name nor anything to reach somebody by.' };
  return { uid: splitUid((card.first('UID') ?? '').replace(/^urn:uuid:/i, '')).item, value: named, photo };
}

/** The card with a name to show, or `undefined` when nothing in it can be one: what could be reached by is a name, too. */
function withName(value: VCard): VCard | undefined {
  const identification = value.identification ?? {};
  const name =
    identification.formatedName?.value ??
    buildFormattedName(value) ??
    identification.nickname?.value ??
    value.communications?.tels?.[0]?.value ??
    value.explanatory?.urls?.[0]?.value ??
    null;
  return name === null
    ? undefined
    : { ...value, identification: { ...identification, formatedName: { value: name, parameters: [] } } };
}

function readIdentification(card: CardLines): VCardIdentification {
  const [line] = card.all('N');
  const parts = line === undefined ? [] : readCompound(line.value, card.version21);
  const gender = readGender(card);
  return {
    formatedName: { value: card.first('FN', 'NAME') ?? null, parameters: [] },
    name: {
      value: null,
      parameters: [],
      familyNames: parts[0] ?? null,
      givenNames: parts[1] ?? null,
      additionalNames: parts[2] ?? null,
      prefixes: parts[3] ?? null,
      suffixes: parts[4] ?? null,
    },
    nickname: { value: readNickname(card), parameters: [] },
    birthday: firstDay(card, 'BDAY'),
    anniversary:
      firstDay(
        card,
        'ANNIVERSARY',
        'X-ANNIVERSARY',
        'X-MS-ANNIVERSARY',
        'X-EVOLUTION-ANNIVERSARY',
        'X-KADDRESSBOOK-X-ANNIVERSARY',
      ) ?? labelledDay(card, 'anniversary'),
    gender,
  };
}

function readNickname(card: CardLines): string | null {
  const names = card.all('NICKNAME').flatMap((line) => (card.version21 ? [line.value] : splitEscaped(line.value, ',')));
  return textOrNull(
    names
      .map((name) => unescapeText(name, card.version21).trim())
      .filter(Boolean)
      .join(', '),
  );
}

function firstDay(card: CardLines, ...names: readonly string[]): number | null {
  for (const line of names.flatMap((name) => card.all(name))) {
    const day = readDay(card.text(line));
    if (day !== null) return day;
  }
  return null;
}

/** A day that Apple's programs name by a label. */
function labelledDay(card: CardLines, word: string): number | null {
  const line = card.all('X-ABDATE').find((other) => appleWord(card.labelOf(other)) === word);
  return line === undefined ? null : readDay(card.text(line));
}

/** The words that the Windows address book numbers. */
const WINDOWS_GENDERS: ReadonlyMap<string, string> = new Map([
  ['1', 'F'],
  ['2', 'M'],
]);

function readGender(card: CardLines): { value: string | null; text: string | null; parameters: [] } {
  const [line] = card.all('GENDER');
  const [value, text] = line === undefined ? [] : readCompound(line.value, card.version21);
  const other = WINDOWS_GENDERS.get(card.first('X-WAB-GENDER') ?? '') ?? card.first('X-GENDER') ?? null;
  return { value: value ?? other, text: text ?? null, parameters: [] };
}

/** Company, division and department; with two parts only the second is the department, as Outlook writes it. */
function readOrganization(card: CardLines) {
  const [line] = card.all('ORG');
  const parts = line === undefined ? [] : readCompound(line.value, card.version21);
  const own = card.first('X-DEPARTMENT', 'X-KADDRESSBOOK-X-DEPARTMENT') ?? null;
  if (parts.length === 2) return { company: parts[0] ?? null, division: null, department: parts[1] ?? own };
  const department = textOrNull(
    parts
      .slice(2)
      .filter((part) => part !== null)
      .join(', '),
  );
  return { company: parts[0] ?? null, division: parts[1] ?? null, department: department ?? own };
}

/** The note as HTML: as written by us, else the plain notes, one below the other. */
function readNote(card: CardLines): string | null {
  const html = card.first('X-ALT-DESC');
  if (html !== undefined) return html;
  const notes = [...card.all('NOTE'), ...card.all('X-NOTE')].map((line) => card.text(line).trim()).filter(Boolean);
  return notes.length === 0 ? null : htmlOfPlain(notes.join('\n'));
}

function readRelated(card: CardLines): VCardRelated {
  const labelled = (word: string) => {
    const line = card.all('X-ABRELATEDNAMES').find((other) => appleWord(card.labelOf(other)) === word);
    return line === undefined ? null : textOrNull(card.text(line));
  };
  const related = (word: string) => {
    const line = card.all('RELATED').find((other) => typeWords(other, undefined).includes(word));
    return line === undefined || /^urn:/i.test(line.value) ? null : textOrNull(card.text(line));
  };
  const named = (name: string, suffix: string) =>
    card.first(`X-${name}`, `X-MS-${name}`, `X-EVOLUTION-${name}`, `X-KADDRESSBOOK-X-${name}${suffix}`) ?? null;
  return {
    spouse: named('SPOUSE', 'SNAME') ?? labelled('spouse') ?? related('spouse'),
    manager: named('MANAGER', 'SNAME') ?? labelled('manager'),
    assistant: named('ASSISTANT', 'SNAME') ?? labelled('assistant'),
  };
}
