import { expect, test } from 'vitest';
import { rowTexts } from './side-row-texts.ts';

const LINE = 'one line';
const LINES = 'one line\r\nand another';

/** Takes texts, of which the items that are asked say what their rows say. */
function takeAll(texts: readonly string[], on = rowTexts()): readonly boolean[] {
  return texts.map((text) => {
    const taken = on.take(text, false) !== undefined;
    if (!taken) on.heard(text, text);
    return taken;
  });
}

/** Knows a text of one line well enough to take the next one. */
function afterLines(...more: readonly string[]) {
  const on = rowTexts();
  takeAll([LINE, LINE, LINE, LINE, ...more], on);
  return on;
}

test('a text stands for its item’s once two items have said theirs, but for ever fewer that are asked', () => {
  const taken = takeAll(Array.from({ length: 2 + 64 }, () => LINE));
  const asked = taken.flatMap((was, at) => (was ? [] : [at - 1]));
  expect(asked).toEqual([-1, 0, 1, 2, 4, 8, 16, 32, 64]);
});

test('one line and several lines are each believed for themselves', () => {
  const on = afterLines();
  expect([LINE, LINES].map((text) => on.take(text, false))).toEqual([LINE, undefined]);
});

test('[EO102] that there is no text is believed where other rows have shown one, and of no item that was read before', () => {
  const none = ['', '', '', ''];
  const alone = rowTexts();
  takeAll(none, alone);
  expect(alone.take('', false)).toBeUndefined();
  const on = afterLines(...none);
  expect([on.take('', true), on.take('', false)]).toEqual([undefined, '']);
});

test('one item that says another thing than its row refutes them all, for good', () => {
  const on = afterLines();
  expect([on.take(LINE, false), on.refuted()]).toEqual([LINE, false]);
  on.heard('run together', LINES);
  expect([on.take(LINE, false), on.refuted()]).toEqual([undefined, true]);
});

test('a text that may have been cut is never taken, and what its item says refutes nothing', () => {
  const on = afterLines();
  const cut = 'x'.repeat(255);
  for (let n = 0; n < 4; n++) on.heard(cut, cut);
  on.heard(cut, `${cut} and more`);
  expect([on.take(cut, false), on.take(undefined, false), on.refuted()]).toEqual([undefined, undefined, false]);
});
