import { collectedBook, defaultBook, directoryBook, otherBook } from '../containers/uids.ts';
import { type Operation, operation, string } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';

/** IAddressBookUids: the uids that books have by convention. */
export function addressBookUidOperations(): Operation[] {
  const told = (name: string, path: string, uidOf: (seed: string) => string, seed = 'uid') =>
    operation({
      service: 'IAddressBookUids',
      name,
      method: 'GET',
      path: `/addressbook/uids/{${seed}}/${path}`,
      result: string,
      run: (call) => uidOf(param(call, seed)),
    });
  return [
    told('getDefaultUserAddressbook', '_default_addressbook', defaultBook),
    told('getCollectedContactsUserAddressbook', '_collected_contacts', collectedBook),
    told('getUserCreatedAddressbook', '_other_addressbook', otherBook),
    told('getUserVCards', '_vcards', directoryBook, 'domain'),
  ];
}
