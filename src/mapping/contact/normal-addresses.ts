import type { Address } from '../../domain/contact.ts';
import { someLines } from './lines.ts';

/** Postal addresses in the form of the domain, those without a word left out. */
export function normalAddresses(addresses: readonly Address[]): readonly Address[] {
  return addresses.map(normalAddress).filter(hasAddress);
}

/** Whether any part of the address is known. */
export function hasAddress({ place: _place, ...parts }: Address): boolean {
  return Object.values(parts).some((part) => part !== '');
}

/** Whether a stored part says the same as a part in the form of the domain. */
export function sameLines(stored: string | null | undefined, part: string): boolean {
  return someLines(stored) === part;
}

function normalAddress(address: Address): Address {
  return {
    place: address.place,
    street: someLines(address.street),
    extended: someLines(address.extended),
    postOfficeBox: someLines(address.postOfficeBox),
    locality: someLines(address.locality),
    region: someLines(address.region),
    postalCode: someLines(address.postalCode),
    country: someLines(address.country),
  };
}
