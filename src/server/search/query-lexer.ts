import { fault } from '../kernel/fault.ts';

/** One sign of a query: a bracket, an operator, `field:`, or a piece of text to look for. */
export type Token =
  | { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' | '+' | '-' }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'word'; readonly pattern: Pattern }
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly open: readonly [boolean, boolean] };

/** A word with its wildcards: each part stands for itself, `*` for any run of characters, `?` for one. */
export type Pattern = readonly (string | { readonly wild: '*' | '?' })[];

/** @units characters; what a person or a client writes is far below */
const LONGEST = 10_000;

/** The signs of an Elasticsearch query string. @throws INVALID_QUERY */
export function lexQuery(query: string): readonly Token[] {
  if (query.length > LONGEST) throw fault('INVALID_QUERY', 'The search is too long.');
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const char = query[at] ?? '';
    if (/\s/.test(char)) at++;
    else if (char === '(' || char === ')') {
      tokens.push({ kind: char });
      at++;
    } else if (char === '"') at = lexPhrase(query, at, tokens);
    else if (char === '[' || char === '{') at = lexRange(query, at, tokens);
    else if (/^(&&|\|\|)/.test(query.slice(at, at + 2))) {
      tokens.push({ kind: char === '&' ? 'AND' : 'OR' });
      at += 2;
    } else if (char === '!' || ((char === '+' || char === '-') && /\S/.test(query[at + 1] ?? ' '))) {
      tokens.push({ kind: char === '!' ? 'NOT' : (char as '+' | '-') });
      at++;
    } else at = lexWord(query, at, tokens);
  }
  return tokens;
}

function lexPhrase(query: string, from: number, tokens: Token[]): number {
  let text = '';
  for (let at = from + 1; at < query.length; at++) {
    const char = query[at] ?? '';
    if (char === '"') {
      tokens.push({ kind: 'phrase', text });
      return skipBoost(query, at + 1);
    }
    if (char === '\\') at++;
    text += query[at] ?? '';
  }
  throw fault('INVALID_QUERY', 'The search has a quotation mark without its other half.');
}

function lexRange(query: string, from: number, tokens: Token[]): number {
  const end = query.slice(from).search(/[\]}]/);
  const words = /^\s*(\S+)\s+TO\s+(\S+)\s*$/.exec(query.slice(from + 1, end < 0 ? from : from + end));
  if (words === null) throw fault('INVALID_QUERY', 'A range in a search reads [from TO to].');
  const [, low = '', high = ''] = words;
  const open = [query[from] === '{', query[from + end] === '}'] as const;
  tokens.push({ kind: 'range', from: unquote(low), to: unquote(high), open });
  return skipBoost(query, from + end + 1);
}

function unquote(text: string): string {
  return text.replaceAll('"', '').replace(/\\(.)/g, '$1').toLowerCase();
}

const OPERATORS = new Set(['AND', 'OR', 'NOT']);

/** A word, or the name of a field when a colon follows it. */
function lexWord(query: string, from: number, tokens: Token[]): number {
  const parts: Pattern[number][] = [];
  let text = '';
  let escaped = false;
  let at = from;
  for (; at < query.length; at++) {
    const char = query[at] ?? '';
    if (char === '\\' && at + 1 < query.length) {
      at++;
      text += query[at] ?? '';
      escaped = true;
    } else if (/[\s()"]/.test(char)) break;
    else if (char === ':') {
      if (parts.length === 0 && text !== '') {
        tokens.push({ kind: 'field', path: text });
        return at + 1;
      }
      text += char;
    } else if (char === '*' || char === '?') {
      if (text !== '') parts.push(text);
      parts.push({ wild: char });
      text = '';
    } else text += char;
  }
  if (!escaped && parts.length === 0 && OPERATORS.has(text)) tokens.push({ kind: text as 'AND' | 'OR' | 'NOT' });
  else tokens.push({ kind: 'word', pattern: withoutBoost([...parts, ...(text === '' ? [] : [text])]) });
  return at;
}

/** A word without `~2` (likeness) and `^4` (weight), which this search does not grade. */
function withoutBoost(pattern: Pattern): Pattern {
  return pattern
    .map((part, index) =>
      typeof part === 'string' && index === pattern.length - 1 ? part.replace(/(.)[~^][\d.]*$/, '$1') : part,
    )
    .filter((part) => part !== '');
}

function skipBoost(query: string, at: number): number {
  return at + (/^[~^][\d.]*/.exec(query.slice(at, at + 10))?.[0].length ?? 0);
}
