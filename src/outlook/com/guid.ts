/** Identifiers of COM in the form in which Windows takes them: the first three groups little-endian, the rest as written. */

/** @param text `{00020400-0000-0000-C000-000000000046}`, with or without braces */
export function guidBytes(text: string): Uint8Array {
  const digits = text.replace(/[{}-]/g, '');
  if (!/^[\da-f]{32}$/i.test(digits)) throw new Error(`bug: ${text} is no GUID`);
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  for (const [from, to] of GROUPS) bytes.subarray(from, to).reverse();
  return bytes;
}

/** The text of sixteen bytes, in upper case and braces. */
export function guidText(source: Uint8Array): string {
  const bytes = Uint8Array.from(source);
  for (const [from, to] of GROUPS) bytes.subarray(from, to).reverse();
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return `{${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}}`;
}

const GROUPS = [
  [0, 4],
  [4, 6],
  [6, 8],
] as const;

export const IID = {
  IUnknown: '{00000000-0000-0000-C000-000000000046}',
  IClassFactory: '{00000001-0000-0000-C000-000000000046}',
  IMessageFilter: '{00000016-0000-0000-C000-000000000046}',
  IDispatch: '{00020400-0000-0000-C000-000000000046}',
  IEnumVARIANT: '{00020404-0000-0000-C000-000000000046}',
  IConnectionPointContainer: '{B196B284-BAB4-101A-B69C-00AA00341D07}',
  IConnectionPoint: '{B196B286-BAB4-101A-B69C-00AA00341D07}',
} as const;
