/**
 * The few words of XML that Outlook's hidden settings need: find an element by its path and put another content into it, leaving
 * every other character as it is. Elements may have a prefix and attributes; the same name is not nested in itself.
 */

/** Where the content of an element stands in a text. */
type Span = { readonly from: number; readonly to: number };

/** The content of the first element of this path; undefined when there is none. */
export function contentAt(xml: string, path: readonly string[]): string | undefined {
  const span = spanOf(xml, path);
  return span && xml.slice(span.from, span.to);
}

/** The text with another content at the path; as it was when there is no such element. */
export function withContentAt(xml: string, path: readonly string[], content: string): string {
  const span = spanOf(xml, path);
  return span === undefined ? xml : xml.slice(0, span.from) + content + xml.slice(span.to);
}

function spanOf(xml: string, path: readonly string[]): Span | undefined {
  let span: Span | undefined = { from: 0, to: xml.length };
  for (const name of path) {
    span = span && elementIn(xml, span, name);
  }
  return span;
}

function elementIn(xml: string, { from, to }: Span, name: string): Span | undefined {
  const within = xml.slice(from, to);
  const open = new RegExp(`<((?:[A-Za-z_][\\w.-]*:)?${name})(?:\\s[^<>]*)?(?<!/)>`).exec(within);
  if (open === null) return undefined;
  const start = open.index + open[0].length;
  const close = new RegExp(`</${open[1]}\\s*>`).exec(within.slice(start));
  return close === null ? undefined : { from: from + start, to: from + start + close.index };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Words of a content, without the markup's escapes. */
export function plainText(content: string): string {
  return content.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity).trim();
}

export function escapedText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
