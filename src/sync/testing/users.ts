/** The users of a world, one on each side, and the ledger of what they wrote last and nobody may lose. */
import { must, unreachable } from '../../base/assert.ts';
import type { FolderId, Item, ItemId, SideName } from '../side.ts';
import { type HistoryEntry, type Pair, SIDE_NAMES, type Sides } from '../state.ts';
import type { MemorySide } from './memory-side.ts';
import { type RecordContent, record } from './record-kit.ts';

export type UserDeed = 'add' | 'edit' | 'touch' | 'delete' | 'copy' | 'rename' | 'undo' | 'restore';
/** What a user does; `pick` chooses among the items there are, `field` among the fields. */
export type UserAct = { readonly on: SideName; readonly deed: UserDeed; readonly pick: number; readonly field: number };

export type Users = {
  act(act: UserAct): void;
  /** Values that are neither on a side nor in the history, although no later deed of the same user removed them. */
  lost(): readonly string[];
  /**
   * A mishap befell the server: what only it had is missed no longer, and what is left of it in Outlook is the other user's to
   * keep or to delete.
   */
  forgive(): void;
};

const FIELDS = ['title', 'note', 'place', 'mood', 'color'] as const;

/** Users who act on the folders of `pair`. Every value they write is new, so that it can be followed. */
export function users(
  sides: Sides<MemorySide<RecordContent>>,
  pair: Pair,
  history: () => readonly HistoryEntry<RecordContent>[],
): Users {
  const desks = {
    server: deskOf(sides.server, pair.folders.server),
    outlook: deskOf(sides.outlook, pair.folders.outlook),
  };
  const ledger: Ledger = new Map();
  let values = 0;
  /** A note carries marks that the sides strip, so that contents are rewritten on the way. */
  const fresh = (field: string) => {
    values += 1;
    return `v${values}${field === 'note' ? '~+' : ''}`;
  };
  const lost = () => {
    const onSides = SIDE_NAMES.flatMap((name) => desks[name].items().map((item) => item.content));
    const kept = [...onSides, ...history().map((entry) => entry.content)];
    const there = new Set(kept.flatMap((content) => Object.values(content.fields)));
    return [...ledger.keys()].filter((value) => !there.has(value));
  };
  return {
    act: (act) => {
      const desk = desks[act.on];
      const items = desk.items();
      const item = items[act.pick % Math.max(items.length, 1)];
      const name = must(FIELDS[act.field % FIELDS.length]);
      if (act.deed !== 'add' && item !== undefined) return change(ledger, desk, { deed: act.deed, item, name, fresh });
      const note = act.field < FIELDS.length ? '' : fresh('note');
      add(ledger, desk, record({ title: fresh('title'), note, [name]: fresh(name) }, `uid-${values}`));
    },
    lost,
    forgive: () => {
      for (const value of lost()) ledger.delete(value);
      const there = new Set(desks.server.items().flatMap(({ content }) => Object.values(content.fields)));
      for (const [value, on] of ledger) if (on === 'server' && !there.has(value)) ledger.set(value, 'outlook');
    },
  };
}

/** Each value a user wrote and has not replaced or deleted, with the side it was written on. */
type Ledger = Map<string, SideName>;

/** One user's folder, and what that user can bring back. */
type Desk = {
  readonly on: SideName;
  readonly folder: FolderId;
  readonly user: MemorySide<RecordContent>['user'];
  readonly past: Map<ItemId, RecordContent>;
  readonly trash: RecordContent[];
  items(): readonly Item<RecordContent>[];
};

function deskOf({ name, user }: MemorySide<RecordContent>, folder: FolderId): Desk {
  return { on: name, folder, user, past: new Map(), trash: [], items: () => user.items(folder) };
}

function change(
  ledger: Ledger,
  desk: Desk,
  of: { deed: Exclude<UserDeed, 'add'>; item: Item<RecordContent>; name: string; fresh: (field: string) => string },
): void {
  const { user, folder, past, trash } = desk;
  const { deed, item, name, fresh } = of;
  const { id, content } = item;
  switch (deed) {
    case 'edit':
      overwrite(ledger, desk, item, record({ ...content.fields, [name]: fresh(name) }, content.uid));
      break;
    case 'touch':
      user.edit(folder, id, (same) => same);
      break;
    case 'delete':
      trash.push(content);
      release(ledger, desk, content);
      user.delete(folder, id);
      break;
    case 'copy':
      user.copy(folder, id);
      break;
    case 'rename':
      user.rename(folder, id);
      break;
    case 'undo':
      overwrite(ledger, desk, item, past.get(id) ?? content);
      break;
    case 'restore': {
      const deleted = trash.pop();
      if (deleted !== undefined) add(ledger, desk, deleted);
      break;
    }
    default:
      unreachable(deed);
  }
}

function overwrite(ledger: Ledger, desk: Desk, { id, content }: Item<RecordContent>, next: RecordContent): void {
  desk.past.set(id, content);
  release(ledger, desk, content);
  desk.user.edit(desk.folder, id, () => next);
  entrust(ledger, desk, id);
}

function add(ledger: Ledger, desk: Desk, content: RecordContent): void {
  entrust(ledger, desk, desk.user.add(desk.folder, content));
}

/** Enters what the side made of it: a user sees at once what the own side cannot hold. */
function entrust(ledger: Ledger, desk: Desk, id: ItemId): void {
  const { content } = must(desk.items().find((item) => item.id === id));
  for (const value of Object.values(content.fields)) ledger.set(value, desk.on);
}

function release(ledger: Ledger, { on }: Desk, content: RecordContent): void {
  for (const value of Object.values(content.fields)) if (ledger.get(value) === on) ledger.delete(value);
}
