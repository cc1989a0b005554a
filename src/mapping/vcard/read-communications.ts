/** Telephones, addresses, e-mail, web pages and messaging handles of a card. */
import type { VCardCommunications, VCardDeliveryAddressing, VCardExplanatory } from '../../wire/addressbook.ts';
import type { CardLines } from './card-lines.ts';
import { type ContentLine, firstValue } from './content-line.ts';
import { mainLine, typeWords, wireParameters } from './parameters.ts';
import { readCompound, splitEscaped, textOrNull, unescapeText } from './text-value.ts';

/** Lines with a value, each with its wire parameters. */
function qualified<T>(
  card: CardLines,
  lines: readonly ContentLine[],
  read: (line: ContentLine) => T | undefined,
  words: (words: string[]) => string[] = (same) => same,
) {
  const main = mainLine(lines);
  return lines.flatMap((line, index) => {
    const value = read(line);
    if (value === undefined) return [];
    const label = card.labelOf(line);
    const from = { words: words(typeWords(line, label)), label, main: index === main };
    return [{ value, line, parameters: wireParameters(line, from) }];
  });
}

export function readEmails(card: CardLines): NonNullable<VCardCommunications['emails']> {
  const read = (line: ContentLine) => textOrNull(card.text(line).replace(/^mailto:/i, '')) ?? undefined;
  return qualified(card, card.all('EMAIL'), read).map(({ value, parameters }) => ({ value, parameters }));
}

export function readTels(card: CardLines): NonNullable<VCardCommunications['tels']> {
  const lines = [...card.all('TEL'), ...card.all('X-MS-TEL'), ...card.all('X-PRIMARY-PHONE')];
  return qualified(card, lines, (line) => readNumber(card.text(line)), telephoneWords).map(({ value, parameters }) => ({
    value: value.number,
    ext: value.extension,
    parameters,
  }));
}

/** A number, from text or from a `tel:` address with its extension. */
function readNumber(text: string): { number: string; extension: string | null } | undefined {
  const uri = /^tel:([^;]*)(?:.*;ext=([^;]*))?/i.exec(text.trim());
  const number = textOrNull(uri === null ? text : uri[1]);
  return number === null ? undefined : { number, extension: textOrNull(uri?.[2]) };
}

const SPOKEN_TO = new Set(['work', 'home', 'cell', 'pager', 'car', 'radio', 'assistant', 'company', 'callback']);
const OTHER_USE = new Set(['voice', 'fax', 'tlx', 'ttytdd', 'isdn', 'modem', 'bbs', 'msg', 'video', 'text']);

/** BlueMind names the use of every telephone: one that tells only its place is spoken into. */
function telephoneWords(words: string[]): string[] {
  const silent = words.some((word) => SPOKEN_TO.has(word)) && !words.some((word) => OTHER_USE.has(word));
  return silent || words.length === 0 ? [...words, 'voice'] : words;
}

const POSTAL_WORDS = new Set(['dom', 'intl', 'postal', 'parcel']);

export function readAddresses(card: CardLines): VCardDeliveryAddressing[] {
  const read = (line: ContentLine) => {
    const parts = readCompound(line.value, card.version21);
    return parts.some((part) => part !== null) ? parts : undefined;
  };
  const words = (written: string[]) => written.filter((word) => !POSTAL_WORDS.has(word));
  return qualified(card, card.all('ADR'), read, words).map(({ value, line, parameters }) => ({
    address: {
      value: addressLabel(card, line),
      parameters,
      postOfficeBox: value[0] ?? null,
      extentedAddress: value[1] ?? null,
      streetAddress: value[2] ?? null,
      locality: value[3] ?? null,
      region: value[4] ?? null,
      postalCode: value[5] ?? null,
      countryName: value[6] ?? null,
    },
  }));
}

/** The label to print of an address: its own parameter, the LABEL of its group, or the LABEL with the same words. */
function addressLabel(card: CardLines, line: ContentLine): string | null {
  const own = firstValue(line.parameters, 'LABEL');
  if (own !== undefined) return textOrNull(unescapeText(own, card.version21));
  const words = typeWords(line, undefined).join();
  const labels = card.all('LABEL');
  const label =
    line.group === ''
      ? labels.find((other) => other.group === '' && typeWords(other, undefined).join() === words)
      : labels.find((other) => other.group === line.group);
  return label === undefined ? null : textOrNull(card.text(label));
}

export function readUrls(card: CardLines): NonNullable<VCardExplanatory['urls']> {
  return qualified(card, card.all('URL'), (line) => textOrNull(card.text(line)) ?? undefined).map(
    ({ value, parameters }) => ({ value, parameters }),
  );
}

export function readLangs(card: CardLines): NonNullable<VCardCommunications['langs']> {
  return qualified(card, card.all('LANG'), (line) => textOrNull(card.text(line)) ?? undefined).map(
    ({ value, parameters }) => ({ value, parameters }),
  );
}

/** The properties of other programs that hold the handle of one messaging service. */
const MESSENGERS: ReadonlyMap<string, string> = new Map([
  ['X-AIM', 'aim'],
  ['X-ICQ', 'icq'],
  ['X-JABBER', 'xmpp'],
  ['X-MSN', 'msn'],
  ['X-YAHOO', 'yahoo'],
  ['X-YAHOO-ID', 'yahoo'],
  ['X-SKYPE', 'skype'],
  ['X-SKYPE-USERNAME', 'skype'],
  ['X-GADUGADU', 'gadugadu'],
  ['X-GROUPWISE', 'groupwise'],
  ['X-GOOGLE-TALK', 'xmpp'],
  ['X-GTALK', 'xmpp'],
  ['X-QQ', 'qq'],
  ['X-SIP', 'sip'],
  ['X-MS-IMADDRESS', 'im'],
  ['X-KADDRESSBOOK-X-IMADDRESS', 'im'],
]);

/** `protocol:handle`, as the wire has it. */
export function readImpps(card: CardLines): NonNullable<VCardCommunications['impps']> {
  const lines = [...card.all('IMPP'), ...[...MESSENGERS.keys()].flatMap((name) => card.all(name))];
  const found = qualified(card, lines, (line) => readHandle(line, card.text(line)));
  const seen = new Set<string>();
  return found.flatMap(({ value, parameters }) => {
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ value, parameters: parameters.filter((parameter) => parameter.label !== 'X-SERVICE-TYPE') }];
  });
}

function readHandle(line: ContentLine, text: string): string | undefined {
  const value = textOrNull(text);
  if (value === null) return undefined;
  const colon = value.indexOf(':');
  const scheme = colon > 0 ? value.slice(0, colon).toLowerCase() : '';
  const handle = colon > 0 ? value.slice(colon + 1) : value;
  const named = MESSENGERS.get(line.name);
  if (named !== undefined) return `${named}:${scheme === named ? handle : value}`;
  const service = firstValue(line.parameters, 'X-SERVICE-TYPE')?.toLowerCase();
  if (/^[a-z][a-z0-9+.-]*$/.test(scheme) && scheme !== 'x-apple') return `${scheme}:${handle}`;
  return `${service ?? 'im'}:${scheme === 'x-apple' ? handle : value}`;
}

/** The names of the card's categories. */
export function readCategories(card: CardLines): string[] {
  const names = [...card.all('CATEGORIES'), ...card.all('CATEGORY')].flatMap((line) =>
    splitEscaped(line.value, ',').map((name) => unescapeText(name, card.version21).trim()),
  );
  return [...new Set(names.filter(Boolean))];
}
