/** A storage with one folder pair, as the tests of other rooms need it. */
import type { HistoryEntry, PairId, State } from '../sync/state.ts';
import { open, type Storage } from './open.ts';

export type TestStorage<C> = {
  readonly storage: Storage;
  readonly state: State<C>;
  history(): readonly HistoryEntry<C>[];
};

/** Opens `file` (none by default) and makes sure the pair is there. */
export function testStorage<C>(pair: PairId = 'pair', file = ':memory:'): TestStorage<C> {
  const storage = open({ file, now: () => 0 });
  storage.accounts.put({ id: 'account', server: 'https://bluemind.example', login: 'lena@example.org', value: {} });
  const folders = { server: `${pair}-server`, outlook: `${pair}-outlook` };
  storage.pairs.put({ id: pair, account: 'account', kind: 'calendar', name: 'Calendar', folders, value: {} });
  const history = () =>
    [...storage.history.entries({ pair })].map(
      ({ pair: _pair, container: _in, folder: _called, restored: _, ...entry }) => {
        return entry as HistoryEntry<C>;
      },
    );
  return { storage, state: storage.state<C>(pair), history };
}
