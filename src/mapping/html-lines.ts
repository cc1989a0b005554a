import { decodeReferences } from './html-entities.ts';
import { attributeOf, htmlTokens } from './html-tokens.ts';

/** The lines a reader of an HTML fragment sees, as plain text. */
export function htmlLines(html: string): readonly string[] {
  const page: Page = {
    lines: [],
    line: '',
    blank: false,
    glue: true,
    mark: false,
    pre: 0,
    fresh: false,
    lists: [],
    link: undefined,
  };
  for (const token of htmlTokens(html)) {
    if (token.kind === 'text') addText(page, token.text);
    else if (token.kind === 'open') openElement(page, token.name, token.attributes);
    else closeElement(page, token.name);
  }
  endLine(page);
  return page.lines;
}

/** What has been laid out so far. */
type Page = {
  readonly lines: string[];
  line: string;
  /** A blank is due before the next word. */
  blank: boolean;
  /** The next word stands where a line, an item or a cell begins: no blank before it. */
  glue: boolean;
  /** Nothing stands on the line yet but an item's mark: a block in the item begins on this line. */
  mark: boolean;
  /** How many `pre` elements are open. */
  pre: number;
  /** A `pre` element was opened just now: a line end that follows is not part of it. */
  fresh: boolean;
  /** For each open list the number of its next item; undefined: it has no numbers. */
  readonly lists: (number | undefined)[];
  link: { readonly href: string; label: string } | undefined;
};

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

function addText(page: Page, text: string): void {
  if (page.pre > 0) {
    addLines(page, text);
    return;
  }
  // Split before references are decoded: a blank written as a reference is meant.
  for (const word of text.split(/([ \t\n\f\r]+)/)) {
    if (word === '') continue;
    if (/^[ \t\n\f\r]/.test(word)) page.blank = true;
    else addWord(page, decodeReferences(word));
  }
}

/** Text of a `pre` element, blanks and line ends as they are. */
function addLines(page: Page, text: string): void {
  const lines = decodeReferences(text).replace(/\r\n?/g, '\n').split('\n');
  if (page.fresh && lines.length > 1 && lines[0] === '') lines.shift();
  page.fresh = false;
  lines.forEach((line, at) => {
    if (at > 0) breakLine(page);
    if (line !== '') addWord(page, line);
  });
}

function addWord(page: Page, word: string): void {
  const text = page.blank && !page.glue ? ` ${word}` : word;
  page.line += text;
  if (page.link !== undefined) page.link.label += text;
  page.blank = false;
  page.glue = false;
  page.mark = false;
}

function openElement(page: Page, name: string, attributes: string): void {
  if (BLOCKS.has(name)) endLine(page);
  if (name === 'br') breakLine(page);
  else if (name === 'p') startParagraph(page, attributes);
  else if (name === 'ul') page.lists.push(undefined);
  else if (name === 'ol') page.lists.push(1);
  else if (name === 'li') startItem(page);
  else if (name === 'a') page.link = { href: decodeReferences(attributeOf(attributes, 'href')), label: '' };
  else if (name === 'img') addText(page, attributeOf(attributes, 'alt'));
  else if (name === 'pre') {
    page.pre++;
    page.fresh = true;
  }
}

function closeElement(page: Page, name: string): void {
  if (name === 'a') endLink(page);
  if (name === 'li') page.mark = false;
  if (BLOCKS.has(name)) endLine(page);
  if (name === 'pre') page.pre = Math.max(0, page.pre - 1);
  else if (name === 'ul' || name === 'ol') page.lists.pop();
  else if ((name === 'td' || name === 'th') && page.line !== '') {
    page.line += '\t';
    page.glue = true;
  }
}

function breakLine(page: Page): void {
  page.lines.push(page.line);
  page.line = '';
  page.blank = false;
  page.glue = true;
  page.mark = false;
}

/** Ends the line when something stands on it. */
function endLine(page: Page): void {
  if (page.line !== '' && !page.mark) breakLine(page);
  page.blank = false;
}

/** Paragraphs stand apart, but not those of Outlook, which have no margins. */
function startParagraph(page: Page, attributes: string): void {
  const apart = page.line === '' && page.lines.length > 0 && page.lines.at(-1) !== '';
  if (apart && !/^mso/i.test(attributeOf(attributes, 'class'))) page.lines.push('');
}

function startItem(page: Page): void {
  const number = page.lists.at(-1);
  if (page.lists.length > 0) page.lists[page.lists.length - 1] = number === undefined ? undefined : number + 1;
  page.line += number === undefined ? '- ' : `${number}. `;
  page.glue = true;
  page.mark = true;
}

/** The address behind the words of a link, unless the words are the address. */
function endLink(page: Page): void {
  const link = page.link;
  page.link = undefined;
  if (link === undefined || !/^https?:/i.test(link.href)) return;
  const bare = (url: string) =>
    url
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '');
  if (bare(link.label) === bare(link.href)) return;
  page.blank = true;
  addWord(page, `<${link.href.trim()}>`);
}
