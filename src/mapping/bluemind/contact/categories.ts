import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import type { TagRef } from '../../../wire/tags.ts';
import { bind } from '../../contact/bind.ts';
import { categoryName, categoryNames } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withExplanatory } from './put.ts';

/** The tag of this name, whatever its letter case; undefined: there is none yet. */
export type TagFor = (label: string) => TagRef | undefined;

/**
 * Categories are references to tags, told apart by their names. A reference that stays keeps its tag; references without a name
 * (to a tag that is gone) are left alone.
 * @loss a name that no tag has: the server fails on a reference without a tag, so the caller makes the tags before he writes
 */
export function categories(tagFor: TagFor): Field<VCard, Pick<Contact, 'categories'>> {
  return patching({
    read: (card) => ({ categories: categoryNames(entriesOf(card).map((tag) => tag.label)) }),
    write: (card, value) => {
      const names = categoryNames(value.categories);
      const entries = entriesOf(card);
      const rule = { value: (name: string) => name.toLowerCase(), entry: (tag: TagRef) => keyOf(tag) };
      const bound = bind(names, entries, [rule]);
      const written = names.flatMap((name, at) => bound[at] ?? tagFor(name) ?? []);
      return withExplanatory(card, { categories: [...written, ...entries.filter((tag) => keyOf(tag) === undefined)] });
    },
    survives: (value) => ({ categories: categoryNames(value.categories) }),
  });
}

function entriesOf(card: VCard): readonly TagRef[] {
  return card.explanatory?.categories ?? [];
}

function keyOf(tag: TagRef): string | undefined {
  return categoryName(tag.label).toLowerCase() || undefined;
}
