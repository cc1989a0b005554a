import type { ItemId } from '../../sync/side.ts';
import type { HeldRow } from '../../sync/state.ts';
import type { Working } from '../working.ts';

/**
 * What a person is about to remove on the server by one deed is agreed to in Outlook: the next run carries it out without asking once more,
 * however many there are. Other deletions are counted as always. Said before the removal: a death in between leaves an agreement to a
 * deletion that there is not, which the next run forgets, and never deletions that nobody agreed to.
 * @param removing titles by the ids of the server
 * @returns takes the agreement back for those that stay on the server
 */
export function agreeToRemovals(
  { storage }: Working,
  container: string,
  removing: ReadonlyMap<ItemId, string>,
): (stay: ReadonlySet<ItemId>) => void {
  const pair = storage.pairs.all().find(({ folders }) => folders.server === container);
  if (pair === undefined || removing.size === 0) return () => {};
  const state = storage.state<unknown>(pair.id);
  const links = state.linksOf('server', [...removing.keys()]);
  const agreed = links.map(({ key, server }): Omit<HeldRow, 'decision'> => {
    return { key, rule: 'G1', title: removing.get(server.id) ?? '', on: 'outlook' };
  });
  const keys = new Set(agreed.map(({ key }) => key));
  const before = state.held().filter(({ key }) => !keys.has(key));
  state.transaction((tx) => {
    tx.setHeld([...before, ...agreed]);
    for (const { key } of agreed) tx.decide(key, 'apply');
  });
  return (stay) => {
    const staying = new Set(links.filter(({ server }) => stay.has(server.id)).map(({ key }) => key));
    if (staying.size === 0) return;
    state.transaction((tx) => tx.setHeld(state.held().filter(({ key }) => !staying.has(key))));
  };
}
