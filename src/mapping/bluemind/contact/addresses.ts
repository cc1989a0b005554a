import type { Address, Contact } from '../../../domain/contact.ts';
import type { VCard, VCardAddress, VCardDeliveryAddressing } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { hasAddress, normalAddresses, sameLines } from '../../contact/normal-addresses.ts';
import { type Field, patching } from '../../field.ts';
import { placeOf, withPlace } from './parameters.ts';

/** All postal addresses. The label to print (`value`) stays as somebody wrote it. */
export const addresses: Field<VCard, Pick<Contact, 'addresses'>> = patching({
  read: (card) => ({ addresses: normalAddresses(entriesOf(card).map(readAddress)) }),
  write: (card, value) => {
    const values = normalAddresses(value.addresses);
    const entries = entriesOf(card);
    const used = entries.filter((entry) => hasAddress(readAddress(entry)));
    const bound = bind(values, used, [
      { value: (address) => JSON.stringify(address), entry: (entry) => JSON.stringify(readAddress(entry)) },
      { value: (address) => address.place, entry: (entry) => placeOf(entry.address?.parameters) },
    ]);
    const written = values.map((address, at) => ({ ...bound[at], address: writeAddress(bound[at]?.address, address) }));
    return { ...card, deliveryAddressing: [...written, ...entries.filter((entry) => !used.includes(entry))] };
  },
  survives: (value) => ({ addresses: normalAddresses(value.addresses) }),
});

function entriesOf(card: VCard): readonly VCardDeliveryAddressing[] {
  return card.deliveryAddressing ?? [];
}

function readAddress({ address }: VCardDeliveryAddressing): Address {
  const [read = NO_ADDRESS] = normalAddresses([
    {
      place: placeOf(address?.parameters),
      street: address?.streetAddress ?? '',
      extended: address?.extentedAddress ?? '',
      postOfficeBox: address?.postOfficeBox ?? '',
      locality: address?.locality ?? '',
      region: address?.region ?? '',
      postalCode: address?.postalCode ?? '',
      country: address?.countryName ?? '',
    },
  ]);
  return read;
}

const NO_ADDRESS: Address = {
  place: 'other',
  street: '',
  extended: '',
  postOfficeBox: '',
  locality: '',
  region: '',
  postalCode: '',
  country: '',
};

function writeAddress(now: VCardAddress | null | undefined, address: Address): VCardAddress {
  return {
    value: null,
    ...now,
    parameters: withPlace(now?.parameters, address.place),
    streetAddress: put(now?.streetAddress, address.street),
    extentedAddress: put(now?.extentedAddress, address.extended),
    postOfficeBox: put(now?.postOfficeBox, address.postOfficeBox),
    locality: put(now?.locality, address.locality),
    region: put(now?.region, address.region),
    postalCode: put(now?.postalCode, address.postalCode),
    countryName: put(now?.countryName, address.country),
  };
}

function put(current: string | null | undefined, value: string): string | null {
  if (sameLines(current, value)) return current ?? null;
  return value === '' ? null : value;
}
