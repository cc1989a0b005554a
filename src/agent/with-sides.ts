import { setImmediate } from 'node:timers/promises';
import type { PairRecord } from '../storage/records.ts';
import type { Run } from '../sync/run.ts';
import type { ItemId, Rev, Side } from '../sync/side.ts';
import { chosenPolicy } from './chosen-policy.ts';
import { leavingAlone } from './left-alone.ts';
import type { AccountPair, Shared } from './look-at-account.ts';
import { bookSides, calendarSides, type Sides, type SidesOptions } from './sides.ts';
import type { Working } from './working.ts';

/** A pair as far as its sides are concerned. */
export type OpenPair = Pick<AccountPair, 'record' | 'container' | 'owner'>;

/** Opens both sides of a pair, works, and closes them whatever happens. */
export async function withSides<T>(
  working: Working,
  shared: Shared,
  pair: OpenPair,
  work: <C>(run: Run<C>) => Promise<T>,
): Promise<T> {
  const { session, executor, clock } = working;
  const { container, owner } = pair;
  const options: SidesOptions = { session, executor, clock, ...shared, container, owner };
  return container.kind === 'calendar'
    ? withOpenSides(working, { ...pair, how: shared.how }, calendarSides(options), work)
    : withOpenSides(working, { ...pair, how: shared.how }, bookSides(options), work);
}

async function withOpenSides<C, T>(
  working: Working,
  { record, how }: OpenPair & Pick<Shared, 'how'>,
  sides: Sides<C>,
  work: (run: Run<C>) => Promise<T>,
): Promise<T> {
  const { storage, clock, newId } = working;
  const hidden = new Map(remembered(record));
  const remember = () => {
    if (how === 'run' && storage.pairs.get(record.id) !== undefined)
      storage.pairs.put({ ...record, value: { ...record.value, leftAlone: [...hidden] } });
  };
  const seen = (id: ItemId, rev: Rev) => {
    hidden.set(id, rev);
    remember();
  };
  const left = (ids: readonly ItemId[]) => {
    for (const id of ids) hidden.delete(id);
    remember();
  };
  const outlook =
    record.folders.outlook === '' ? unmade(sides.outlook) : leavingAlone(sides.outlook, { items: hidden, seen, left });
  try {
    return await work({
      pair: { id: record.id, folders: record.folders },
      sides: { server: sides.server, outlook },
      state: storage.state<C>(record.id),
      kit: sides.kit,
      policy: chosenPolicy(sides.policy, storage.settings),
      now: () => clock.now(),
      newId,
      pause: () => setImmediate(),
    });
  } finally {
    await sides.close();
  }
}

/** A side whose folder is not made yet, for a rehearsal: it holds nothing. */
function unmade<C>(side: Side<C>): Side<C> {
  return {
    ...side,
    view: async () => ({ moved: [], gone: [], unreadable: [], count: 0, cursor: undefined }),
    read: async () => [],
    find: async () => [],
  };
}

/** Items that are left alone, each with the rev it was last seen with. */
export type Entries = readonly (readonly [ItemId, Rev])[];

export function remembered(record: PairRecord): Entries {
  return (record.value['leftAlone'] ?? []) as Entries;
}
