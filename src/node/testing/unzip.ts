import { inflateRawSync } from 'node:zlib';

/** Reads an archive from its end, as unpackers do. */
export function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const files: Record<string, string> = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [packed, length] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    const start = local + 30 + bytes.readUInt16LE(local + 26);
    files[name] = inflateRawSync(bytes.subarray(start, start + packed)).toString();
    at += 46 + length;
  }
  return files;
}
