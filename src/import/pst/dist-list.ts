/** The members of a distribution list of a data file. @source MS-OXOCNTC 2.2.2.2; MS-OXCDATA 2.2.5.1 (one-off ids) */
import { toHex } from '../../base/utf8.ts';
import type { DistListMember, OutlookDistList } from '../../outlook/model/contact.ts';
import { CONTACT_IN_FILE } from '../../outlook/program/contact-schema.ts';
import { addressOf } from '../../outlook/program/read-recipients.ts';
import { ITEM } from '../../outlook/program/schema-names.ts';
import { viewOf } from './blocks.ts';
import { bySchema } from './by-schema.ts';
import { itemText } from './item-text.ts';
import type { PstItem } from './open-pst.ts';
import { decodeText } from './text.ts';

/** @param listOf what a list of this file, by its node, is called as a member of another one */
export function distListOf(item: PstItem, listOf: (nid: number) => string): OutlookDistList {
  const read = bySchema(item.properties);
  const oneOffs = read.binaries(CONTACT_IN_FILE.listOneOffs);
  const members = read.binaries(CONTACT_IN_FILE.listMembers);
  const count = Math.max(oneOffs.length, members.length);
  return {
    name: read.text(CONTACT_IN_FILE.listName) || read.text(CONTACT_IN_FILE.displayName) || read.text(ITEM.subject),
    members: Array.from({ length: count }, (_, at) => memberOf(members[at], oneOffs[at], listOf)),
    body: itemText(read).plain.replaceAll('\n', '\r\n'),
    categories: read.texts(ITEM.keywords),
    tags: {},
  };
}

/** A wrapped entry id of a list in the same file: its last four bytes name the node. */
const WRAPPER = 'C091ADD3519DCF11A4A900AA0047FAA4';
const LIST = 4;

function memberOf(
  member: Uint8Array | undefined,
  oneOff: Uint8Array | undefined,
  listOf: (nid: number) => string,
): DistListMember {
  const told = named(oneOff) ?? named(member) ?? { name: '', address: '' };
  const isList = member !== undefined && member.length >= 25 && toHex(member.subarray(4, 20)) === WRAPPER;
  if (!isList || ((member[20] ?? 0) & 0xf) !== LIST) return told;
  return { name: told.name, address: '', list: listOf(viewOf(member).getUint32(member.length - 4, true)) };
}

const ONE_OFF = '812B1FA4BEA310199D6E00DD010F5402';
const UNICODE = 0x80;

/** Name, kind and address, each ended by zero. */
function named(id: Uint8Array | undefined): DistListMember | undefined {
  if (id === undefined || id.length < 24 || toHex(id.subarray(4, 20)) !== ONE_OFF) return undefined;
  const unicode = ((id[23] ?? 0) & UNICODE) !== 0;
  const [name = '', type = '', address = ''] = texts(id.subarray(24), unicode);
  return { name, address: addressOf(type, address, '') };
}

function texts(bytes: Uint8Array, unicode: boolean): string[] {
  const found: string[] = [];
  const step = unicode ? 2 : 1;
  let from = 0;
  for (let at = 0; at + step <= bytes.length && found.length < 3; at += step) {
    if (bytes[at] !== 0 || (unicode && bytes[at + 1] !== 0)) continue;
    found.push(decodeText(bytes.subarray(from, at), unicode ? 'utf-16le' : 1252));
    from = at + step;
  }
  return found;
}
