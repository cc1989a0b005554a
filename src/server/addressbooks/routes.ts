import { VCard, VCardChanges, VCardQuery } from '../../wire/addressbook.ts';
import { changeset } from '../items/change-sets.ts';
import { findItem, touchItem } from '../items/collection.ts';
import { byIdOperations, changeLogOperations, countOperations, type WritableItemService } from '../items/operations.ts';
import { readOperations, resetOperation, transferOperations, writeOperations } from '../items/store-operations.ts';
import { json, nothing, type Operation, operation, result, textBody } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import { CARDS, openBook, presentCards } from './cards.ts';
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
    ...readOperations(BOOKS),
    ...writeOperations(BOOKS),
    ...changeLogOperations(BOOKS, { ids: false }),
    ...countOperations(BOOKS),
    ...byIdOperations(BOOKS),
    ...transferOperations(BOOKS, (book, copy, from) => {
      const photo = book.kernel.store.items.blob(from.id, PHOTO);
      if (photo !== undefined) setPhoto(book, copy.uid, photo);
    }),
    resetOperation(BOOKS, CARDS),
    ...batchOperations(),
    ...searchOperations(),
    ...photoOperations(),
    touchOperation(),
  ];
}

function batchOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'updates',
      method: 'PUT',
      path: `${path}/_mupdates`,
      body: json(VCardChanges),
      result: result(),
      run: (call) => changeCards(BOOKS.open(call, 'Write'), call.body),
    }),
    operation({
      service,
      name: 'sync',
      method: 'POST',
      path: `${path}/_sync`,
      query: ['since'],
      body: json(VCardChanges),
      result: result(),
      run: (call) => {
        const book = BOOKS.open(call, 'Write');
        changeCards(book, call.body);
        return changeset(book, longQuery(call, 'since'));
      },
    }),
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
