/** Histories that once broke the engine, found by the property tests and shrunk; each keeps the sentence of what was wrong. */
import { test } from 'vitest';
import { survives } from './testing/arbitrary-world.ts';
import { memoryState } from './testing/memory-state.ts';
import type { RecordContent } from './testing/record-kit.ts';
import type { UserAct, UserDeed } from './testing/users.ts';
import type { Nature, Round } from './testing/world.ts';

const act = (on: UserAct['on'], deed: UserDeed, pick = 0, field = 0): UserAct => ({ on, deed, pick, field });
const at = (step: number, what: UserAct): Round['during'][number] => ({ step, act: what });
const round = (before: readonly UserAct[] = [], rest: Partial<Round> = {}): Round => {
  return { before, during: [], crashAt: undefined, loseCursors: false, ...rest };
};
const nature = (rest: Partial<Nature> = {}): Nature => ({
  marks: false,
  foretells: false,
  supports: { server: {}, outlook: {} },
  policy: { writable: { server: true, outlook: true }, prefer: 'server' },
  flaky: 0,
  picky: false,
  ...rest,
});
const replay = (name: string, of: Nature, ...rounds: Round[]) =>
  test(name, () => {
    const state = memoryState<RecordContent>();
    return survives(of, rounds, { state, history: state.history });
  });

replay(
  '[S11] a deletion that came too late is decided again, although it is not reported again',
  nature(),
  round([act('server', 'add')]),
  round([act('server', 'delete')], { during: [at(3, act('outlook', 'edit', 0, 4))] }),
);

replay(
  '[L6] an item that moved to another id keeps its link when its update came too late',
  nature(),
  round([act('server', 'add')]),
  round([act('server', 'edit'), act('server', 'rename')], { during: [at(3, act('outlook', 'undo'))] }),
  round(),
);

replay(
  '[R6] a doubtful write leaves the link with the ids it was decided on, not with the ids of its bases',
  nature({ supports: { server: { guardedWrites: false }, outlook: { deletions: 'reported' } } }),
  round([], { during: [at(1, act('server', 'add'))] }),
  round([act('outlook', 'rename'), act('outlook', 'edit', 0, 1)]),
  round(),
);

replay(
  '[R6] a link without bases stays without when a second write is interrupted too',
  nature(),
  round([act('outlook', 'add')], { crashAt: 6 }),
  round([act('outlook', 'edit', 0, 1), act('server', 'edit'), act('server', 'add')], {
    during: [at(7, act('server', 'edit', 0, 1))],
    crashAt: 14,
  }),
);

replay(
  '[L5] two items with one token are created under two',
  nature({ supports: { server: { clientIds: false }, outlook: {} } }),
  round([act('outlook', 'add')], { during: [at(3, act('outlook', 'delete'))] }),
  round([], { crashAt: 4 }),
  round([act('server', 'rename'), act('server', 'copy')], { crashAt: 9 }),
);

replay(
  '[L6] an item that moved while the bookmark was lost is not taken for a new one',
  nature({ supports: { server: {}, outlook: { deletions: 'reported' } } }),
  round([act('outlook', 'add'), act('server', 'add'), act('server', 'copy')]),
  round([act('outlook', 'delete', 4)]),
  round([act('outlook', 'restore')], { crashAt: 1 }),
  round([act('outlook', 'rename', 1)], { crashAt: 1, loseCursors: true }),
  round([act('server', 'copy')], { crashAt: 1 }),
);

replay(
  '[S1] an item that went away while it was written leaves its former version in the history',
  nature({ supports: { server: {}, outlook: { guardedWrites: false } } }),
  round([act('outlook', 'add')]),
  round([act('server', 'edit')], { during: [at(6, act('outlook', 'rename'))] }),
  round(),
);

replay(
  '[T3] the second half of a merge waits when the first left what nobody foresaw',
  nature({ supports: { server: { guardedWrites: false }, outlook: {} } }),
  round([act('server', 'add')], { during: [at(2, act('server', 'edit'))] }),
  round([act('outlook', 'edit', 0, 6)], { during: [at(6, act('server', 'undo'))] }),
  round(),
);

replay(
  '[R6] an edit undone between writing and reading back is not taken for rewriting',
  nature({ foretells: true, supports: { server: { guardedWrites: false }, outlook: {} } }),
  round([act('server', 'add')], { crashAt: 1 }),
  round([], { during: [at(6, act('outlook', 'edit', 3)), at(1, act('outlook', 'add'))] }),
  round([act('outlook', 'add'), act('outlook', 'delete')], { crashAt: 4 }),
  round([act('server', 'undo'), act('outlook', 'delete', 3)], {
    during: [at(10, act('server', 'undo'))],
    loseCursors: true,
  }),
);

replay(
  '[P2] an edit that may neither be carried over nor undone is held as a whole',
  nature({
    picky: true,
    policy: {
      writable: { server: true, outlook: true },
      prefer: 'server',
      permit: ({ on, now, wanted }) =>
        on === 'outlook' ? wanted : { ...now, fields: { ...now.fields, ...moodOf(wanted) } },
    },
  }),
  round([act('outlook', 'add'), act('outlook', 'edit', 0, 7)]),
  round([act('outlook', 'edit', 0, 3), act('outlook', 'edit')]),
);

function moodOf({ fields }: RecordContent): Record<string, string> {
  return fields.mood === undefined ? {} : { mood: fields.mood };
}

replay(
  '[L6] of an item moved and its copy, one keeps the link and the other becomes new',
  nature(),
  round([act('server', 'add', 0, 4), act('server', 'add'), act('outlook', 'add')]),
  round([act('outlook', 'rename', 4), act('outlook', 'copy', 5)], { crashAt: 6 }),
);

replay(
  '[R1] two interrupted creations are never answered by one item',
  nature({ supports: { server: { clientIds: false }, outlook: {} } }),
  round([act('outlook', 'add')], { during: [at(3, act('outlook', 'delete'))] }),
  round([act('server', 'copy')], { during: [at(1, act('outlook', 'add'))], crashAt: 14 }),
  round([act('outlook', 'delete', 3)], { crashAt: 1 }),
  round([], { crashAt: 4 }),
  round([act('server', 'edit', 4), act('server', 'edit')], { crashAt: 9 }),
);

replay(
  '[R9] [S1] what was to be deleted before the server was played back stays in the history',
  nature({ policy: { writable: { server: true, outlook: false }, prefer: 'server' } }),
  round([act('outlook', 'add')]),
  round([act('outlook', 'delete')], { during: [at(1, act('server', 'add'))] }),
  round([act('outlook', 'add'), act('server', 'edit')], { trouble: { on: 'server', call: 4, when: 'before' } }),
  round([], { mishap: 'restored' }),
);
