import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { zipOf } from './zip.ts';

/** Reads an archive from its end, as unpackers do. */
function unzip(bytes: Buffer): Record<string, string> {
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

it('what is put into an archive comes out of it, and twice the same makes the same bytes', () => {
  const files = [
    { name: 'a.txt', content: 'one' },
    { name: 'logs/é.log', content: 'two '.repeat(1000) },
    { name: 'empty', content: '' },
  ];
  const made = Buffer.from(zipOf(files));
  expect(unzip(made)).toEqual({ 'a.txt': 'one', 'logs/é.log': 'two '.repeat(1000), empty: '' });
  expect(Buffer.from(zipOf(files)).equals(made)).toBe(true);
});
