/**
 * Lists that the object model shows as one text: categories, companies, children. Joined and split by the list separator of
 * Windows, which differs between regions. @source outlook-objects.md section 9
 */
import type { Locale } from './locale.ts';

/** The values with the separator and a blank between. */
export function joinList(values: readonly string[], { listSeparator }: Locale): string {
  return values.join(`${listSeparator} `);
}

/** The values of a text; blanks around them go, and what differs in case only counts once. */
export function splitList(joined: string, { listSeparator }: Locale): readonly string[] {
  const seen = new Set<string>();
  return joined
    .split(listSeparator)
    .map((value) => value.trim())
    .filter((value) => {
      const known = value === '' || seen.has(value.toLowerCase());
      seen.add(value.toLowerCase());
      return !known;
    });
}
