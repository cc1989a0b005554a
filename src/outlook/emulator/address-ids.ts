/**
 * Entry ids of addresses: one-off ids that carry name, type and address, and wrapped ids that point at a contact or a
 * distribution list. @source MS-OXCDATA 2.2.5.1; MS-OXOCNTC 2.2.2.2.1
 */
import { toHex } from '../../base/utf8.ts';

const ONE_OFF = '00000000812B1FA4BEA310199D6E00DD010F540200000190';
const WRAPPED = '00000000C091ADD3519DCF11A4A900AA0047FAA4';

export type OneOff = { readonly name: string; readonly type: string; readonly address: string };
/** `slot`: which of the contact's e-mail addresses, 0 to 2; `list`: a distribution list. */
export type Wrapped = { readonly entryId: string; readonly slot: number; readonly list: boolean };

/** 24 bytes, then three UTF-16 texts with their ends. */
export function oneOffId({ name, type, address }: OneOff): Uint8Array {
  const texts = [name, type, address].map((text) => Buffer.from(`${text}\u0000`, 'utf16le'));
  return new Uint8Array(Buffer.concat([Buffer.from(ONE_OFF, 'hex'), ...texts]));
}

/** What a one-off id says; undefined for any other id. */
export function parseOneOffId(bytes: Uint8Array): OneOff | undefined {
  if (!toHex(bytes.subarray(0, 20)).startsWith(ONE_OFF.slice(0, 40))) return undefined;
  const [name = '', type = '', address = ''] = Buffer.from(bytes.subarray(24)).toString('utf16le').split('\u0000');
  return { name, type, address };
}

/** The id of a contact's e-mail slot, or of a list, by the item's entry id. */
export function wrappedId({ entryId, slot, list }: Wrapped): Uint8Array {
  const kind = list ? 0xb4 : 0x83 + slot * 0x10;
  return new Uint8Array(Buffer.from(`${WRAPPED}${kind.toString(16).toUpperCase()}${entryId}`, 'hex'));
}

/** What a wrapped id points at; undefined for any other id. */
export function parseWrappedId(bytes: Uint8Array): Wrapped | undefined {
  if (toHex(bytes.subarray(0, 20)) !== WRAPPED) return undefined;
  const kind = bytes[20] ?? 0;
  return { entryId: toHex(bytes.subarray(21)), slot: (kind & 0x70) >> 4, list: (kind & 0x0f) === 4 };
}
