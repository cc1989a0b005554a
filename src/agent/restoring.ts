/**
 * Which versions are being made again in Outlook: noted before the item is made, because a process may die before its id is known.
 * The next run gives such an item another token when it has made it on the server; so it is looked for before that.
 */
import type { PairRecord } from '../storage/records.ts';
import type { Run } from '../sync/run.ts';
import type { Token } from '../sync/side.ts';
import type { HistoryId, PairId } from '../sync/state.ts';
import type { Working } from './working.ts';

type Making = Readonly<Record<HistoryId, Token>>;

export function noteMaking({ storage }: Working, pair: PairId, entry: HistoryId, token: Token): void {
  const record = storage.pairs.get(pair);
  if (record === undefined) return;
  storage.pairs.put({ ...record, value: { ...record.value, making: { ...makingIn(record), [entry]: token } } });
}

/** The item is made, or will not be. */
export function settleMaking({ storage }: Working, pair: PairId, entry: HistoryId): void {
  const record = storage.pairs.get(pair);
  if (record === undefined) return;
  const { making: _, ...value } = record.value;
  const { [entry]: _done, ...others } = makingIn(record);
  const rest = Object.keys(others).length === 0 ? value : { ...value, making: others };
  storage.pairs.put({ ...record, value: rest });
}

/** Finds what an interrupted restore has made in Outlook, so that the version is known to be back. Costs nothing where none was. */
export async function findMade<C>({ pair, sides, now }: Run<C>, working: Working): Promise<void> {
  const { storage } = working;
  const record = storage.pairs.get(pair.id);
  for (const [entry, token] of Object.entries(record === undefined ? {} : makingIn(record))) {
    const [item] = await sides.outlook.find(pair.folders.outlook, [token]);
    const kept = storage.history.read(entry);
    const items = { ...kept?.restored?.items, outlook: item?.id ?? '' };
    if (kept !== undefined && item !== undefined) storage.history.setRestored(entry, { at: now(), items });
    settleMaking(working, pair.id, entry);
  }
}

function makingIn({ value }: PairRecord): Making {
  return (value['making'] ?? {}) as Making;
}
