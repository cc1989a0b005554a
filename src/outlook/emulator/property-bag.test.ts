import { expect, test } from 'vitest';
import { PT } from './property.ts';
import { PropertyBag } from './property-bag.ts';

const text = (value: string) => ({ type: PT.UNICODE, value });

test('a bag knows what the file lacks of it: everything at first, then what changed', () => {
  const bag = new PropertyBag([
    ['a', text('1')],
    ['b', text('2')],
  ]);
  expect(bag.unstored().set.map(([key]) => key)).toEqual(['a', 'b']);
  bag.markStored();
  bag.setText('a', '1');
  bag.setText('b', '3');
  bag.setLong('c', 4);
  expect(bag.unstored()).toEqual({
    set: [
      ['b', text('3')],
      ['c', { type: PT.LONG, value: 4 }],
    ],
    removed: [],
  });
  bag.markStored();
  expect(bag.unstored()).toEqual({ set: [], removed: [] });
  bag.delete('a');
  expect(bag.unstored()).toEqual({ set: [], removed: ['a'] });
});
