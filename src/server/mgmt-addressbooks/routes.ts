import { AddressBookDescriptor } from '../../wire/container.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { booleanQuery, param } from '../kernel/parameters.ts';
import { isManager } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { createBook, describeBook, mustFindBook, removeBook, renameBook } from './books.ts';

const service = 'IAddressBooksMgmt';
const PATH = '/mgmt/addressbooks';
const path = `${PATH}/{containerUid}`;

/** IAddressBooksMgmt, without backup and restore, whose stream has no documented form. */
export function addressBooksMgmtOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path,
      query: ['isDefault'],
      body: json(AddressBookDescriptor),
      result: nothing,
      run: (call) =>
        createBook(call, param(call, 'containerUid'), {
          descriptor: call.body,
          isDefault: booleanQuery(call, 'isDefault'),
        }),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path,
      body: json(AddressBookDescriptor),
      result: nothing,
      run: (call) => renameBook(call, param(call, 'containerUid'), call.body),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path,
      result: nothing,
      run: (call) => removeBook(call, param(call, 'containerUid')),
    }),
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path,
      result: result(AddressBookDescriptor),
      run: (call) => describeBook(call, param(call, 'containerUid')),
    }),
    ...reindexOperations(),
  ];
}

/** There is no index to build: a search reads the cards themselves. The task counts the cards that it would find. */
function reindexOperations(): Operation[] {
  const count = (kernel: Kernel, books: readonly Container[]) =>
    kernel.tasks.start((progress) => {
      progress.begin(books.length, 'Search reads the cards themselves: nothing to rebuild.');
      for (const book of books) progress.step(`${book.uid}: ${kernel.store.items.count(book.id)} cards`);
    });
  const books = (call: Call<unknown>) => {
    if (!isManager(call.session)) throw fault('PERMISSION_DENIED', 'Only an administrator may do this.');
    return call.kernel.store.containers.ofType('addressbook');
  };
  return [
    operation({
      service,
      name: 'reindexAll',
      method: 'POST',
      path: `${PATH}/_reindex`,
      result: result(),
      run: (call) => count(call.kernel, books(call)),
    }),
    operation({
      service,
      name: 'reindexDomain',
      method: 'POST',
      path: `${PATH}/_reindexDomain`,
      query: ['domain'],
      result: result(),
      run: (call) =>
        count(
          call.kernel,
          books(call).filter((book) => book.domain === call.query['domain']),
        ),
    }),
    operation({
      service,
      name: 'reindex',
      method: 'POST',
      path: `${path}/_reindex`,
      result: result(),
      run: (call) => {
        books(call);
        return count(call.kernel, [mustFindBook(call.kernel, param(call, 'containerUid'))]);
      },
    }),
  ];
}
