import type { RichText } from '../domain/text.ts';
import { htmlLines } from './html-lines.ts';

/*
 * Longer texts: HTML on the server, plain text in Outlook.
 *
 * Laws (rich-text.property.test.ts): `plainOfHtml(htmlOfPlain(p))` is `normalPlain(p)`, so a text that went through a side as HTML
 * is not a change; both directions take time in proportion to the length, whatever the input.
 */

/** No text. */
export const EMPTY_TEXT: RichText = { plain: '', html: undefined };

/** Plain text with any line ends as a {@link RichText}. */
export function plainText(text: string): RichText {
  return { plain: normalPlain(text), html: undefined };
}

/** An HTML fragment as a {@link RichText}; '', null and undefined are no text. */
export function htmlText(html: string | null | undefined): RichText {
  return html ? { plain: plainOfHtml(html), html } : EMPTY_TEXT;
}

/**
 * The HTML to store for `text` where `current` is stored now: unchanged when it already says these words, so that an edit
 * elsewhere does not cost the text its formatting.
 */
export function htmlFor(text: RichText, current: string | null | undefined): string {
  if (text.html !== undefined) return text.html;
  if (current && plainOfHtml(current) === text.plain) return current;
  return htmlOfPlain(text.plain);
}

/** The plain text to store, CRLF line ends, where `current` is stored now: unchanged when it already says these words. */
export function crlfFor(text: RichText, current: string): string {
  const plain = normalPlain(text.plain);
  return normalPlain(current) === plain ? current : plain.replaceAll('\n', '\r\n');
}

/**
 * Plain text in the form of the domain: LF line ends, no blanks before them, none of the control characters that neither side
 * can store, no-break spaces only where one stands alone (`à 9 h : salle 5`), no empty lines at the end.
 */
export function normalPlain(text: string): string {
  const lines = text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(FORBIDDEN, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .split('\n');
  return lines.map(normalLine).join('\n').trimEnd();
}

/** The inside of an HTML document's body; the fragment itself when there is no body. */
export function bodyOf(html: string): string {
  const open = html.search(/<body[\s>]/i);
  const from = open < 0 ? 0 : html.indexOf('>', open) + 1;
  const close = html.slice(from).search(/<\/body\s{0,9}>/i);
  return html.slice(from, close < 0 ? undefined : from + close).trim();
}

/** Plain text as an HTML fragment that shows the same lines and blanks. */
export function htmlOfPlain(plain: string): string {
  return normalPlain(plain).split('\n').map(lineToHtml).join('<br>');
}

/**
 * HTML as plain text: lines where a reader sees lines, list items with their marks, cells parted by tabs, links with their
 * address behind them, pictures by their description.
 * @loss fonts, colours, pictures, nesting of lists and tables
 */
export function plainOfHtml(html: string): string {
  return normalPlain(htmlLines(html).join('\n'));
}

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"\t]/g, (char) => ESCAPES[char] ?? char);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that it removes
const FORBIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** HTML writes runs of blanks with no-break spaces among them; as text they are blanks again. */
function normalLine(line: string): string {
  return line.replace(/[ \u00a0]{2,}|^\u00a0/g, (run) => ' '.repeat(run.length)).trimEnd();
}

/** In a run of blanks, and at the start of a line, every other blank is a no-break space, or it would not be shown. */
function lineToHtml(line: string): string {
  return escapeHtml(line).replace(/^ +| {2,}/g, (run, at: number) =>
    Array.from(run, (_, nth) => ((nth % 2 === 0) === (at === 0) ? '&nbsp;' : ' ')).join(''),
  );
}
