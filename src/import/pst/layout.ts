/**
 * The two layouts of an Outlook data file, and its header. Unicode files (Outlook 2003 and later) have 64-bit ids and places, ANSI files
 * (97 to 2002) 32-bit ones; everything else is the same, so that the rest of the reader asks {@link Layout}.
 * @source MS-PST 2.2.2.5, 2.2.2.6
 */
import type { ByteSource } from '../byte-source.ts';
import { damagedFile, importFailure } from '../failures.ts';

export type Layout = {
  readonly unicode: boolean;
  /** Of an id or a place in the file. @units bytes */
  readonly word: 4 | 8;
  /** Of the page trailer and of the block trailer. @units bytes */
  readonly trailer: 12 | 16;
  /** Largest block with its trailer. @units bytes */
  readonly block: number;
};

/** Where the root page of a tree is. */
export type PageRef = { readonly bid: number; readonly offset: number };

export type Header = {
  readonly layout: Layout;
  /** Blocks of data are written through a substitution table. */
  readonly compressible: boolean;
  readonly nodes: PageRef;
  readonly blocks: PageRef;
};

export const PAGE = 512;
const UNICODE: Layout = { unicode: true, word: 8, trailer: 16, block: 8192 };
const ANSI: Layout = { unicode: false, word: 4, trailer: 12, block: 8192 };

/** Whether a file begins as one of Outlook's data files does. */
export function isPst(head: Uint8Array): boolean {
  return head[0] === 0x21 && head[1] === 0x42 && head[2] === 0x44 && head[3] === 0x4e;
}

/** @throws IMPORT_DAMAGED, IMPORT_ENCRYPTED, IMPORT_KIND_UNKNOWN */
export function readHeader(source: ByteSource): Header {
  const bytes = source.read(0, 564).slice();
  if (bytes.length < 512 || !isPst(bytes)) throw damagedFile('it has no header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = layoutOf(view.getUint16(10, true));
  const at = layout.unicode ? { nodes: 216, blocks: 232, crypt: 513 } : { nodes: 184, blocks: 192, crypt: 461 };
  if (bytes.length <= at.crypt) throw damagedFile('its header is cut off');
  const ref = (from: number): PageRef => ({
    bid: wordAt(view, from, layout),
    offset: wordAt(view, from + layout.word, layout),
  });
  return {
    layout,
    compressible: isCompressible(view.getUint8(at.crypt)),
    nodes: ref(at.nodes),
    blocks: ref(at.blocks),
  };
}

/** @source MS-PST 2.2.2.6 wVer: 14 and 15 ANSI, 23 Unicode; 36: pages of 4 kB, in the .ost files of Outlook 2013 and later */
function layoutOf(version: number): Layout {
  if (version === 14 || version === 15) return ANSI;
  if (version >= 36)
    throw importFailure(
      'IMPORT_KIND_UNKNOWN',
      'This is the offline copy of a mailbox (.ost), which belongs to its account. Export it in Outlook (File, Open & Export, ' +
        'Import/Export) to a .pst file and import that.',
    );
  if (version >= 16 && version <= 23) return UNICODE;
  throw damagedFile(`its version is ${version}`);
}

/** @source MS-PST 2.2.2.6 bCryptMethod */
function isCompressible(method: number): boolean {
  if (method === 0) return false;
  if (method === 1) return true;
  throw importFailure(
    'IMPORT_ENCRYPTED',
    'The Outlook data file is encrypted (“high encryption”), which the connector does not read. Open it in Outlook, export it to a new ' +
      '.pst file without encryption and import that.',
  );
}

/** An id or a place. Beyond 2^53 there is no file: damaged. */
export function wordAt(view: DataView, at: number, { word }: Layout): number {
  const low = view.getUint32(at, true);
  if (word === 4) return low;
  const high = view.getUint32(at + 4, true);
  if (high >= 0x200000) throw damagedFile('an impossible place in it');
  return high * 0x1_0000_0000 + low;
}
