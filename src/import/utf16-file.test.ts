import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { type ByteSource, memorySource } from './byte-source.ts';
import { importOf } from './open-import.ts';

const MB = 1024 * 1024;

it('a large file in UTF-16 is opened by its head, and gone through in turns that tell how far it is', () => {
  const filler = Array.from({ length: 15_000 }, (_, at) => `NOTE:${at} ${'é'.repeat(100)}\r\n`).join('');
  const text = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë\r\nN:Zoë;;;;\r\n${filler}END:VCARD\r\n`;
  const bytes = memorySource(Buffer.from(`\ufeff${text}`, 'utf16le'));
  let read = 0;
  const counted: ByteSource = {
    ...bytes,
    read: (at, length) => {
      read += length;
      return bytes.read(at, length);
    },
  };
  const file = importOf(counted, { zone: 'Europe/Paris', ownAddress: '' }, 'a.vcf');
  expect(read).toBeLessThan(MB / 2);
  let [cards, most] = [0, 0];
  const shares: number[] = [];
  read = 0;
  for (const found of file.found()) {
    most = Math.max(most, cards === 0 && found.kind === 'pause' ? read : 0);
    read = 0;
    if (found.kind === 'pause') shares.push(file.done() / file.total);
    else cards++;
  }
  expect([cards, file.done()]).toEqual([1, file.total]);
  // Twice through it: a pause for each megabyte of the file, and of what it says in UTF-8.
  expect(shares.length).toBeGreaterThanOrEqual(Math.floor(bytes.size / MB) + 2);
  expect(most).toBeLessThan(3 * MB);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect([(shares[0] ?? 0) > 0, (shares.at(-1) ?? 1) < 1]).toEqual([true, true]);
  // Asked for again, from the beginning, what is known is not counted again.
  read = 0;
  expect([...file.found()].filter(({ kind }) => kind === 'card')).toHaveLength(1);
  expect(read).toBeLessThan(2.5 * bytes.size);
});
