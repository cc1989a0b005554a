import { expect, it } from 'vitest';
import { unzip } from './testing/unzip.ts';
import { zipOf } from './zip.ts';

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
