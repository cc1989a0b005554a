import { defaultMail } from '../../mapping/vcard/formatted-name.ts';
import type { VCard } from '../../wire/addressbook.ts';
import type { ItemValue } from '../../wire/container.ts';
import { directoryBook } from '../containers/uids.ts';
import { type Collection, type ItemKind, itemValue, openCollection } from '../items/collection.ts';
import type { Access } from '../items/operations.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Session, SYSTEM } from '../kernel/session.ts';
import type { Container, StoredItem } from '../store/store.ts';
import { tagRefs } from '../tags/tag-refs.ts';

export type Book = Collection<VCard>;

/** Groups are found by this second key, so that a changed card need not read its whole book. */
export const GROUPS = 'group';

export const CARDS: ItemKind<VCard> = {
  type: 'addressbook',
  byId: 'vcard-by-id',
  describe: (card) => ({
    displayName: card.identification?.formatedName?.value ?? '',
    lookup: card.kind === 'group' ? GROUPS : '',
  }),
};

/** Opens a book. @throws NOT_FOUND, PERMISSION_DENIED, also for writing into the directory [AB30] */
export function openBook(
  caller: { readonly kernel: Kernel; readonly session: Session },
  containerUid: string,
  verb: Access,
): Book {
  const book = openCollection(CARDS, caller, containerUid, verb);
  if (verb !== 'Read' && isDirectory(book.container) && book.session.user !== SYSTEM.user)
    throw fault('PERMISSION_DENIED', 'The book of the directory follows the directory: change the entries there.');
  return book;
}

/** Whether the book is the one that the server fills from the directory. */
function isDirectory(container: Container): boolean {
  return container.uid === directoryBook(container.domain);
}

/** Cards as they are answered: the tags as they are now. */
export function presentCards(book: Book, items: readonly StoredItem[]): readonly ItemValue<VCard>[] {
  const refs = tagRefs(book.kernel);
  return items.map((item) => {
    const card = cardOf(item);
    const categories = refs(card.explanatory?.categories);
    return itemValue(item, { ...card, explanatory: { ...card.explanatory, categories: [...categories] } });
  });
}

export function cardOf(item: StoredItem): VCard {
  return JSON.parse(item.value) as VCard;
}

/** Every address of a card, lower-case. */
export function mailsOf(card: VCard): readonly string[] {
  return (card.communications?.emails ?? []).flatMap((email) => (email.value ? [email.value.toLowerCase()] : []));
}

/** What members of groups are told about a card: when this stays, groups need no change. */
export function faceOf(card: VCard): string {
  return JSON.stringify([card.kind, card.identification?.formatedName?.value, defaultMail(card), mailsOf(card)]);
}
