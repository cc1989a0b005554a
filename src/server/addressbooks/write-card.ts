import type { VCard } from '../../wire/addressbook.ts';
import { createItem, mustFindItem, removeItem, updateItem } from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import type { StoredItem } from '../store/store.ts';
import { tagRefs } from '../tags/tag-refs.ts';
import { type Book, cardOf, faceOf } from './cards.ts';
import { cleanMembers, refreshGroups } from './members.ts';
import { sanitizeCard } from './sanitize-card.ts';
import { validateCard } from './validate-card.ts';

/** How many cards a book that is nobody's but a person's may hold. @source fact sheet 5.4 */
export const MOST_CARDS = 15_000;

/** The name under which the photo of a card is kept beside it. */
export const PHOTO = 'photo';

/** A photo that goes with a write: bytes to set, none to delete, `undefined` to keep. */
export type NewPhoto = Uint8Array | undefined;

/** Stores a new card. @throws ALREADY_EXISTS, MAX_ITEM_COUNT, and what a card must be */
export function createCard(
  book: Book,
  uid: string,
  card: VCard | null,
  more: { readonly id?: number | undefined; readonly photo?: NewPhoto } = {},
): StoredItem {
  return book.kernel.store.transaction(() => {
    if (roomLeft(book) < 1) throw fullBook();
    const clean = withPhoto(preparedCard(book, card), hasBytes(more.photo));
    const item = createItem(book, uid, clean, { id: more.id });
    keepPhoto(book, item, more.photo);
    refreshGroups(book, uid);
    return item;
  });
}

/** Replaces a card; the photo stays unless one is given. @throws NOT_FOUND, and what a card must be */
export function updateCard(book: Book, uid: string, card: VCard | null, photo?: NewPhoto): StoredItem {
  return book.kernel.store.transaction(() => {
    const before = cardOf(mustFindItem(book, uid));
    const hasPhoto = photo === undefined ? before.identification?.photo === true : hasBytes(photo);
    const clean = withPhoto(preparedCard(book, card), hasPhoto);
    const item = updateItem(book, uid, clean);
    keepPhoto(book, item, photo);
    if (faceOf(before) !== faceOf(clean)) refreshGroups(book, uid, nameIfNew(before, clean));
    return item;
  });
}

/** Removes a card; groups that hold it keep its name and mail. @throws NOT_FOUND */
export function removeCard(book: Book, uid: string): void {
  book.kernel.store.transaction(() => {
    removeItem(book, uid);
    refreshGroups(book, uid);
  });
}

/** [AB31] Sets or deletes the photo alone: the version of the item stays, so that no change set tells of it. @throws NOT_FOUND */
export function setPhoto(book: Book, uid: string, photo: Uint8Array): void {
  const { store } = book.kernel;
  store.transaction(() => {
    const item = mustFindItem(book, uid);
    store.items.update({ ...item, value: JSON.stringify(withPhoto(cardOf(item), photo.length > 0)) });
    keepPhoto(book, item, photo);
  });
}

/** The photo of a card; no right is asked for. */
export function photoOf(book: Pick<Book, 'kernel' | 'container'>, uid: string): Uint8Array | undefined {
  const item = book.kernel.store.items.byUid(book.container.id, uid);
  return item === undefined ? undefined : book.kernel.store.items.blob(item.id, PHOTO);
}

/** How many more cards the book may hold; books of a domain have no limit. */
export function roomLeft({ kernel, container }: Book): number {
  if (container.owner === container.uid) return Number.POSITIVE_INFINITY;
  return MOST_CARDS - kernel.store.items.count(container.id);
}

export function fullBook() {
  return fault('MAX_ITEM_COUNT', `The book is full: it can hold ${MOST_CARDS} cards.`);
}

/** The card as it would be stored, but for the mark of its photo. @throws what a card must be */
export function preparedCard(book: Book, card: VCard | null): VCard {
  if (card === null) throw fault('UNKNOWN', 'The card is missing.');
  const clean = sanitizeCard(card, tagRefs(book.kernel));
  validateCard(clean);
  if (clean.kind !== 'group') return clean;
  const member = cleanMembers(book, clean.organizational?.member ?? []);
  return { ...clean, organizational: { ...clean.organizational, member } };
}

function nameIfNew(before: VCard, after: VCard): string | null {
  const name = after.identification?.formatedName?.value ?? null;
  return name === before.identification?.formatedName?.value ? null : name;
}

function withPhoto(card: VCard, photo: boolean): VCard {
  return { ...card, identification: { ...card.identification, photo } };
}

function hasBytes(photo: NewPhoto): boolean {
  return photo !== undefined && photo.length > 0;
}

function keepPhoto(book: Book, item: StoredItem, photo: NewPhoto): void {
  if (photo === undefined) return;
  book.kernel.store.items.setBlob(item.id, PHOTO, photo.length > 0 ? photo : undefined);
}
