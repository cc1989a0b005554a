/**
 * An Outlook data file (.pst) as its items. Items are found by the file's own index of nodes, which names the folder of each, and not by
 * the tables of the folders: an index cannot run in circles, and costs one pass however large the file is.
 *
 * Why our own reader: of the two libraries there are one cannot read ANSI files and the other is an early fork; neither gives raw properties
 * of any type, checks what it reads against the checksums, nor bounds its work on files that were made to harm.
 * @source MS-PST 2.4
 */
import type { ByteSource } from '../byte-source.ts';
import { type Blocks, openBlocks } from './blocks.ts';
import { readHeader } from './layout.ts';
import { type NamedProperties, named, readNames } from './names.ts';
import { openProperties, type Properties } from './properties.ts';
import { type Row, readTable } from './table.ts';
import { type NodeEntry, openTrees } from './trees.ts';

/** Something that lies in a folder. */
export type PstItem = {
  readonly nid: number;
  readonly folder: string;
  /** In *Deleted Items* or a folder in it. */
  readonly deleted: boolean;
  readonly messageClass: string;
  readonly properties: NamedProperties;
  recipients(): readonly Row[];
  attachments(): readonly PstAttachment[];
};
/** @param message the item that is attached, where one is */
export type PstAttachment = { readonly properties: NamedProperties; message(): NamedProperties | undefined };

export type Pst = {
  /** Whether Outlook asks for a password before it opens the file. */
  readonly password: boolean;
  /** Nodes of items, in the order of the file. Counts only. */
  readonly items: number;
  /** Every item in a folder; `item` throws IMPORT_DAMAGED when just this one cannot be read. */
  entries(): Generator<{ readonly nid: number; item(): PstItem }>;
};

const NID = { store: 0x21, names: 0x61, root: 0x122, recipients: 0x692, attachments: 0x671 } as const;
const NODE_TYPE = { folder: 0x02, item: 0x04 } as const;
const TAG = {
  displayName: 0x3001,
  messageClass: 0x001a,
  deletedItems: 0x35e3,
  password: 0x67ff,
  attachedObject: 0x3701,
  codePage: 0x66c3,
} as const;
const MOST_RECIPIENTS = 10_000;
const MOST_ATTACHMENTS = 10_000;
const DEEPEST = 64;

/** @throws IMPORT_DAMAGED, IMPORT_ENCRYPTED, IMPORT_KIND_UNKNOWN */
export function openPst(source: ByteSource): Pst {
  const header = readHeader(source);
  const trees = openTrees(source, header);
  const blocks = openBlocks(source, header, trees);
  const storeNode = trees.node(NID.store);
  const store = storeNode && openProperties(blocks, storeNode, 1252);
  const codePage = store?.number(TAG.codePage) ?? 1252;
  const names = readNames(blocks, trees.node(NID.names));
  const folders = new Map<number, NodeEntry>();
  let items = 0;
  for (const node of trees.nodes()) {
    if ((node.nid & 0x1f) === NODE_TYPE.folder) folders.set(node.nid, node);
    else if ((node.nid & 0x1f) === NODE_TYPE.item) items++;
  }
  const tree = folderTree({ blocks, folders, codePage, bin: binOf(store) });
  const open = (node: NodeEntry): PstItem => {
    const properties = named(openProperties(blocks, node, codePage), names);
    const messageClass = properties.text(TAG.messageClass) ?? '';
    return {
      nid: node.nid,
      ...tree(node.parent),
      messageClass,
      properties,
      recipients: () => rows(NID.recipients, MOST_RECIPIENTS),
      attachments: () =>
        rows(NID.attachments, MOST_ATTACHMENTS).flatMap((row): PstAttachment[] => {
          const part = properties.part(row.id);
          if (part === undefined) return [];
          const attachment = named(openProperties(blocks, part, codePage), names);
          const message = () => {
            const object = attachment.object(TAG.attachedObject);
            return object && named(openProperties(blocks, object, codePage), names);
          };
          return [{ properties: attachment, message }];
        }),
    };

    function rows(nid: number, most: number): readonly Row[] {
      const part = properties.part(nid);
      return part === undefined ? [] : readTable(blocks, part, { codePage, most });
    }
  };
  return {
    password: (store?.number(TAG.password) ?? 0) !== 0,
    items,
    entries: function* () {
      for (const node of trees.nodes()) {
        if ((node.nid & 0x1f) === NODE_TYPE.item && folders.has(node.parent))
          yield { nid: node.nid, item: () => open(node) };
      }
    },
  };
}

/** The node of *Deleted Items*: an entry id ends in it. @source MS-PST 2.4.3.2 */
function binOf(store: Properties | undefined): number {
  const id = store?.bytes(TAG.deletedItems);
  return id === undefined || id.length < 24 ? 0 : new DataView(id.buffer, id.byteOffset).getUint32(20, true);
}

type Folders = {
  readonly blocks: Blocks;
  readonly folders: ReadonlyMap<number, NodeEntry>;
  readonly codePage: number;
  readonly bin: number;
};

/** The path of a folder as people know it, from below the root; whether it is in the bin. */
function folderTree({ blocks, folders, codePage, bin }: Folders): (nid: number) => Pick<PstItem, 'folder' | 'deleted'> {
  const known = new Map<number, Pick<PstItem, 'folder' | 'deleted'>>();
  const nameOf = (node: NodeEntry): string => {
    try {
      return openProperties(blocks, node, codePage).text(TAG.displayName) ?? '';
    } catch {
      // A folder whose name is damaged still has its items.
      return '?';
    }
  };
  return (nid) => {
    const found = known.get(nid);
    if (found !== undefined) return found;
    const path: string[] = [];
    let deleted = false;
    for (let at = folders.get(nid), depth = 0; at !== undefined && depth < DEEPEST; depth++) {
      deleted ||= at.nid === bin;
      if (at.nid === NID.root || at.parent === at.nid) break;
      path.unshift(nameOf(at));
      at = folders.get(at.parent);
    }
    const made = { folder: path.filter((name) => name !== '').join('/'), deleted };
    known.set(nid, made);
    return made;
  };
}
