/**
 * Filters of Restrict, Find and GetTable: Jet (`[Name] = 'x'`) and DASL (`@SQL="schema" = 'x'`), parsed into a tree.
 * Not binds before And before Or. @source VBA how-to, filtering items; outlook-objects.md section 3.2
 */
import { fail } from './fault.ts';

export type Comparison = '=' | '<>' | '<' | '>' | '<=' | '>=' | 'like' | 'ci_startswith' | 'ci_phrasematch';
export type Literal = string | number | boolean;
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'compare'; readonly name: string; readonly how: Comparison; readonly value: Literal }
  | { readonly kind: 'null'; readonly name: string };
export type ParsedFilter = { readonly language: 'jet' | 'dasl'; readonly filter: Filter };

type Token =
  | { readonly kind: 'name' | 'text'; readonly text: string }
  | { readonly kind: 'word' | 'sign'; readonly text: string };

/** @throws INVALID_ARGUMENT for what is no filter */
export function parseFilter(source: string): ParsedFilter {
  const language = source.startsWith('@SQL=') ? 'dasl' : 'jet';
  const tokens = tokenize(language === 'dasl' ? source.slice(5) : source, language);
  const parser = new FilterParser(tokens, language);
  const filter = parser.either();
  if (!parser.done) return fail('INVALID_ARGUMENT', 'filter');
  return { language, filter };
}

/** Whether any part of the filter asks the content index. */
export function usesContentIndex(filter: Filter): boolean {
  if (filter.kind === 'compare') return filter.how.startsWith('ci_');
  if (filter.kind === 'null') return false;
  return filter.kind === 'not'
    ? usesContentIndex(filter.of)
    : usesContentIndex(filter.left) || usesContentIndex(filter.right);
}

const REST = String.raw`(?<sign><=|>=|<>|[=<>()])|(?<word>[A-Za-z_]\w*|-?\d+(?:\.\d+)?)`;
const TEXT = `'(?<single>(?:[^']|'')*)'`;
const PATTERNS = {
  jet: String.raw`\s*(?:\[(?<name>[^\]]+)\]|${TEXT}|"(?<double>(?:[^"]|"")*)"|${REST})`,
  dasl: String.raw`\s*(?:"(?<name>[^"]+)"|${TEXT}|${REST})`,
};

function tokenize(source: string, language: 'jet' | 'dasl'): readonly Token[] {
  const pattern = new RegExp(PATTERNS[language], 'y');
  const tokens: Token[] = [];
  while (pattern.lastIndex < source.trimEnd().length) {
    const found = pattern.exec(source)?.groups ?? fail('INVALID_ARGUMENT', 'filter');
    tokens.push(token(found));
  }
  return tokens;
}

function token({ name, single, double, sign, word }: Readonly<Record<string, string | undefined>>): Token {
  if (name !== undefined) return { kind: 'name', text: name };
  if (single !== undefined) return { kind: 'text', text: single.replaceAll("''", "'") };
  if (double !== undefined) return { kind: 'text', text: double.replaceAll('""', '"') };
  return sign === undefined ? { kind: 'word', text: word ?? '' } : { kind: 'sign', text: sign };
}

class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #language: 'jet' | 'dasl';
  #at = 0;

  constructor(tokens: readonly Token[], language: 'jet' | 'dasl') {
    this.#tokens = tokens;
    this.#language = language;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  either(): Filter {
    let left = this.#both();
    while (this.#word('or')) left = { kind: 'or', left, right: this.#both() };
    return left;
  }

  #both(): Filter {
    let left = this.#one();
    while (this.#word('and')) left = { kind: 'and', left, right: this.#one() };
    return left;
  }

  #one(): Filter {
    if (this.#word('not')) return { kind: 'not', of: this.#one() };
    if (this.#sign('(')) {
      const inner = this.either();
      return this.#sign(')') ? inner : fail('INVALID_ARGUMENT', 'filter');
    }
    return this.#comparison();
  }

  #comparison(): Filter {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== 'name') return fail('INVALID_ARGUMENT', 'filter');
    const name = token.text;
    if (this.#language === 'dasl' && this.#word('is')) {
      const negated = this.#word('not');
      if (!this.#word('null')) return fail('INVALID_ARGUMENT', 'filter');
      return negated ? { kind: 'not', of: { kind: 'null', name } } : { kind: 'null', name };
    }
    return { kind: 'compare', name, how: this.#operator(), value: this.#literal() };
  }

  #operator(): Comparison {
    const token = this.#tokens[this.#at++];
    const text = token?.text.toLowerCase() ?? '';
    const signs = ['=', '<>', '<', '>', '<=', '>='];
    const words = this.#language === 'dasl' ? ['like', 'ci_startswith', 'ci_phrasematch'] : [];
    const known = token?.kind === 'sign' ? signs.includes(text) : token?.kind === 'word' && words.includes(text);
    return known ? (text as Comparison) : fail('INVALID_ARGUMENT', 'filter');
  }

  #literal(): Literal {
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'text') return token.text;
    if (token?.kind !== 'word') return fail('INVALID_ARGUMENT', 'filter');
    if (/^(true|false)$/i.test(token.text)) return token.text.toLowerCase() === 'true';
    const number = Number(token.text);
    return Number.isNaN(number) ? fail('INVALID_ARGUMENT', 'filter') : number;
  }

  #word(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#at++;
    return true;
  }

  #sign(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    this.#at++;
    return true;
  }
}
