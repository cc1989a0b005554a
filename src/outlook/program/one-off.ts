import { fromHex } from '../../base/utf8.ts';
import { byteWriter } from '../model/bytes.ts';

/** The provider of entry ids that stand for an address and no address book entry. */
const ONE_OFF_PROVIDER = '812B1FA4BEA310199D6E00DD010F5402';
/** Texts are UTF-16, and the receiver is not sent rich text. */
const UNICODE_NO_RICH = 0x8001;

/** A one-off entry id: somebody by name and SMTP address alone. @source MS-OXCDATA 2.2.5.1 */
export function oneOffEntryId(name: string, address: string): Uint8Array {
  const out = byteWriter().u32(0).bytes(fromHex(ONE_OFF_PROVIDER)).u16(0).u16(UNICODE_NO_RICH);
  for (const part of [name, 'SMTP', address]) out.utf16(part).u16(0);
  return out.done();
}
