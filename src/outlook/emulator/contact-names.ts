/**
 * How Outlook makes a full name and a "file as" of the parts of a name, and takes a full name apart. Pure.
 * @source outlook-objects.md section 6.1; PidLidFileUnderId (MAPI reference; MS-OXOCNTC 2.2.1.1.12)
 */

export type NameParts = {
  readonly title: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly suffix: string;
};

/** PidLidFileUnderId for text the user wrote: never recomputed. */
export const FILE_AS_BY_USER = -1;

const TITLES = new Set('dr mr mrs ms miss prof m mme mlle herr frau me'.split(' '));
const SUFFIXES = new Set('i ii iii jr sr esq phd md'.split(' '));

/** "Title First Middle Last Suffix", blanks skipped. */
export function composeFullName({ title, first, middle, last, suffix }: NameParts): string {
  return words(title, first, middle, last, suffix);
}

/** A full name in parts: "Last, First Middle" is understood; a single word is the first name. */
export function parseFullName(fullName: string): NameParts {
  const all = fullName.trim().split(/\s+/).filter(Boolean);
  const title = all.length > 1 && TITLES.has(bare(all[0])) ? (all.shift() ?? '') : '';
  const suffix = all.length > 1 && SUFFIXES.has(bare(all.at(-1))) ? (all.pop() ?? '') : '';
  const rest = all.join(' ').replace(/,$/, '');
  const comma = /^([^,]+),\s*(.+)$/.exec(rest);
  if (comma !== null) {
    const [first = '', ...middle] = (comma[2] ?? '').split(' ');
    return { title, first, middle: middle.join(' '), last: comma[1] ?? '', suffix };
  }
  const [first = '', ...others] = rest.split(' ');
  return { title, first, middle: others.slice(0, -1).join(' '), last: others.at(-1) ?? '', suffix };
}

/**
 * The "file as" text of an order; missing parts drop their separators, and an order that gives nothing falls back to the
 * company. Two-part values hold CR LF between name and company.
 */
export function fileAs(order: number, name: NameParts, fullName: string, company: string): string {
  return byOrder(order, name, fullName, company) || company || fullName;
}

/** The order whose text `text` is; undefined when it is none. */
export function orderOf(text: string, name: NameParts, fullName: string, company: string): number | undefined {
  const orders = [0x8017, 0x8018, 0x8019, 0x8037, 0x8036, 0x3001, 0x3a16];
  return text === '' ? undefined : orders.find((order) => byOrder(order, name, fullName, company) === text);
}

function byOrder(order: number, name: NameParts, fullName: string, company: string): string {
  const { first, middle, last, suffix } = name;
  const lastFirst = joined(', ', last, words(first, middle));
  switch (order) {
    case 0x3001:
      return fullName;
    case 0x3a06:
      return first;
    case 0x3a11:
      return last;
    case 0x3a16:
      return company;
    case 0x8018:
      return joined('\r\n', company, lastFirst);
    case 0x8019:
      return joined('\r\n', lastFirst, company);
    case 0x8036:
      return words(last, first, middle, suffix);
    case 0x8037:
      return words(first, middle, last, suffix);
    default:
      return lastFirst;
  }
}

/** Whether a text has characters of a double-byte script: only then the LastFirst members are filled. */
export function isDoubleByte(text: string): boolean {
  return /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/.test(text);
}

/** Texts that are not empty, with a separator between. */
export function joined(separator: string, ...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(separator);
}

function words(...texts: readonly string[]): string {
  return joined(' ', ...texts);
}

function bare(word: string | undefined): string {
  return (word ?? '').toLowerCase().replaceAll(/[.,]/g, '');
}
