import { matches } from './match-query.ts';
import { parseQuery } from './query-tree.ts';

/** The members that every search of the API has. */
export type TextQuery = {
  readonly query?: string | null | undefined;
  readonly escapeQuery?: boolean | null | undefined;
};

/** Tells which documents a search wants. With `escapeQuery` its text is taken word for word. @throws INVALID_QUERY */
export function searcher(search: TextQuery | null): (document: unknown) => boolean {
  const text = search?.query?.trim() ?? '';
  const query = parseQuery(search?.escapeQuery === true ? escapeQuery(text) : text);
  return (document) => matches(query, document);
}

/** The part of a result that was asked for; a negative `size` means all. */
export function page<T>(
  values: readonly T[],
  wanted: { readonly from?: number | null | undefined; readonly size?: number | null | undefined } | null,
): readonly T[] {
  const from = Math.max(0, wanted?.from ?? 0);
  const size = wanted?.size ?? -1;
  return values.slice(from, size < 0 ? undefined : from + size);
}

/** As the original does it: every sign of the query language loses its meaning but `:`, `*` and the brackets around values. */
function escapeQuery(text: string): string {
  return text.replace(/[\\+\-!^"~?/{}[\]&|]/g, '\\$&');
}
