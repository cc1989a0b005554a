import { expect, it } from 'vitest';
import { numberBytes, REG, registryValue, textBytes } from './registry-value.ts';

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

it('values are what their type says', () => {
  expect(registryValue(REG.text, utf16('é\0'))).toBe('é');
  expect(registryValue(REG.text, utf16('no end'))).toBe('no end');
  expect(registryValue(REG.expandable, utf16('%ProgramFiles%\0rest'))).toBe('%ProgramFiles%');
  expect(registryValue(REG.number, numberBytes(0xfffffffe))).toBe(0xfffffffe);
  expect(registryValue(REG.long, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0x80))).toBe(2n ** 63n + 1n);
  expect(registryValue(REG.texts, utf16('a\0bc\0\0'))).toEqual(['a', 'bc']);
});

it('what is too short for its type, or of a type of its own, is bytes', () => {
  expect(registryValue(REG.number, Uint8Array.of(1, 2))).toEqual(Uint8Array.of(1, 2));
  expect(registryValue(REG.binary, Uint8Array.of(9))).toEqual(Uint8Array.of(9));
  expect(registryValue(REG.text, Uint8Array.of(65, 0, 66))).toBe('A');
});

it('a text is written as it is read', () => {
  for (const text of ['', 'é€ 漢', 'a\\b']) expect(registryValue(REG.text, textBytes(text))).toBe(text);
});
