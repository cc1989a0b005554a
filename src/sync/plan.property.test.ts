import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import { runs } from '../base/testing/runs.ts';
import type { Action, Write } from './action.ts';
import { type PlanInput, plan, type SideView } from './plan.ts';
import { BOTH_WAYS, GUARD, GUARD_ALL } from './policies.ts';
import type { SideName } from './side.ts';
import { across, bothSides, type Link, SIDE_NAMES, type Sides } from './state.ts';
import { inputOf, planSpecs } from './testing/arbitrary-plan.ts';
import { PATIENCE } from './testing/arbitrary-world.ts';
import { type RecordContent, recordKit } from './testing/record-kit.ts';

type Input = PlanInput<RecordContent>;
type Act = Action<RecordContent>;

/** The sides an action writes. */
function writtenBy(action: Act): readonly SideName[] {
  if (action.do === 'merge') return [action.first.on, action.second.on];
  return 'on' in action ? [action.on] : [];
}

test(
  '[S3] a deletion has a link, a proof that the item is gone across, an unchanged target and its revision',
  () => {
    const property = fc.property(planSpecs(4), (spec) => {
      const input = inputOf(spec);
      for (const action of plan(input).actions) {
        if (action.do !== 'delete') continue;
        const link = must(input.links.find((one) => one.key === action.key));
        const [here, there] = [input.views[action.on], input.views[across(action.on)]];
        const { id } = link[across(action.on)];
        const agreed = input.decisions.get(link.key) === 'apply' && there.doubted.has(id);
        expect(there.gone.has(id) || agreed).toBe(true);
        expect(there.items.has(id)).toBe(false);
        const seen = here.items.get(action.target.id);
        expect(action.target.rev).toBe(seen?.rev ?? link[action.on].rev);
        const unchanged = recordKit.digest(action.target.content) === link[action.on].digest;
        const shut = action.rule === 'P4' && !input.policy.writable[across(action.on)];
        const yielding = action.rule === 'P9' && input.policy.deletionWins === true;
        expect(unchanged || shut || yielding).toBe(true);
      }
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S5] swapping the sides mirrors the plan',
  () => {
    const property = fc.property(planSpecs(4), (spec) => {
      const input = inputOf(spec);
      const mirrored = plan(mirror(input))
        .actions.map((action) => outline(action, across))
        .sort();
      expect(mirrored).toEqual(
        plan(input)
          .actions.map((action) => outline(action, (side) => side))
          .sort(),
      );
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S6] the order of the input does not change the plan',
  () => {
    const property = fc.property(planSpecs(4), fc.array(fc.nat(), { minLength: 8, maxLength: 16 }), (spec, random) => {
      let drawn = 0;
      const input = inputOf(spec);
      const shuffled = <T>(values: Iterable<T>): T[] =>
        [...values]
          .map((value) => ({ value, at: must(random[drawn++ % random.length]) }))
          .sort((a, b) => a.at - b.at)
          .map((one) => one.value);
      const views = bothSides((side): SideView<RecordContent> => {
        const { items, gone, doubted, unreadable } = input.views[side];
        return {
          items: new Map(shuffled(items)),
          gone: new Set(shuffled(gone)),
          doubted: new Map(shuffled(doubted)),
          unreadable: new Map(shuffled(unreadable)),
        };
      });
      expect(plan({ ...input, links: shuffled(input.links), views })).toEqual(plan(input));
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S7] an item alone is treated as among others, but for holds',
  () => {
    const property = fc.property(planSpecs(4), (spec) => {
      const input = inputOf({ ...spec, unlinked: [], policy: { ...spec.policy, guard: undefined } });
      const among = plan({ ...input, total: 100 });
      for (const link of input.links) {
        const alone = plan({
          ...input,
          links: [link],
          linked: bothSides((side) => new Set([link[side].id])),
          views: bothSides((side) => only(input.views[side], link[side].id)),
          total: 100,
        });
        expect(alone.actions).toEqual(among.actions.filter((action) => action.key === link.key));
      }
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S8] nothing is planned on a side that may not be written',
  () => {
    const property = fc.property(planSpecs(4), (spec) => {
      const input = inputOf(spec);
      for (const action of plan(input).actions) {
        for (const side of writtenBy(action)) expect(input.policy.writable[side]).toBe(true);
      }
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  '[S9] above the threshold nothing is deleted without consent',
  () => {
    const property = fc.property(planSpecs(30), fc.nat(60), (spec, others) => {
      const input = { ...inputOf(spec), total: spec.links.length + others };
      const { actions, held } = plan(input);
      for (const side of SIDE_NAMES) {
        const unasked = actions.filter(
          (a) => a.do === 'delete' && a.on === side && input.decisions.get(a.key) !== 'apply',
        );
        const count = unasked.length;
        const { count: most, share } = spec.policy.guard ?? GUARD;
        expect(count > most && count > share * input.total).toBe(false);
        expect(input.total > GUARD_ALL && count >= input.total).toBe(false);
        const kept = held.filter((one) => one.do === 'delete' && one.on === side && /^G[12]$/.test(one.rule));
        expect(count === 0 || kept.length === 0).toBe(true);
      }
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

test(
  'every item of a view is linked, acted on or held: nothing falls between',
  () => {
    const property = fc.property(planSpecs(4), (spec) => {
      const input = inputOf(spec);
      const { actions, held } = plan(input);
      for (const side of SIDE_NAMES) {
        const told = new Set([...actions, ...held].flatMap((one) => one.items[side]));
        const linked = new Set(input.links.map((link) => link[side].id));
        for (const id of input.views[side].items.keys()) expect(told.has(id) || linked.has(id)).toBe(true);
      }
    });
    fc.assert(property, runs(2000));
  },
  PATIENCE,
);

function only(view: SideView<RecordContent>, id: string): SideView<RecordContent> {
  const mine = (one: string) => one === id || one === `${id}-moved`;
  return {
    items: new Map([...view.items].filter(([one]) => mine(one))),
    gone: new Set([...view.gone].filter(mine)),
    doubted: new Map([...view.doubted].filter(([one]) => mine(one))),
    unreadable: new Map([...view.unreadable].filter(([one]) => mine(one))),
  };
}

test('[T1] a new item is not overlooked where two links stand for one other item', () => {
  const seen = { open: undefined, decision: undefined, server: 'unseen', outlook: 'touched' } as const;
  const news = { on: 'outlook', title: 'a', token: undefined } as const;
  const input = inputOf({ links: [seen, { ...seen, outlook: 'unseen' }], unlinked: [news], policy: BOTH_WAYS });
  const [one, other] = [must(input.links[0]), must(input.links[1])];
  const links = [one, { ...other, outlook: one.outlook }];
  const linked = { ...input.linked, outlook: new Set([one.outlook.id]) };
  const created = plan({ ...input, links, linked }).actions.filter((action) => action.do === 'create');
  expect(created.map(({ items }) => items.outlook)).toEqual([['outlook-new-0']]);
});

function swap<T>({ server, outlook }: Sides<T>): Sides<T> {
  return { server: outlook, outlook: server };
}

function mirror(input: Input): Input {
  const turned = (link: Link<RecordContent>): Link<RecordContent> => {
    const { open } = link;
    const mirrored = open === undefined || open.why === 'half' ? open : { ...open, trust: across(open.trust) };
    return { ...link, ...swap(link), open: mirrored };
  };
  return {
    ...input,
    links: input.links.map(turned),
    linked: swap(input.linked),
    views: swap(input.views),
    refused: swap(input.refused),
    decisions: new Map(
      [...input.decisions].map(([key, said]) => [key, said === 'server' || said === 'outlook' ? across(said) : said]),
    ),
    previews: swap(input.previews),
    policy: { ...input.policy, writable: swap(input.policy.writable), prefer: across(input.policy.prefer) },
  };
}

/** What an action does, without what is the server's by right: being written first, lending its token and its title. */
function outline(action: Act, named: (side: SideName) => SideName): string {
  const writes = action.do === 'merge' ? [action.first, action.second] : action.do === 'update' ? [action.write] : [];
  const written = writes.map((write: Write<RecordContent>) => [named(write.on), write.target.id, write.content]);
  const target = action.do === 'delete' ? action.target.id : action.do === 'create' ? action.from.id : '';
  const items = SIDE_NAMES.map((side) => [named(side), action.items[side]]);
  return JSON.stringify([
    action.do,
    action.rule,
    sorted(items),
    sorted(written),
    'on' in action && named(action.on),
    target,
  ]);
}

function sorted(values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(value)).sort();
}
