import { unreachable } from '../../base/assert.ts';
import type { Pattern } from './query-lexer.ts';
import type { Query } from './query-tree.ts';

/**
 * Whether a JSON document fits a query. Texts are compared as an index would: lower-case, without accents, word by word, so
 * that `dup` finds "Dup" and not "Dupont" while `dup*` finds both; a mail address counts as one word and as its parts.
 */
export function matches(query: Query, document: unknown): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.parts.every((part) => matches(part, document));
    case 'or':
      return query.parts.some((part) => matches(part, document));
    case 'not':
      return !matches(query.part, document);
    case 'exists':
      return textsAt(document, query.path).length > 0;
    case 'word':
      return textsAt(document, query.path).some((text) => hasWord(text, foldPattern(query.pattern)));
    case 'phrase': {
      const wanted = wordsOf(query.text).join(' ');
      return textsAt(document, query.path).some((text) => ` ${wordsOf(text).join(' ')} `.includes(` ${wanted} `));
    }
    case 'range':
      return textsAt(document, query.path).some((text) => inRange(fold(text), query));
    default:
      return unreachable(query);
  }
}

/** The texts at a path of a document, lists and all; every text of it without a path. Numbers and flags are texts here. */
function textsAt(document: unknown, path: string | undefined): readonly string[] {
  if (path === undefined) return leaves(document, []);
  let found: readonly unknown[] = [document];
  for (const step of path.split('.')) {
    found = found
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .flatMap((value) => membersOf(value, step));
  }
  return found.flatMap((value) => leaves(value, []));
}

function membersOf(value: unknown, step: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*') return Object.values(value);
  return Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : [];
}

function leaves(value: unknown, into: string[]): string[] {
  if (value === null || value === undefined || value === '') return into;
  if (typeof value === 'object') for (const member of Object.values(value)) leaves(member, into);
  else into.push(String(value));
  return into;
}

/** Lower-case, without accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function foldPattern(pattern: Pattern): Pattern {
  return pattern.map((part) => (typeof part === 'string' ? fold(part) : part));
}

/** Whether the whole text, a run without blanks, or a word of it fits. A plain text of several words must be there in a row. */
function hasWord(text: string, pattern: Pattern): boolean {
  const whole = fold(text);
  const candidates = [whole, ...whole.split(/\s+/), ...wordsOf(text)];
  if (candidates.some((candidate) => fits(candidate, pattern))) return true;
  const [only] = pattern;
  if (pattern.length !== 1 || typeof only !== 'string') return false;
  const wanted = wordsOf(only);
  return wanted.length > 1 && ` ${wordsOf(text).join(' ')} `.includes(` ${wanted.join(' ')} `);
}

/** Wildcards by going back to the last `*` only, so that the work stays below text × pattern. */
function fits(text: string, pattern: Pattern): boolean {
  const signs: Pattern = pattern.flatMap((part): Pattern => (typeof part === 'string' ? [...part] : [part]));
  const chars = [...text];
  let at = 0;
  let sign = 0;
  let star = -1;
  let resume = 0;
  while (at < chars.length) {
    const wanted = signs[sign];
    if (typeof wanted === 'object' && wanted.wild === '*') {
      star = sign++;
      resume = at;
    } else if (wanted !== undefined && (typeof wanted === 'object' || wanted === chars[at])) {
      at++;
      sign++;
    } else if (star >= 0) {
      sign = star + 1;
      at = ++resume;
    } else return false;
  }
  return signs.slice(sign).every((rest) => typeof rest === 'object' && rest.wild === '*');
}

type Range = { readonly from: string; readonly to: string; readonly open: readonly [boolean, boolean] };

function inRange(text: string, { from, to, open }: Range): boolean {
  const above = from === '*' || (open[0] ? compare(text, from) > 0 : compare(text, from) >= 0);
  return above && (to === '*' || (open[1] ? compare(text, to) < 0 : compare(text, to) <= 0));
}

/** Numbers as numbers, everything else as text. */
function compare(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
