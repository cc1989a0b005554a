import { normalPlain } from '../rich-text.ts';

/** Text of one line in the form of the domain: no control characters, runs of blanks as one, none at the ends. */
export function oneLine(text: string | null | undefined): string {
  return text ? normalPlain(text).replace(/\s+/g, ' ').trim() : '';
}

/** Text of a few lines (a street) in the form of the domain: LF between lines, no blank lines at the ends. */
export function someLines(text: string | null | undefined): string {
  return text ? normalPlain(text).replace(/^\s+/, '') : '';
}

/** A category's name as both sides can hold it: without the separators of Outlook's lists, at most 255 characters. */
export function categoryName(label: string | null | undefined): string {
  // @source [MS-OXICAL] 2.1.3.1.1.20.3: , ; U+061B U+FE54 U+FF1B cannot be part of a name
  return oneLine(oneLine(label).replace(/[,;\u061b\ufe54\uff1b]/g, ' '))
    .slice(0, 255)
    .trim();
}

/** The names of categories, each once whatever its letter case. */
export function categoryNames(labels: readonly (string | null | undefined)[]): readonly string[] {
  const names = new Map<string, string>();
  for (const label of labels) {
    const name = categoryName(label);
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}
