import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { mergeBy, type Preference, type Sides } from './merge.ts';
import { atom, inline, keyed, optional, record, renamed, type Shape } from './shape.ts';
import { changedFieldsBy } from './shape-diff.ts';
import { textOf } from './shape-text.ts';

type Line = { readonly key: string; readonly text: string; readonly mark: boolean };
type Value = {
  readonly title: string;
  readonly day: string | undefined;
  readonly text: { readonly plain: string; readonly html: string | undefined };
  readonly inside: { readonly x: number; readonly y: number } | undefined;
  readonly words: readonly string[];
  readonly lines: readonly Line[];
  readonly slots: readonly Line[];
};

const LINE = record<Line>({ key: atom(), text: atom(), mark: atom() });
/** One of every kind of shape. */
const SHAPE: Shape<Value> = record<Value>({
  title: atom(),
  day: atom(),
  text: atom((text) => text.plain),
  inside: optional(record<{ readonly x: number; readonly y: number }>({ x: atom(), y: atom() })),
  words: keyed((word) => word.toLowerCase()),
  lines: keyed((line) => line.key, LINE),
  slots: renamed(keyed((line) => line.key, inline(LINE))),
});

const few = fc.constantFrom('a', 'b', 'c');
const lines = (most: number) =>
  fc.uniqueArray(fc.record({ key: fc.constantFrom('k', 'l', 'm', 'n'), text: few, mark: fc.boolean() }), {
    selector: (line) => line.key,
    maxLength: most,
  });
const values: fc.Arbitrary<Value> = fc.record({
  title: few,
  day: fc.option(few, { nil: undefined }),
  text: fc.record({ plain: few, html: fc.option(few, { nil: undefined }) }),
  inside: fc.option(fc.record({ x: fc.nat(2), y: fc.nat(2) }), { nil: undefined }),
  words: fc.uniqueArray(fc.constantFrom('One', 'one', 'Two', 'Three'), { selector: (word) => word.toLowerCase() }),
  lines: lines(4),
  slots: lines(3),
});
const preferences = fc.constantFrom<Preference>('server', 'outlook');
const sides: fc.Arbitrary<Sides<Value>> = fc.record({
  server: fc.record({ base: values, now: values }),
  outlook: fc.record({ base: values, now: values }),
  prefer: preferences,
});

const text = (value: Value) => textOf(SHAPE, value);
const other = (side: Preference): Preference => (side === 'server' ? 'outlook' : 'server');

describe('the three-way merge', () => {
  test('[H25] what one side changed arrives on the other, and nothing is a conflict', () => {
    fc.assert(
      fc.property(values, values, preferences, (base, now, prefer) => {
        const untouched = { base, now: base };
        const fromServer = mergeBy(SHAPE, { server: { base, now }, outlook: untouched, prefer });
        expect([text(fromServer.server), text(fromServer.outlook)]).toEqual([text(now), text(now)]);
        const fromOutlook = mergeBy(SHAPE, { server: untouched, outlook: { base, now }, prefer });
        expect([text(fromOutlook.server), text(fromOutlook.outlook)]).toEqual([text(now), text(now)]);
        expect([...fromServer.conflicts, ...fromOutlook.conflicts]).toEqual([]);
      }),
      runs(500),
    );
  });

  test('[H28] what no side changed stays as each side holds it', () => {
    fc.assert(
      fc.property(values, values, preferences, (server, outlook, prefer) => {
        const merged = mergeBy(SHAPE, {
          server: { base: server, now: server },
          outlook: { base: outlook, now: outlook },
          prefer,
        });
        expect(merged).toEqual({ server, outlook, conflicts: [] });
      }),
      runs(500),
    );
  });

  test('[H28] a change on one side leaves the fields of the other that it does not touch', () => {
    fc.assert(
      fc.property(values, values, values, preferences, (base, now, outlook, prefer) => {
        const merged = mergeBy(SHAPE, { server: { base, now }, outlook: { base: outlook, now: outlook }, prefer });
        expect(text(merged.server)).toBe(text(now));
        const touched = changedFieldsBy(SHAPE, base, now).map(fieldOf);
        const arrived = changedFieldsBy(SHAPE, outlook, merged.outlook).map(fieldOf);
        expect(touched).toEqual(expect.arrayContaining(arrived));
      }),
      runs(500),
    );
  });

  test('sides that agreed before agree again', () => {
    fc.assert(
      fc.property(values, values, values, preferences, (base, server, outlook, prefer) => {
        const merged = mergeBy(SHAPE, { server: { base, now: server }, outlook: { base, now: outlook }, prefer });
        // Texts of the same words may be set differently on both sides.
        expect(textOf(SHAPE, merged.server, 'seen')).toBe(textOf(SHAPE, merged.outlook, 'seen'));
      }),
      runs(500),
    );
  });

  test('merging what was merged changes nothing', () => {
    fc.assert(
      fc.property(sides, ({ server, outlook, prefer }) => {
        const once = mergeBy(SHAPE, { server, outlook, prefer });
        const twice = mergeBy(SHAPE, {
          server: { base: server.base, now: once.server },
          outlook: { base: outlook.base, now: once.outlook },
          prefer,
        });
        // Which entry was edited into which is told from where they stand, and that may have moved: there only the keys last.
        expect(lasting(twice)).toEqual(lasting(once));
        expect([keysOf(twice.server), keysOf(twice.outlook)]).toEqual([keysOf(once.server), keysOf(once.outlook)]);
        const settled = mergeBy(SHAPE, {
          server: { base: once.server, now: once.server },
          outlook: { base: once.outlook, now: once.outlook },
          prefer,
        });
        expect(settled).toEqual({ server: once.server, outlook: once.outlook, conflicts: [] });
      }),
      runs(1000),
    );
  });

  test('[S5] swapping the sides and the preference mirrors the merge', () => {
    fc.assert(
      fc.property(sides, ({ server, outlook, prefer }) => {
        const merged = mergeBy(SHAPE, { server, outlook, prefer });
        const mirrored = mergeBy(SHAPE, { server: outlook, outlook: server, prefer: other(prefer) });
        expect(mirrored.server).toEqual(merged.outlook);
        expect(mirrored.outlook).toEqual(merged.server);
        const turned = mirrored.conflicts.map(({ field, winner }) => ({ field, winner: other(winner) }));
        expect(new Set(turned.map((conflict) => JSON.stringify(conflict)))).toEqual(
          new Set(merged.conflicts.map((conflict) => JSON.stringify(conflict))),
        );
      }),
      runs(1000),
    );
  });

  test('[H25] every conflict names a field that both sides changed', () => {
    fc.assert(
      fc.property(sides, ({ server, outlook, prefer }) => {
        const moved = new Set(changedFieldsBy(SHAPE, outlook.base, outlook.now).map(fieldOf));
        const both = changedFieldsBy(SHAPE, server.base, server.now)
          .map(fieldOf)
          .filter((name) => moved.has(name));
        for (const { field } of mergeBy(SHAPE, { server, outlook, prefer }).conflicts)
          expect(both).toContain(fieldOf(field));
      }),
      runs(500),
    );
  });
});

describe('canonical texts', () => {
  test('[H28] do not depend on the order of members and keyed entries, and show every difference', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const turned = Object.fromEntries(
          Object.entries(a)
            .toReversed()
            .map(([name, member]) => [name, Array.isArray(member) ? member.toReversed() : member]),
        ) as Value;
        expect(text(turned)).toBe(text(a));
        expect(changedFieldsBy(SHAPE, a, turned)).toEqual([]);
        expect(text(a) === text(b)).toBe(changedFieldsBy(SHAPE, a, b).length === 0);
      }),
      runs(1000),
    );
  });
});

function lasting(merged: { readonly server: Value; readonly outlook: Value }): readonly string[] {
  return [merged.server, merged.outlook].map((value) => text({ ...value, slots: [] }));
}

function keysOf(value: Value): readonly string[] {
  return value.slots.map((line) => line.key).sort();
}

/** The first part of a field's name: `lines` of `lines[k].text`. */
function fieldOf(name: string): string {
  return name.split(/[.[]/)[0] ?? name;
}
