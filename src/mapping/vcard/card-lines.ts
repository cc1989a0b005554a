import type { ContentLine } from './content-line.ts';
import { unescapeText } from './text-value.ts';

/** The lines between BEGIN and END of one card, found by property name. */
export type CardLines = {
  /** Version 2.1, which escapes less than the later ones. */
  readonly version21: boolean;
  readonly all: (name: string) => readonly ContentLine[];
  /** The text of the first property with one of these names that has any. */
  readonly first: (...names: readonly string[]) => string | undefined;
  /** The value of a line as text. */
  readonly text: (line: ContentLine) => string;
  /** The label that Apple's programs give to the group of a line. */
  readonly labelOf: (line: ContentLine) => string | undefined;
};

/** Finds lines by name; the version is that of the card, 3.0 when it says none. */
export function cardLines(lines: readonly ContentLine[]): CardLines {
  const byName = new Map<string, ContentLine[]>();
  for (const line of lines) {
    const same = byName.get(line.name);
    if (same === undefined) byName.set(line.name, [line]);
    else same.push(line);
  }
  const all = (name: string) => byName.get(name) ?? [];
  const version21 = all('VERSION')[0]?.value.trim() === '2.1';
  const text = (line: ContentLine) => unescapeText(line.value, version21);
  const labels = new Map(all('X-ABLABEL').map((line) => [line.group, text(line).trim()]));
  return {
    version21,
    all,
    first: (...names) =>
      names
        .flatMap((name) => all(name))
        .map((line) => text(line).trim())
        .find((value) => value !== ''),
    text,
    labelOf: (line) => (line.group === '' ? undefined : labels.get(line.group) || undefined),
  };
}
