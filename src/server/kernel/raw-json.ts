/** JSON text that is answered as it stands, so that what is stored need not be parsed and written again; UTF-8. */
const RAW = Symbol('raw JSON');
export type RawJson = { readonly [RAW]: Uint8Array };

export function rawJson(text: Uint8Array): RawJson {
  return { [RAW]: text };
}

/** The JSON text of a value; raw texts may stand for the value itself or for entries of a list that is the value. */
export function writeJson(value: unknown): string | Buffer {
  if (isRaw(value)) return Buffer.from(value[RAW]);
  if (!Array.isArray(value) || !value.some(isRaw)) return JSON.stringify(value);
  const parts = value.flatMap((entry, index) => [index === 0 ? START : COMMA, bytesOf(entry)]);
  return Buffer.concat([...parts, END]);
}

const START = Buffer.from('[');
const COMMA = Buffer.from(',');
const END = Buffer.from(']');

function bytesOf(entry: unknown): Uint8Array {
  return isRaw(entry) ? entry[RAW] : Buffer.from(JSON.stringify(entry));
}

function isRaw(value: unknown): value is RawJson {
  return typeof value === 'object' && value !== null && RAW in value;
}
