/** A piece of HTML: text as written (references not decoded), or a tag by its lower-case name and what stands behind the name. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly name: string; readonly attributes: string };

/** Elements whose content is no text for a reader; everything up to their end tag is left out. */
const HIDDEN = new Set(['script', 'style', 'title', 'template', 'noscript', 'xml']);

/**
 * The tags and texts of an HTML fragment, however broken, in time proportional to its length: what is not a tag is text,
 * comments and declarations are left out.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  // One tag whose quotes do not pair is enough to stop believing in quotes: else each further tag would be read to the end.
  let quotes = true;
  const unclosed = new Set<string>();
  for (let at = 0; at < html.length; ) {
    const start = nextTag(html, at);
    if (start > at) yield { kind: 'text', text: html.slice(at, start) };
    if (start === html.length) return;
    const declaration = endOfDeclaration(html, start);
    if (declaration !== undefined) {
      at = declaration;
      continue;
    }
    let end = quotes ? endOfTag(html, start) : -1;
    if (end < 0) {
      quotes = false;
      end = html.indexOf('>', start);
    }
    if (end < 0) {
      yield { kind: 'text', text: html.slice(start) };
      return;
    }
    const tag = readTag(html.slice(start + 1, end));
    yield tag;
    at = end + 1;
    if (tag.kind === 'close' || !HIDDEN.has(tag.name) || unclosed.has(tag.name)) continue;
    const close = endOfHidden(html, at, tag.name);
    if (close < 0) unclosed.add(tag.name);
    else at = close;
  }
}

/** The value of an attribute, '' when there is none; references are not decoded. */
export function attributeOf(attributes: string, name: string): string {
  const pattern = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (const [, key, double, single, bare] of attributes.matchAll(pattern)) {
    if (key?.toLowerCase() === name) return double ?? single ?? bare ?? '';
  }
  return '';
}

/** Where the next `<` stands that opens a tag, a comment or a declaration; the length when there is none. */
function nextTag(html: string, from: number): number {
  for (let at = html.indexOf('<', from); at >= 0; at = html.indexOf('<', at + 1)) {
    if (/[A-Za-z/!?]/.test(html.charAt(at + 1))) return at;
  }
  return html.length;
}

/** Behind a comment or declaration; an unclosed comment takes the rest. undefined: it is a tag. */
function endOfDeclaration(html: string, start: number): number | undefined {
  const comment = html.startsWith('<!--', start);
  const mark = html.charAt(start + 1);
  if (!comment && mark !== '!' && mark !== '?') return undefined;
  const close = comment ? '-->' : '>';
  const end = html.indexOf(close, start + 2);
  return end < 0 ? html.length : end + close.length;
}

/** The `>` that ends the tag, not one in a quoted attribute; -1 when there is none. */
function endOfTag(html: string, start: number): number {
  for (let at = start + 1; at < html.length; at++) {
    const char = html.charAt(at);
    if (char === '>') return at;
    if ((char === '"' || char === "'") && /[=\s]/.test(html.charAt(at - 1))) {
      const close = html.indexOf(char, at + 1);
      if (close < 0) return -1;
      at = close;
    }
  }
  return -1;
}

function readTag(inside: string): HtmlToken & { readonly kind: 'open' | 'close' } {
  const kind = inside.startsWith('/') ? 'close' : 'open';
  const body = kind === 'close' ? inside.slice(1) : inside;
  const name = /^[^\s/>]*/.exec(body)?.[0] ?? '';
  return { kind, name: name.toLowerCase(), attributes: body.slice(name.length) };
}

/** Where the end tag of a hidden element begins; -1: it is never closed, and hides nothing. */
function endOfHidden(html: string, from: number, name: string): number {
  const end = new RegExp(`</${name}(?![a-z0-9-])`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? -1;
}
