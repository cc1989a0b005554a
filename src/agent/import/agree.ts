import type { ItemId } from '../../sync/side.ts';
import type { HeldRow } from '../../sync/state.ts';
import type { Working } from '../working.ts';

/**
 * What a person has removed on the server by one deed is agreed to in Outlook: the next run carries it out without asking once more,
 * however many there are. Other deletions are counted as always.
 * @param removed titles by the ids of the server
 */
export function agreeToRemovals({ storage }: Working, container: string, removed: ReadonlyMap<ItemId, string>): void {
  const pair = storage.pairs.all().find(({ folders }) => folders.server === container);
  if (pair === undefined || removed.size === 0) return;
  const state = storage.state<unknown>(pair.id);
  const links = state.linksOf('server', [...removed.keys()]);
  const agreed = links.map(({ key, server }): Omit<HeldRow, 'decision'> => {
    return { key, rule: 'G1', title: removed.get(server.id) ?? '', on: 'outlook' };
  });
  const keys = new Set(agreed.map(({ key }) => key));
  const before = state.held().filter(({ key }) => !keys.has(key));
  state.transaction((tx) => {
    tx.setHeld([...before, ...agreed]);
    for (const { key } of agreed) tx.decide(key, 'apply');
  });
}
