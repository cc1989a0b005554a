/**
 * A postal address as one text and in parts. The layout follows the region: city before postal code in English, after it in
 * French and German. Pure. @source outlook-objects.md section 6.3 (layout by locale: unverified)
 */

import { joined } from './contact-names.ts';
import type { Language } from './fault-text.ts';

export type AddressParts = {
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly postOfficeBox: string;
};

export const NO_ADDRESS: AddressParts = {
  street: '',
  city: '',
  state: '',
  postalCode: '',
  country: '',
  postOfficeBox: '',
};

/** The address as lines. */
export function composeAddress(parts: AddressParts, language: Language): string {
  const { street, city, state, postalCode, country, postOfficeBox } = parts;
  const place =
    language === 'en'
      ? joined('  ', joined(', ', city, state), postalCode)
      : joined(' ', postalCode, joined(', ', city, state));
  return joined('\r\n', street, postOfficeBox, place, country);
}

/** Parts of an address text: the place line is the one with a postal code, what follows is the country, the rest the street. */
export function parseAddress(text: string): AddressParts {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const at = lines.findLastIndex((line) => parsePlace(line) !== undefined);
  if (at < 0) return { ...NO_ADDRESS, street: lines.join('\r\n') };
  const place = parsePlace(lines[at] ?? '') ?? NO_ADDRESS;
  return { ...place, street: lines.slice(0, at).join('\r\n'), country: lines.slice(at + 1).join(' ') };
}

function parsePlace(line: string): AddressParts | undefined {
  const leading = /^((?:[A-Z]{1,2}-)?\d{4,5})\s+(\S.*)$/.exec(line);
  if (leading !== null) {
    const [city = '', state = ''] = (leading[2] ?? '').split(/,\s*/);
    return { ...NO_ADDRESS, postalCode: leading[1] ?? '', city, state };
  }
  const trailing = /^(.+?)(?:,\s*(.*?))?\s+(\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$/.exec(line);
  if (trailing === null) return undefined;
  return { ...NO_ADDRESS, city: trailing[1] ?? '', state: trailing[2] ?? '', postalCode: trailing[3] ?? '' };
}
