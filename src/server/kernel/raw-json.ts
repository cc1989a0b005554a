/** JSON text that is answered as it stands, so that what is stored need not be parsed and written again. */
const RAW = Symbol('raw JSON');
export type RawJson = { readonly [RAW]: string };

export function rawJson(text: string): RawJson {
  return { [RAW]: text };
}

/** The JSON text of a value; raw texts may stand for the value itself or for entries of a list that is the value. */
export function writeJson(value: unknown): string {
  if (isRaw(value)) return value[RAW];
  if (Array.isArray(value) && value.some(isRaw)) return `[${value.map(writeJson).join(',')}]`;
  return JSON.stringify(value);
}

function isRaw(value: unknown): value is RawJson {
  return typeof value === 'object' && value !== null && RAW in value;
}
