/**
 * Leaves the link's token on items the user made. Content is not touched and nothing depends on it having happened: without the
 * mark a copy is merely taken for a new item. So it needs no intent; the new rev it causes is taken up at once or in the next run.
 */
import { must } from '../base/assert.ts';
import { type Engine, targetIn } from './effect.ts';
import type { Mark, SideName } from './side.ts';
import { type Link, type LinkKey, SIDE_NAMES } from './state.ts';

/** A link whose item on `side` does not carry the link's token. */
export type Unmarked = { readonly key: LinkKey; readonly side: SideName };

/** Marks the items, on the sides that take marks. */
export async function markItems<C>(engine: Engine<C>, unmarked: readonly Unmarked[]): Promise<void> {
  for (const name of SIDE_NAMES) {
    const side = engine.sides[name];
    if (side.mark === undefined) continue;
    const links = unmarked.flatMap(({ key, side: at }) => {
      const link = at === name ? engine.state.link(key) : undefined;
      return link === undefined ? [] : [link];
    });
    const marked = links.flatMap((link) => {
      const mark = markOf(engine, link, name);
      return mark === undefined ? [] : [{ link, mark }];
    });
    if (marked.length === 0) continue;
    const marks = marked.map(({ mark }) => mark);
    const results = await side.mark(engine.pair.folders[name], marks, engine.signal);
    engine.state.transaction((tx) => {
      marked.forEach(({ link }, at) => {
        const result = must(results[at], 'a side answers every mark of a batch');
        if (!result.ok || engine.kit.digest(result.item.content) !== link[name].digest) return;
        tx.putLink({ ...link, [name]: { ...link[name], rev: result.item.rev } });
      });
    });
  }
}

function markOf<C>({ pair }: Engine<C>, link: Link<C>, on: SideName): Mark | undefined {
  return link.token === undefined ? undefined : { target: targetIn(pair, on, link[on]), token: link.token };
}
