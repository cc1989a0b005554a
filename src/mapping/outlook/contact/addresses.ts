import type { Address, Contact, Place } from '../../../domain/contact.ts';
import type { OutlookContact, PostalAddress } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { hasAddress, normalAddresses } from '../../contact/normal-addresses.ts';
import { type Field, patching } from '../../field.ts';
import { putLines, withTexts } from './put.ts';

/**
 * The three postal addresses, by their parts; Outlook makes the whole text. The extended address at work is the office, as in
 * Outlook's own vCards. Which one is the mailing address is the user's choice; the first address of a contact becomes it, as
 * when a user enters it.
 * @loss further addresses of one place; the extended address of others than that at work
 * @source [MS-OXVCARD] ADR: PidTagOfficeLocation is the extended address of the one at work
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
    const office = list.find((one) => one.place === 'work')?.extended ?? '';
    return {
      ...withTexts(contact, { OfficeLocation: oneLine(office) }),
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
  const list = normalAddresses(addresses.map(withOffice));
  return PLACES.flatMap((place) => list.find((address) => address.place === place) ?? []);
}

function withOffice(address: Address): Address {
  return { ...address, extended: address.place === 'work' ? oneLine(address.extended) : '' };
}

function readAddresses({ business, home, other, text }: OutlookContact): readonly Address[] {
  const work = { ...readAddress('work', business), extended: oneLine(text.OfficeLocation) };
  return normalAddresses([work, readAddress('home', home), readAddress('other', other)]);
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
  const [first] = list.filter(isPostal);
  const chosen = contact.selectedMailingAddress;
  return chosen !== 0 || first === undefined || readAddresses(contact).some(isPostal) ? chosen : MAILING[first.place];
}

/** Whether there is more than the office. */
function isPostal(address: Address): boolean {
  return hasAddress({ ...address, extended: '' });
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
