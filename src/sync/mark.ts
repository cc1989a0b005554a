/**
 * Leaves the link's token on items the user made. Content is not touched and nothing depends on it having happened: without the
 * mark a copy is merely taken for a new item. So it needs no intent: what each item was seen to carry stands in its link, and a
 * mark that an ended run still owed is left by the next one. The new rev a mark causes is taken up at once or in the next run.
 */
import { must } from '../base/assert.ts';
import { throwIfCancelled } from '../base/failure.ts';
import { type Engine, targetIn } from './effect.ts';
import { BATCH } from './look.ts';
import type { SideName } from './side.ts';
import { type LinkRow, SIDE_NAMES, type Sides } from './state.ts';

/** Marks every item that lacks its token, on the sides that take marks and may be written. @throws CANCELLED between batches */
export async function markItems<C>(engine: Engine<C>, writable: Sides<boolean>): Promise<void> {
  for (const name of SIDE_NAMES) {
    if (engine.sides[name].mark === undefined || !writable[name]) continue;
    const owed = engine.state.unmarked(name);
    for (let at = 0; at < owed.length; at += BATCH[name]) {
      throwIfCancelled(engine.signal);
      await markBatch(engine, name, owed.slice(at, at + BATCH[name]));
    }
  }
}

/** A refused mark is owed to the next run: the item moved in the meantime or cannot be written now. */
async function markBatch<C>(engine: Engine<C>, name: SideName, rows: readonly LinkRow[]): Promise<void> {
  const { pair, state, kit, signal, sides } = engine;
  const marks = rows.map((row) => ({ target: targetIn(pair, name, row[name]), token: must(row.token) }));
  const results = must(await sides[name].mark?.(pair.folders[name], marks, signal));
  state.transaction((tx) => {
    rows.forEach((row, at) => {
      const result = must(results[at], 'a side answers every mark of a batch');
      if (!result.ok || kit.digest(result.item.content) !== row[name].digest) return;
      const link = must(state.link(row.key), 'a link lives as long as its folder pair');
      const { rev, token } = result.item;
      tx.putLink({ ...link, [name]: { ...link[name], rev, token } });
    });
  });
}
