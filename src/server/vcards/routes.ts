import { writeCards } from '../../mapping/vcard/write-cards.ts';
import { Uids } from '../../wire/common.ts';
import { TaskRef } from '../../wire/task.ts';
import { type Book, openBook, presentCards } from '../addressbooks/cards.ts';
import { PHOTO } from '../addressbooks/write-card.ts';
import { fault } from '../kernel/fault.ts';
import { type Call, json, type Operation, operation, result, textBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import type { StoredItem } from '../store/store.ts';
import { importCards } from './import-cards.ts';

const service = 'IVCardService';
const path = '/addressbooks/vcards/{containerUid}';
const vcard = { kind: 'text', produces: 'text/vcard' } as const;

/** IVCardService: a book as vCard 3.0, and vCards of any version into a book. */
export function vcardOperations(): Operation[] {
  const open = (call: Call<unknown>, verb: 'Read' | 'Write') => openBook(call, param(call, 'containerUid'), verb);
  return [
    operation({
      service,
      name: 'exportAll',
      method: 'GET',
      path,
      result: vcard,
      run: (call) => {
        const book = open(call, 'Read');
        return exported(book, call.kernel.store.items.all(book.container.id));
      },
    }),
    operation({
      service,
      name: 'exportCards',
      method: 'POST',
      path,
      body: json(Uids),
      result: vcard,
      run: (call) => {
        const book = open(call, 'Read');
        return exported(book, call.kernel.store.items.byUids(book.container.id, call.body ?? []));
      },
    }),
    operation({
      service,
      name: 'importCards',
      method: 'PUT',
      path,
      body: textBody,
      result: result(TaskRef),
      run: (call) => {
        const book = open(call, 'Write');
        const { body } = call;
        if (body === null) throw fault('INVALID_PARAMETER', 'The vCards are missing.');
        return call.kernel.tasks.start((progress) => importCards(book, body, progress));
      },
    }),
  ];
}

function exported(book: Book, items: readonly StoredItem[]): string {
  const ids = new Map(items.map((item) => [item.uid, item.id]));
  const cards = presentCards(book, items).map(({ uid, value }) => ({
    uid,
    value,
    photo: book.kernel.store.items.blob(ids.get(uid) ?? 0, PHOTO),
  }));
  return writeCards(cards, { version: '3.0', book: book.container.uid });
}
