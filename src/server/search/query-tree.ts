import { fault } from '../kernel/fault.ts';
import { lexQuery, type Pattern, type Token } from './query-lexer.ts';

/** What a search asks for. `path` undefined = any text of the document. */
export type Query =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Query[] }
  | { readonly kind: 'not'; readonly part: Query }
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'word'; readonly path: string | undefined; readonly pattern: Pattern }
  | { readonly kind: 'phrase'; readonly path: string | undefined; readonly text: string }
  | {
      readonly kind: 'range';
      readonly path: string | undefined;
      readonly from: string;
      readonly to: string;
      readonly open: readonly [boolean, boolean];
    };

/** Brackets deeper than this are nobody's search. */
const DEEPEST = 40;

/**
 * The query that a text says, in the part of Elasticsearch's query strings that clients use: `field:word`, `field:(a OR b)`,
 * phrases in quotes, `*` and `?`, AND, OR, NOT, `+`, `-`, brackets, ranges, `_exists_:field`. Parts without an operator between
 * them must all be there.
 * @throws INVALID_QUERY
 */
export function parseQuery(text: string): Query {
  const reader = { tokens: lexQuery(text), at: 0 };
  if (reader.tokens.length === 0) return { kind: 'all' };
  const query = readAny(reader, undefined, 0);
  if (reader.at < reader.tokens.length)
    throw fault('INVALID_QUERY', 'The search has a bracket without its other half.');
  return query;
}

type Reader = { readonly tokens: readonly Token[]; at: number };
type Path = string | undefined;

function peek(reader: Reader): Token['kind'] | undefined {
  return reader.tokens[reader.at]?.kind;
}

function readAny(reader: Reader, path: Path, depth: number): Query {
  if (depth > DEEPEST) throw fault('INVALID_QUERY', 'The search has too many brackets inside each other.');
  const parts = [readEvery(reader, path, depth)];
  while (peek(reader) === 'OR') {
    reader.at++;
    parts.push(readEvery(reader, path, depth));
  }
  return single('or', parts);
}

function readEvery(reader: Reader, path: Path, depth: number): Query {
  const parts: Query[] = [];
  for (let next = peek(reader); next !== undefined && next !== ')' && next !== 'OR'; next = peek(reader)) {
    if (next === 'AND' && parts.length > 0) reader.at++;
    parts.push(readPart(reader, path, depth));
  }
  if (parts.length === 0) throw fault('INVALID_QUERY', 'The search has an operator without anything to look for.');
  return single('and', parts);
}

function single(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function readPart(reader: Reader, path: Path, depth: number): Query {
  const token = reader.tokens[reader.at++];
  switch (token?.kind) {
    case 'NOT':
    case '-':
      if (depth > DEEPEST) throw fault('INVALID_QUERY', 'The search has too many signs inside each other.');
      return { kind: 'not', part: readPart(reader, path, depth + 1) };
    case '+':
      return readPart(reader, path, depth + 1);
    case 'field':
      return readField(reader, token.path, depth);
    case '(': {
      const query = readAny(reader, path, depth + 1);
      if (peek(reader) !== ')') throw fault('INVALID_QUERY', 'The search has a bracket without its other half.');
      reader.at++;
      return query;
    }
    case 'word':
      return isEverything(token.pattern) ? everything(path) : { ...token, path };
    case 'phrase':
    case 'range':
      return { ...token, path };
    default:
      throw fault('INVALID_QUERY', 'The search has an operator without anything to look for.');
  }
}

function readField(reader: Reader, name: string, depth: number): Query {
  const part = readPart(reader, name === '*' ? undefined : name, depth + 1);
  if (name !== '_exists_') return part;
  if (part.kind !== 'word') throw fault('INVALID_QUERY', 'What must exist is named by one word.');
  return {
    kind: 'exists',
    path: part.pattern.map((piece) => (typeof piece === 'string' ? piece : piece.wild)).join(''),
  };
}

function isEverything(pattern: Pattern): boolean {
  return pattern.length === 1 && typeof pattern[0] === 'object' && pattern[0].wild === '*';
}

function everything(path: Path): Query {
  return path === undefined ? { kind: 'all' } : { kind: 'exists', path };
}
