import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { runs } from '../base/testing/runs.ts';
import { plan } from './plan.ts';
import { BOTH_WAYS } from './policies.ts';
import { anchorOf } from './settle.ts';
import type { Item } from './side.ts';
import { folded, unfolded, unfoldedAnchor } from './side-folded.ts';
import { type Anchor, bothSides, SIDE_NAMES } from './state.ts';
import { inputOf, planSpecs } from './testing/arbitrary-plan.ts';
import { PATIENCE } from './testing/arbitrary-world.ts';
import { recordKit } from './testing/record-kit.ts';

test('a folded item says what the item says, whatever that is', () => {
  const property = fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), fc.string(), (content, id) => {
    const item: Item<unknown> = { id, rev: 'r1', token: undefined, content };
    const made = folded(item);
    expect(JSON.stringify(made.content)).toBe(JSON.stringify(content));
    expect(unfolded(made)).toEqual({ ...item, content: JSON.parse(JSON.stringify(content)) });
    expect(unfolded(item)).toBe(item);
  });
  fc.assert(property, runs(200));
});

test('what looks like JSON within a text stays a text', () => {
  const content = {
    '"a\\":': ['":', '{"b":1,"c":null}', '\\"', 'two\nlines\0'],
    __proto__x: [-1.5e-7, true, {}, [], ''],
  };
  const item = { id: 'i', rev: 'r1', token: 't', content };
  expect(folded(item).content).toEqual(content);
});

test(
  'what is planned of folded items is what is planned of the items',
  () => {
    const property = fc.property(planSpecs(4), (spec) => {
      const input = inputOf(spec);
      const views = bothSides((side) => {
        const items = [...input.views[side].items].map(([id, item]) => [id, folded(item)] as const);
        return { ...input.views[side], items: new Map(items) };
      });
      expect(plainly(plan({ ...input, views }))).toEqual(plainly(plan(input)));
    });
    fc.assert(property, runs(200));
  },
  PATIENCE,
);

test('the links of items that meet again stay folded in the plan', () => {
  const news = (['server', 'outlook'] as const).map((on) => ({ on, title: 'a', token: 't' }));
  const input = inputOf({ links: [], unlinked: news, policy: BOTH_WAYS });
  const views = bothSides((side) => {
    const items = [...input.views[side].items].map(([id, item]) => [id, folded(item)] as const);
    return { ...input.views[side], items: new Map(items) };
  });
  const [action] = plan({ ...input, views }).actions;
  if (action?.do !== 'link') throw new Error(`planned: ${action?.do}`);
  for (const side of SIDE_NAMES) {
    const anchor = action.anchors[side];
    // Made anew each time it is asked for, and the same.
    expect(anchor.content).not.toBe(anchor.content);
    expect(unfoldedAnchor(anchor)).toEqual({ ...anchorOf(recordKit, must([...input.views[side].items.values()][0])) });
  }
});

/** A plan with the contents of the items that it names. */
function plainly(planned: ReturnType<typeof plan>): unknown {
  const isItem = (value: unknown): value is Item<unknown> =>
    typeof value === 'object' && value !== null && 'rev' in value && 'content' in value;
  const plain = (value: unknown) => (isItem(value) ? unfolded(unfoldedAnchor(value as Anchor<unknown>)) : value);
  return JSON.parse(JSON.stringify(planned, (_key, value: unknown) => plain(value)));
}
