/** The users of a world, one on each side, and the ledger of what they wrote last and nobody may lose. */
import { must, unreachable } from '../../base/assert.ts';
import type { ItemId, SideName } from '../side.ts';
import { type HistoryEntry, type Pair, SIDE_NAMES, type Sides } from '../state.ts';
import type { MemorySide } from './memory-side.ts';
import { type RecordContent, record } from './record-kit.ts';

export type UserDeed = 'add' | 'edit' | 'touch' | 'delete' | 'copy' | 'rename' | 'undo' | 'restore';
/** What a user does; `pick` chooses among the items there are, `field` among the fields. */
export type UserAct = { readonly on: SideName; readonly deed: UserDeed; readonly pick: number; readonly field: number };

export type Users = {
  act(act: UserAct): void;
  /** Values that are neither on a side nor in `history`, although no later deed of the same user removed them. */
  lost(history: readonly HistoryEntry<RecordContent>[]): readonly string[];
};

const FIELDS = ['title', 'note', 'place', 'mood', 'color'] as const;

/** Users who act on the folders of `pair`. Every value they write is new, so that it can be followed. */
export function users(sides: Sides<MemorySide<RecordContent>>, pair: Pair): Users {
  const ledger = new Map<string, SideName>();
  const past = { server: new Map<ItemId, RecordContent>(), outlook: new Map<ItemId, RecordContent>() };
  const trash: Record<SideName, RecordContent[]> = { server: [], outlook: [] };
  let values = 0;

  const itemsOn = (on: SideName) => sides[on].user.items(pair.folders[on]);
  const contentOf = (on: SideName, id: ItemId) => itemsOn(on).find((item) => item.id === id)?.content;
  /** A note carries marks that the sides strip, so that contents are rewritten on the way. */
  const fresh = (field: string) => {
    values += 1;
    return `v${values}${field === 'note' ? '~+' : ''}`;
  };
  const entrust = (on: SideName, id: ItemId) => {
    for (const value of Object.values(must(contentOf(on, id)).fields)) ledger.set(value, on);
  };
  const release = (on: SideName, content: RecordContent) => {
    for (const value of Object.values(content.fields)) if (ledger.get(value) === on) ledger.delete(value);
  };
  const overwrite = (on: SideName, id: ItemId, content: RecordContent) => {
    const before = must(contentOf(on, id));
    past[on].set(id, before);
    release(on, before);
    sides[on].user.edit(pair.folders[on], id, () => content);
    entrust(on, id);
  };
  const add = (on: SideName, content: RecordContent) => entrust(on, sides[on].user.add(pair.folders[on], content));

  const act = ({ on, deed, pick, field }: UserAct): void => {
    const { user } = sides[on];
    const folder = pair.folders[on];
    const items = itemsOn(on);
    const item = items[pick % Math.max(items.length, 1)];
    const name = must(FIELDS[field % FIELDS.length]);
    if (deed === 'add' || item === undefined) {
      const note = field < FIELDS.length ? '' : fresh('note');
      add(on, record({ title: fresh('title'), note, [name]: fresh(name) }, `uid-${values}`));
      return;
    }
    switch (deed) {
      case 'edit':
        overwrite(on, item.id, record({ ...item.content.fields, [name]: fresh(name) }, item.content.uid));
        break;
      case 'touch':
        user.edit(folder, item.id, (content) => content);
        break;
      case 'delete':
        trash[on].push(item.content);
        release(on, item.content);
        user.delete(folder, item.id);
        break;
      case 'copy':
        user.copy(folder, item.id);
        break;
      case 'rename':
        user.rename(folder, item.id);
        break;
      case 'undo':
        overwrite(on, item.id, past[on].get(item.id) ?? item.content);
        break;
      case 'restore': {
        const content = trash[on].pop();
        if (content !== undefined) add(on, content);
        break;
      }
      default:
        unreachable(deed);
    }
  };
  const lost = (history: readonly HistoryEntry<RecordContent>[]) => {
    const onSides = SIDE_NAMES.flatMap((name) => itemsOn(name).map((item) => item.content));
    const kept = [...onSides, ...history.map((entry) => entry.content)];
    const there = new Set(kept.flatMap((content) => Object.values(content.fields)));
    return [...ledger.keys()].filter((value) => !there.has(value));
  };
  return { act, lost };
}
