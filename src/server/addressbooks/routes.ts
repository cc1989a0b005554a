import { VCard, VCardChanges, VCardQuery } from '../../wire/addressbook.ts';
import { findItem, touchItem } from '../items/collection.ts';
import type { WritableItemService } from '../items/operations.ts';
import {
  itemOperations,
  resetOperation,
  syncOperation,
  transferOperations,
  updatesOperation,
} from '../items/store-operations.ts';
import { json, nothing, type Operation, operation, result, textBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { openBook, presentCards } from './cards.ts';
import { changeCards } from './change-cards.ts';
import { photoOperations } from './photo-routes.ts';
import { cardInfo, searchBook, searchBooks } from './search-cards.ts';
import { createCard, PHOTO, removeCard, setPhoto, updateCard } from './write-card.ts';

const service = 'IAddressBook';
const path = '/addressbooks/{containerUid}';

const BOOKS: WritableItemService<VCard> = {
  service,
  path,
  schema: VCard,
  open: (call, verb) => openBook(call, param(call, 'containerUid'), verb),
  create: (book, uid, card, id) => createCard(book, uid, card, { id }),
  update: (book, uid, card) => updateCard(book, uid, card),
  remove: removeCard,
  present: presentCards,
};

/** IAddressBook and IAddressBooks: cards of one book, and searching them all. */
export function addressBookOperations(): Operation[] {
  return [
    ...itemOperations(BOOKS, { ids: false }),
    ...transferOperations(BOOKS, (book, copy, from) => {
      const photo = book.kernel.store.items.blob(from.id, PHOTO);
      if (photo !== undefined) setPhoto(book, copy.uid, photo);
    }),
    resetOperation(BOOKS),
    updatesOperation(BOOKS, VCardChanges, changeCards),
    syncOperation(BOOKS, VCardChanges, changeCards),
    ...searchOperations(),
    ...photoOperations(),
    touchOperation(),
  ];
}

function searchOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'getInfo',
      method: 'GET',
      path: `${path}/{uid}/info`,
      result: result(),
      run: (call) => {
        const book = BOOKS.open(call, 'Read');
        const item = findItem(book, param(call, 'uid'));
        const [card] = item === undefined ? [] : presentCards(book, [item]);
        return card === undefined ? null : cardInfo(card);
      },
    }),
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${path}/_search`,
      body: json(VCardQuery),
      result: result(),
      run: (call) => searchBook(BOOKS.open(call, 'Read'), call.body),
    }),
    operation({
      service: 'IAddressBooks',
      name: 'search',
      method: 'POST',
      path: '/addressbooks/_search',
      body: json(VCardQuery),
      result: result(),
      run: (call) => searchBooks(call, call.body),
    }),
  ];
}

/** [AB43] The uid that counts is the one in the body: the one in the path is passed over, as in the original. */
function touchOperation(): Operation {
  return operation({
    service,
    name: 'touch',
    method: 'POST',
    path: `${path}/{uid}/_touch`,
    body: textBody,
    result: nothing,
    run: (call) => void touchItem(BOOKS.open(call, 'Write'), call.body ?? ''),
  });
}
