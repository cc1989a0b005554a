import type { Appointment } from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';

/**
 * Category names. Outlook joins them with the list separator of Windows as soon as the user touches them, so that no name may hold one.
 * @loss separators (, ; and their Arabic and wide forms) become blanks, blanks are joined, names are cut at 255, case variants are one
 * @source MS-OXCICAL 2.1.3.1.1.20.3; outlook-calendar.md 7.3
 */
export const categories: Field<Appointment, readonly string[]> = patching({
  read: (item) => survives(item.categories),
  write: (item, value) => {
    const names = survives(value).map((name) => item.categories.find((known) => keyOf(known) === keyOf(name)) ?? name);
    return { ...item, categories: names };
  },
  survives,
});

function survives(names: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const name of names.map(clean)) if (name !== '' && !found.has(keyOf(name))) found.set(keyOf(name), name);
  return [...found.values()];
}

function clean(name: string): string {
  return name
    .replace(/[,;\u061b\ufe54\uff1b\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 255)
    .trim();
}

function keyOf(name: string): string {
  return clean(name).toLowerCase();
}
