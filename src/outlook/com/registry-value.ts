/** Values of Windows' registry as bytes, and what they mean. @source winnt.h (REG_…) */

/** Types that Office's settings have. */
export const REG = { text: 1, expandable: 2, binary: 3, number: 4, texts: 7, long: 11 } as const;

export type RegistryValue = string | number | bigint | readonly string[] | Uint8Array;

/** A value by its type; what is shorter than its type, or of another type, is bytes. */
export function registryValue(type: number, bytes: Uint8Array): RegistryValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case REG.text:
    case REG.expandable:
      return untilZero(utf16(bytes));
    case REG.number:
      return bytes.length === 4 ? view.getUint32(0, true) : bytes;
    case REG.long:
      return bytes.length === 8 ? view.getBigUint64(0, true) : bytes;
    case REG.texts:
      return utf16(bytes)
        .split('\0')
        .filter((text) => text !== '');
    default:
      return bytes;
  }
}

/** A number as REG_DWORD has it. */
export function numberBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value >>> 0, true);
  return bytes;
}

/** A text as REG_SZ has it. */
export function textBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * (text.length + 1));
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), true);
  return bytes;
}

/** Texts end with a zero, or do not: both are found. */
function untilZero(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function utf16(bytes: Uint8Array): string {
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1));
}
