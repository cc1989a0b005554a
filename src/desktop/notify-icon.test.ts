import { expect, it } from 'vitest';
import { iconBytes, noticeBytes } from './notify-icon.ts';

const textAt = (bytes: Uint8Array, at: number, room: number): string =>
  Buffer.from(bytes.buffer, at, 2 * room)
    .toString('utf16le')
    .split('\0')[0] ?? '';

it('an icon has its parts where Windows looks for them', () => {
  const bytes = iconBytes({ window: 0x1122334455n, message: 0x8001, icon: 0x99n, tip: 'À jour' });
  const view = new DataView(bytes.buffer);
  expect([bytes.length, view.getUint32(0, true)]).toEqual([976, 976]);
  expect([view.getBigUint64(8, true), view.getUint32(24, true), view.getBigUint64(32, true)]).toEqual([
    0x1122334455n,
    0x8001,
    0x99n,
  ]);
  expect(view.getUint32(20, true)).toBe(0x87);
  expect(textAt(bytes, 40, 128)).toBe('À jour');
});

it('a text that is too long is cut with an ellipsis, never within a character, and always ends', () => {
  const bytes = noticeBytes(1n, { title: '😀'.repeat(40), text: `a${'😀'.repeat(200)}` }, 2n);
  expect(textAt(bytes, 820, 64)).toBe(`${'😀'.repeat(31)}…`);
  expect(textAt(bytes, 304, 256)).toBe(`a${'😀'.repeat(126)}…`);
  expect(textAt(noticeBytes(1n, { title: 'x'.repeat(63), text: '' }, 2n), 820, 64)).toBe('x'.repeat(63));
});
