import { ITEM } from './schema-names.ts';
import type { Property } from './tags.ts';

/**
 * Categories as a property to set: a list, so that the list separator of Windows is not involved; nothing when they are the
 * same, and nothing for none: an empty list is no value of a property, see {@link clearsCategories}.
 */
export function categoryChange(before: readonly string[], after: readonly string[]): readonly Property[] {
  const same = before.length === after.length && before.every((name, at) => name === after[at]);
  return same || after.length === 0 ? [] : [[ITEM.keywords, after]];
}

/** Whether the last categories go: by the member `Categories`, where '' needs no separator. */
export function clearsCategories(before: readonly string[], after: readonly string[]): boolean {
  return after.length === 0 && before.length > 0;
}
