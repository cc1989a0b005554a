/**
 * The ids by which a distribution list knows its members: one-off ids, which say name, type and address, and wrapped ids, which
 * point at a contact or at another list. @source outlook-objects.md 7; MS-OXCDATA 2.2.5.1; MS-OXOCNTC 2.2.2.2
 */
import { toHex } from '../../base/utf8.ts';

const ONE_OFF = '00000000812B1FA4BEA310199D6E00DD010F5402';
const WRAPPED = '00000000C091ADD3519DCF11A4A900AA0047FAA4';
/** A wrapped id: 20 bytes say that it is one, the next what it points at, then comes the id of the item. */
const WRAPPED_KIND = WRAPPED.length;
const LIST_KIND = '4';
/** A one-off id: flags and provider, then version and flags, then three texts. */
const ONE_OFF_TEXTS = 24;

/** The entry id of the list that a member is, by the member's id; undefined for any other member. @param id hex */
export function listBehind(id: string): string | undefined {
  const upper = id.toUpperCase();
  const isList = upper.startsWith(WRAPPED) && upper[WRAPPED_KIND + 1] === LIST_KIND;
  return isList ? upper.slice(WRAPPED_KIND + 2) : undefined;
}

/** What a one-off id says of a member, as it was when it was added; undefined for any other id. */
export function oneOffMember(id: Uint8Array): { readonly name: string; readonly address: string } | undefined {
  if (!toHex(id.subarray(0, 20)).startsWith(ONE_OFF)) return undefined;
  const [name = '', , address = ''] = utf16(id.subarray(ONE_OFF_TEXTS)).split('\0');
  return { name, address };
}

function utf16(bytes: Uint8Array): string {
  const units = Array.from(
    { length: bytes.length >> 1 },
    (_, at) => (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 8),
  );
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}
