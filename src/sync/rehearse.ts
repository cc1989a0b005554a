import { assert } from '../base/assert.ts';
import type { Answers } from './recover.ts';
import type { SideName } from './side.ts';
import type { Link, LinkKey, State } from './state.ts';

/**
 * The state as it would be after recovery, for a dry run: reads show the answers, writing is a bug.
 */
export function rehearsed<C>(state: State<C>, answers: Answers<C>): State<C> {
  const changed = new Map<LinkKey, Link<C> | undefined>();
  for (const [key, answer] of answers) {
    if (answer.do === 'settle' || answer.do === 'forget')
      changed.set(key, answer.do === 'settle' ? answer.link : undefined);
  }
  const added = [...changed.values()].filter((link) => link !== undefined);
  const kept = (links: readonly Link<C>[]) => links.filter((link) => !changed.has(link.key));
  const known = (side: SideName) => {
    const map = new Map(state.known(side));
    for (const key of changed.keys()) {
      const before = state.link(key);
      if (before !== undefined) map.delete(before[side].id);
    }
    for (const link of added) map.set(link[side].id, link[side].rev);
    return map;
  };
  return {
    known,
    *knowing(side) {
      yield;
      return known(side);
    },
    total: () => known('server').size,
    links: function* () {
      for (const row of state.links()) if (!changed.has(row.key)) yield row;
      yield* added;
    },
    link: (key) => (changed.has(key) ? changed.get(key) : state.link(key)),
    linksOf: (side, ids) => {
      const wanted = new Set(ids);
      return [...kept(state.linksOf(side, ids)), ...added.filter((link) => wanted.has(link[side].id))];
    },
    openLinks: () => [...kept(state.openLinks()), ...added.filter((link) => link.open !== undefined)],
    unmarked: (side) => {
      const missing = added.filter(({ token, [side]: anchor }) => token !== undefined && anchor.token !== token);
      return [...state.unmarked(side).filter((row) => !changed.has(row.key)), ...missing];
    },
    tokensInUse: (tokens) => {
      const wanted = new Set(tokens);
      const before = [...state.tokensInUse(tokens)].filter(([, key]) => !changed.has(key));
      const after = added.flatMap(({ token, key }) => (token !== undefined && wanted.has(token) ? [[token, key]] : []));
      return new Map([...before, ...(after as [string, string][])]);
    },
    writesSince: (at, times) => state.writesSince(at, times),
    intents: () =>
      [...answers].flatMap(([key, answer]) =>
        answer.do === 'keep' ? state.intents().filter((one) => one.key === key) : [],
      ),
    cursor: (side) => state.cursor(side),
    unsettled: () => state.unsettled(),
    held: () => state.held(),
    transaction: () => {
      assert(false, 'a dry run writes nothing');
      throw new Error();
    },
  };
}
