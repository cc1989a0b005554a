import type { Cursor, SideName } from './side.ts';
import type { State } from './state.ts';

/** Stands for the bookmark of a side whose bookmarks and revs mean nothing any more. */
export const DISTRUSTED: Cursor = '';

/**
 * Tells the engine that a side was restored from a backup, replaced or made anew: in the next run every item of it is read and
 * compared by its content, and nothing is taken for gone (G4).
 */
export function distrust<C>(state: State<C>, side: SideName): void {
  state.transaction((tx) => tx.setCursor(side, DISTRUSTED));
}
