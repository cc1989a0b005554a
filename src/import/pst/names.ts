/**
 * The named properties of a data file: which number each has in this file.
 * @source MS-PST 2.4.7
 */
import type { Blocks, SubNode } from './blocks.ts';
import { viewOf } from './blocks.ts';
import { guidOf, openProperties, type Properties } from './properties.ts';
import { decodeText } from './text.ts';

/** The number of a named property in this file; undefined when it has none of the name. */
export type Names = (set: string, name: number | string) => number | undefined;

/** Sets that every file knows without naming them. */
const MAPI = '{00020328-0000-0000-C000-000000000046}';
export const PUBLIC_STRINGS = '{00020329-0000-0000-C000-000000000046}';

const STREAM = { guids: 0x02, entries: 0x03, strings: 0x04 } as const;
const FIRST_NAMED = 0x8000;

export function readNames(blocks: Blocks, node: SubNode | undefined): Names {
  if (node === undefined) return () => undefined;
  const map = openProperties(blocks, node, 1252);
  const found = new Map<string, number>();
  const entries = map.bytes(STREAM.entries) ?? new Uint8Array(0);
  const view = viewOf(entries);
  const sets = map.bytes(STREAM.guids) ?? new Uint8Array(0);
  const names = map.bytes(STREAM.strings) ?? new Uint8Array(0);
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const kind = view.getUint16(at + 4, true);
    const name = (kind & 1) === 0 ? view.getUint32(at, true) : nameAt(names, view.getUint32(at, true));
    if (name === undefined) continue;
    found.set(keyOf(setOf(sets, kind >>> 1), name), FIRST_NAMED + view.getUint16(at + 6, true));
  }
  return (set, name) => found.get(keyOf(set, name));
}

function keyOf(set: string, name: number | string): string {
  return `${set} ${typeof name === 'string' ? name.toLowerCase() : name}`;
}

function setOf(sets: Uint8Array, index: number): string {
  if (index === 1) return MAPI;
  if (index === 2) return PUBLIC_STRINGS;
  const from = (index - 3) * 16;
  return index < 3 || from + 16 > sets.length ? '' : guidOf(sets.subarray(from, from + 16));
}

function nameAt(names: Uint8Array, at: number): string | undefined {
  if (at + 4 > names.length) return undefined;
  const length = viewOf(names).getUint32(at, true);
  return at + 4 + length > names.length ? undefined : decodeText(names.subarray(at + 4, at + 4 + length), 'utf-16le');
}

/** Properties with the named ones by their names. */
export type NamedProperties = Properties & { readonly id: (set: string, name: number | string) => number };

/** An id that no property has: what is asked for by it is absent. */
const NONE = -1;

export function named(properties: Properties, names: Names): NamedProperties {
  return { ...properties, id: (set, name) => names(set, name) ?? NONE };
}
