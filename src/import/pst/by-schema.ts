/**
 * Properties by the schema names that Outlook's object model addresses them by, so that one table says where a value lies, whether
 * Outlook is asked for it or a file.
 */
import { must } from '../../base/assert.ts';
import type { NamedProperties } from './names.ts';
import type { Row } from './table.ts';

/** Reads values by schema names; what is absent is '' or undefined. */
export type BySchema = {
  text(schema: string): string;
  number(schema: string): number | undefined;
  flag(schema: string): boolean;
  time(schema: string): number | undefined;
  bytes(schema: string): Uint8Array | undefined;
  binaries(schema: string): readonly Uint8Array[];
  texts(schema: string): readonly string[];
};

export function bySchema(item: NamedProperties): BySchema {
  const idOf = (schema: string): number => {
    const address = addressOf(schema);
    return address.set === undefined ? address.id : item.id(address.set, address.id);
  };
  return {
    text: (schema) => item.text(idOf(schema)) ?? '',
    number: (schema) => item.number(idOf(schema)),
    flag: (schema) => item.flag(idOf(schema)) ?? false,
    time: (schema) => item.time(idOf(schema)),
    bytes: (schema) => item.bytes(idOf(schema)),
    binaries: (schema) => item.binaries(idOf(schema)) ?? [],
    texts: (schema) => {
      const id = idOf(schema);
      const one = item.text(id);
      return item.texts(id) ?? (one === undefined ? [] : [one]);
    },
  };
}

/** The columns of a table by their schema names. */
export function rowBySchema(row: Row): Pick<BySchema, 'text' | 'number'> {
  const idOf = (schema: string): number => addressOf(schema).id as number;
  return { text: (schema) => row.text(idOf(schema)) ?? '', number: (schema) => row.number(idOf(schema)) };
}

type Address =
  | { readonly set: undefined; readonly id: number }
  | { readonly set: string; readonly id: number | string };

const addresses = new Map<string, Address>();

/** @source outlook-calendar.md section 8: the three forms of schema names */
function addressOf(schema: string): Address {
  const known = addresses.get(schema);
  if (known !== undefined) return known;
  const made = parsed(schema);
  addresses.set(schema, made);
  return made;
}

function parsed(schema: string): Address {
  const tag = /\/proptag\/0x([0-9A-F]{4})[0-9A-F]{4}$/.exec(schema);
  if (tag !== null) return { set: undefined, id: Number.parseInt(must(tag[1]), 16) };
  const id = /\/id\/(\{[0-9A-F-]{36}\})\/([0-9A-F]{4})[0-9A-F]{4}$/.exec(schema);
  if (id !== null) return { set: must(id[1]), id: Number.parseInt(must(id[2]), 16) };
  const name = /\/string\/(\{[0-9A-F-]{36}\})\/([^/]+)(\/0x[0-9A-F]{8})?$/.exec(schema);
  return { set: must(name?.[1]), id: must(name?.[2]) };
}
