/** Notes: plain text in a vCard, an HTML fragment on the wire. */

/** Plain text as an HTML fragment; a text without line ends and markup characters stays as it is. */
export function noteFromPlain(plain: string): string {
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r\n|\r|\n/g, '<br>');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** The text of an HTML fragment: line breaks where it breaks lines, no markup, no scripts or styles. */
export function plainFromNote(html: string): string {
  const parts: string[] = [];
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    if (open < 0 || !/[a-z/!?]/i.test(html[open + 1] ?? '')) {
      const end = open < 0 ? html.length : open + 1;
      parts.push(html.slice(at, end));
      at = end;
      continue;
    }
    parts.push(html.slice(at, open));
    const close = html.indexOf('>', open);
    const tag = html.slice(open + 1, close < 0 ? html.length : close).toLowerCase();
    parts.push(breakOf(tag));
    at = close < 0 ? html.length : skipRaw(html, tag, close + 1);
  }
  return decodeEntities(parts.join('')).trim();
}

/** What stands in plain text for a tag. */
function breakOf(tag: string): string {
  return /^(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b/.test(tag) ? '\n' : '';
}

/** Where reading goes on: behind the closing tag of scripts and styles, whose contents are no text. */
function skipRaw(html: string, tag: string, from: number): number {
  const name = /^(script|style)\b/.exec(tag)?.[1];
  if (name === undefined) return from;
  const end = html.toLowerCase().indexOf(`</${name}`, from);
  return end < 0 ? html.length : end;
}

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase()) ?? whole;
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
  });
}
