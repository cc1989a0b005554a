/** Text values of content lines: escaping, and the compound values of N, ADR and ORG. */

/**
 * `text` without its escapes, its line ends as LF. Version 2.1 escapes separators only, so there a backslash before anything else is a backslash.
 * @source RFC 2426 5, RFC 6350 3.4, vCard 2.1 2.1.2
 */
export function unescapeText(text: string, version21: boolean): string {
  return text
    .replace(version21 ? /\\[;,:\\]/g : /\\[\s\S]/g, (pair) => (/^\\n$/i.test(pair) ? '\n' : pair.slice(1)))
    .replace(/\r\n|\r/g, '\n');
}

/** `text` with the escapes of version 3.0. */
export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** `text` with escapes for what would break its line only: addresses and uids keep their commas and semicolons. */
export function escapeLine(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(/\r\n|\r|\n/g, '\\n');
}

/** The parts of a compound value, still escaped. */
export function splitEscaped(text: string, separator: ';' | ','): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === separator) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** The parts of a compound value as texts, trimmed; a part that is itself a list has its entries joined by `between`. */
export function readCompound(text: string, version21: boolean, between = ', '): (string | null)[] {
  return splitEscaped(text, ';').map((part) => {
    const entries = version21 ? [part] : splitEscaped(part, ',');
    return textOrNull(
      entries
        .map((entry) => unescapeText(entry, version21).trim())
        .filter(Boolean)
        .join(between),
    );
  });
}

/** The text trimmed, or null when there is none. */
export function textOrNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
