import type { Contact } from '../../../domain/contact.ts';
import { bind } from '../../contact/bind.ts';
import { categoryName, categoryNames } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';

/** The categories of a contact or a distribution list. */
export function categories<S extends { readonly categories: readonly string[] }>(): Field<
  S,
  Pick<Contact, 'categories'>
> {
  return patching<S, Pick<Contact, 'categories'>>({
    read: (item) => ({ categories: categoryNames(item.categories) }),
    write: (item, value) => {
      const names = categoryNames(value.categories);
      const bound = bind(names, item.categories, [{ value: (name) => name, entry: categoryName }]);
      return { ...item, categories: names.map((name, at) => bound[at] ?? name) };
    },
    survives: (value) => ({ categories: categoryNames(value.categories) }),
  });
}
