/** Random inputs of the planner: links in every state, items nobody knows, policies, decisions. */
import fc from 'fast-check';
import type { PlanInput, SideView } from '../plan.ts';
import type { Policy } from '../policies.ts';
import { anchorOf } from '../settle.ts';
import type { Item, SideName } from '../side.ts';
import { bothSides, type Decision, type Link, type Open, type Sides } from '../state.ts';
import { type RecordContent, record, recordKit } from './record-kit.ts';
import { STORES } from './world.ts';

/** What is seen of a linked item. */
type SightSpec = 'unseen' | 'touched' | 'edited' | 'moved' | 'gone' | 'doubted' | 'unreadable';
type LinkSpec = { readonly open: Open | undefined; readonly decision: Decision | undefined } & Sides<SightSpec>;
type NewSpec = { readonly on: SideName; readonly title: string; readonly token: string | undefined };

export type PlanSpec = {
  readonly links: readonly LinkSpec[];
  readonly unlinked: readonly NewSpec[];
  readonly policy: Policy<RecordContent>;
};

const side: fc.Arbitrary<SideName> = fc.constantFrom('server', 'outlook');
const sight: fc.Arbitrary<SightSpec> = fc.constantFrom(
  ...(['unseen', 'unseen', 'touched', 'edited', 'edited', 'moved', 'gone', 'gone', 'doubted', 'unreadable'] as const),
);
const open: fc.Arbitrary<Open | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.constant({ why: 'half' } as const),
  fc.record({ why: fc.constantFrom('rewritten', 'unbased'), trust: side }),
);
const decision = fc.constantFrom<(Decision | undefined)[]>(undefined, undefined, 'apply', 'undo', 'server', 'outlook');

/** Up to `most` links. */
export function planSpecs(most: number): fc.Arbitrary<PlanSpec> {
  return fc.record({
    links: fc.array(fc.record({ open, decision, server: sight, outlook: sight }), { maxLength: most }),
    unlinked: fc.array(
      fc.record({
        on: side,
        title: fc.constantFrom('a', 'b', 'c', 'd'),
        token: fc.constantFrom(undefined, undefined, 't0', 't1', 'x'),
      }),
      { maxLength: 6 },
    ),
    policy: fc.record({
      writable: fc.constantFrom(
        { server: true, outlook: true },
        { server: true, outlook: true },
        { server: false, outlook: true },
        { server: true, outlook: false },
      ),
      prefer: side,
      asks: fc.constantFrom(false, false, true),
      deletionWins: fc.constantFrom(false, false, true),
      guard: fc.option(fc.record({ count: fc.nat(12), share: fc.constantFrom(0, 0.1, 0.5, 1) }), { nil: undefined }),
    }),
  });
}

/** The input a spec stands for. */
export function inputOf({ links, unlinked, policy }: PlanSpec): PlanInput<RecordContent> {
  const made = links.map((spec, at) => ({ spec, link: linkFor(at, spec.open) }));
  const views = bothSides((name): SideView<RecordContent> => {
    const seen = (...kinds: SightSpec[]) => made.filter(({ spec }) => kinds.includes(spec[name]));
    const known = seen('touched', 'edited', 'moved').map(({ link, spec }) => seenAs(link, name, spec[name]));
    const loose = unlinked.flatMap((spec, at) => (spec.on === name ? [looseItem(spec, at)] : []));
    return {
      items: new Map([...known, ...loose].map((item) => [item.id, item])),
      gone: new Set(seen('gone', 'moved').map(({ link }) => link[name].id)),
      doubted: new Map(seen('doubted').map(({ link }) => [link[name].id, 'G4'])),
      unreadable: new Map(seen('unreadable').map(({ link }) => [link[name].id, 'busy'])),
    };
  });
  return {
    links: made.map(({ link }) => link),
    linked: bothSides((name) => new Set(made.map(({ link }) => link[name].id))),
    total: links.length,
    views,
    tokensInUse: new Map(made.flatMap(({ link }) => (link.token === undefined ? [] : [[link.token, link.key]]))),
    decisions: new Map(
      made.flatMap(({ spec, link }) => (spec.decision === undefined ? [] : [[link.key, spec.decision]])),
    ),
    refused: { server: new Map(), outlook: new Map() },
    policy,
    kit: recordKit,
    previews: STORES,
  };
}

function linkFor(at: number, open: Open | undefined): Link<RecordContent> {
  const anchors = bothSides((name) => {
    const content = STORES[name](record({ title: `base ${at}`, color: 'red', mood: 'fine' }, `uid-${at}`));
    return anchorOf(recordKit, { id: `${name}-${at}`, rev: 'r1', content, token: undefined });
  });
  return { key: `k${at}`, token: `t${at}`, open, ...anchors };
}

function seenAs(link: Link<RecordContent>, name: SideName, how: SightSpec): Item<RecordContent> {
  const { id, content } = link[name];
  // One field both sides edit, to different values, and one that only this side edits.
  const edits = { place: `${name} of ${link.key}`, [name === 'server' ? 'room' : 'topic']: 'new' };
  const edited = record({ ...content.fields, ...edits }, content.uid);
  const token = link.token;
  if (how === 'moved') return { id: `${id}-moved`, rev: 'r2', content, token };
  return { id, rev: 'r2', content: how === 'edited' ? edited : record(content.fields, content.uid), token };
}

function looseItem({ on, title, token }: NewSpec, at: number): Item<RecordContent> {
  return { id: `${on}-new-${at}`, rev: 'r1', content: record({ title }), token };
}
