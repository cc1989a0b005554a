/**
 * A certificate as Outlook keeps it with a contact: little-endian entries of a tag, a length that counts the header of four
 * bytes, and a value.
 * @source outlook-objects.md 6.5 (PidTagUserX509Certificate)
 */

const CERTIFICATE = 0x0003;
const HEADER = 4;
/** @units bytes: a length has 16 bits */
const LONGEST = 0xffff - HEADER;

/** The DER bytes inside; undefined where the structure is another or holds none. */
export function certificateIn(blob: Uint8Array): Uint8Array | undefined {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  for (let at = 0; at + HEADER <= blob.length; ) {
    const length = view.getUint16(at + 2, true);
    if (length < HEADER || at + length > blob.length) return undefined;
    if (view.getUint16(at, true) === CERTIFICATE) return blob.subarray(at + HEADER, at + length);
    at += length;
  }
  return undefined;
}

/** The structure for a certificate; undefined when it is too long for one. */
export function certificateBlob(der: Uint8Array): Uint8Array | undefined {
  if (der.length > LONGEST) return undefined;
  const parts = [
    number(0x0001, 1),
    entry(CERTIFICATE, der),
    number(0x0006, 1),
    number(0x0020, 7),
    entry(0x0002, NOTHING),
  ];
  const blob = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    blob.set(part, at);
    at += part.length;
  }
  return blob;
}

const NOTHING = new Uint8Array(0);

function number(tag: number, value: number): Uint8Array {
  return entry(tag, Uint8Array.of(value, 0, 0, 0));
}

function entry(tag: number, value: Uint8Array): Uint8Array {
  const length = HEADER + value.length;
  return Uint8Array.of(tag & 0xff, tag >> 8, length & 0xff, length >> 8, ...value);
}
