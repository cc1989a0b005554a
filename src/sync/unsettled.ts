import type { Held, Involved } from './action.ts';
import type { RuleId } from './rules.ts';
import { across, SIDE_NAMES, type Unsettled } from './state.ts';

/** The items as rows to look at again. */
export function unsettledItems(items: Involved, why: RuleId): Unsettled[] {
  return SIDE_NAMES.flatMap((side) => items[side].map((id) => ({ side, id, why, refused: undefined })));
}

/** The items of something held, the one whose content is refused with the digest of that content. */
export function unsettledHeld(held: Held): Unsettled[] {
  const from = held.on === undefined ? undefined : across(held.on);
  return unsettledItems(held.items, held.rule).map((row) =>
    row.side === from ? { ...row, refused: held.refused } : row,
  );
}

/** One row per item: of several, the one that remembers a refusal. */
export function oncePerItem(rows: readonly Unsettled[]): readonly Unsettled[] {
  const byItem = new Map<string, Unsettled>();
  for (const row of rows) {
    const key = JSON.stringify([row.side, row.id]);
    if (byItem.get(key)?.refused === undefined) byItem.set(key, row);
  }
  return [...byItem.values()];
}
