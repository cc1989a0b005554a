import { decodeBase64 } from '../vcard/encoding.ts';

/**
 * A certificate as base64 of DER without line breaks; undefined for what cannot be one: the server would refuse the whole card.
 * @source X.690 8.1: a SEQUENCE whose length is that of the bytes, with a SEQUENCE in it
 */
export function certificateText(base64: string): string | undefined {
  const text = base64.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return isCertificate(decodeBase64(text)) ? text : undefined;
}

/** Certificates in the form of the domain, each once. */
export function normalCertificates(list: readonly string[]): readonly string[] {
  return [...new Set(list.flatMap((text) => certificateText(text) ?? []))];
}

/** Whether DER bytes have the outer form of a certificate. */
export function isCertificate(bytes: Uint8Array): boolean {
  const outer = sequenceAt(bytes, 0);
  return outer !== undefined && outer.end === bytes.length && sequenceAt(bytes, outer.start) !== undefined;
}

/** Where the content of a SEQUENCE begins and ends. */
function sequenceAt(bytes: Uint8Array, at: number): { readonly start: number; readonly end: number } | undefined {
  const first = bytes[at + 1];
  if (bytes[at] !== 0x30 || first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 3 || (first >= 0x80 && count === 0)) return undefined;
  const start = at + 2 + count;
  const length = first < 0x80 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return start + length <= bytes.length ? { start, end: start + length } : undefined;
}
