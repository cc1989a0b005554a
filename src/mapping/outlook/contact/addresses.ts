import type { Address, Contact, Place } from '../../../domain/contact.ts';
import type { OutlookContact, PostalAddress } from '../../../outlook/model/contact.ts';
import { normalAddresses } from '../../contact/normal-addresses.ts';
import { type Field, patching } from '../../field.ts';
import { putLines } from './put.ts';

/**
 * The three postal addresses, by their parts; Outlook makes the whole text. Which one is the mailing address is the user's choice;
 * the first address of a contact becomes it, as when a user enters it.
 * @loss further addresses of one place; the extended address, for which Outlook has no part
 */
export const addresses: Field<OutlookContact, Pick<Contact, 'addresses'>> = patching({
  read: (contact) => ({ addresses: readAddresses(contact) }),
  write: (contact, value) => {
    const list = kept(value.addresses);
    const put = (place: Place, now: PostalAddress) =>
      writeAddress(
        now,
        list.find((one) => one.place === place),
      );
    return {
      ...contact,
      business: put('work', contact.business),
      home: put('home', contact.home),
      other: put('other', contact.other),
      selectedMailingAddress: mailingAddress(contact, list),
    };
  },
  survives: (value) => ({ addresses: kept(value.addresses) }),
});

const PLACES = ['work', 'home', 'other'] as const satisfies readonly Place[];

function kept(addresses: readonly Address[]): readonly Address[] {
  const list = normalAddresses(addresses.map((address) => ({ ...address, extended: '' })));
  return PLACES.flatMap((place) => list.find((address) => address.place === place) ?? []);
}

function readAddresses({ business, home, other }: OutlookContact): readonly Address[] {
  return normalAddresses([readAddress('work', business), readAddress('home', home), readAddress('other', other)]);
}

function readAddress(place: Place, address: PostalAddress): Address {
  return {
    place,
    street: address.street,
    extended: '',
    postOfficeBox: address.postOfficeBox,
    locality: address.city,
    region: address.state,
    postalCode: address.postalCode,
    country: address.country,
  };
}

/** OlMailingAddress. */
const MAILING = { work: 2, home: 1, other: 3 } as const satisfies Record<Place, number>;

function mailingAddress(contact: OutlookContact, list: readonly Address[]): OutlookContact['selectedMailingAddress'] {
  const [first] = list;
  const chosen = contact.selectedMailingAddress;
  return chosen !== 0 || first === undefined || readAddresses(contact).length > 0 ? chosen : MAILING[first.place];
}

function writeAddress(now: PostalAddress, address: Address | undefined): PostalAddress {
  return {
    street: putLines(now.street, address?.street ?? ''),
    city: putLines(now.city, address?.locality ?? ''),
    state: putLines(now.state, address?.region ?? ''),
    postalCode: putLines(now.postalCode, address?.postalCode ?? ''),
    country: putLines(now.country, address?.country ?? ''),
    postOfficeBox: putLines(now.postOfficeBox, address?.postOfficeBox ?? ''),
  };
}
