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
 * Categories are references to tags, told apart by their names.
 * @loss a name that no tag has: the server drops it, so its tag must be made before
 */
export function categories(tagFor: TagFor): Field<VCard, Pick<Contact, 'categories'>> {
  return patching({
    read: (card) => ({ categories: categoryNames((card.explanatory?.categories ?? []).map((tag) => tag.label)) }),
    write: (card, value) => {
      const names = categoryNames(value.categories);
      const rule = { value: (name: string) => name, entry: (tag: TagRef) => categoryName(tag.label) };
      const bound = bind(names, card.explanatory?.categories ?? [], [rule]);
      return withExplanatory(card, {
        categories: names.map((name, at) => bound[at] ?? tagFor(name) ?? unknownTag(name)),
      });
    },
    survives: (value) => ({ categories: categoryNames(value.categories) }),
  });
}

function unknownTag(label: string): TagRef {
  return { containerUid: null, itemUid: null, label, color: null };
}
