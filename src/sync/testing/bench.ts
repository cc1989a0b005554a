/** Two sides, a state and an engine over them, for tests that tell one story. */
import { canonicalJson } from '../../base/digest.ts';
import { byText } from '../action.ts';
import type { Policy } from '../policies.ts';
import { BOTH_WAYS } from '../policies.ts';
import type { FolderReport, Line } from '../report.ts';
import { planFolder, type Run, syncFolder } from '../run.ts';
import type { Item, ItemId, SideName } from '../side.ts';
import type { Sides } from '../state.ts';
import { type MemorySide, type MemorySideOptions, memorySide } from './memory-side.ts';
import { type MemoryState, memoryState } from './memory-state.ts';
import { type RecordContent, record, recordKit } from './record-kit.ts';
import { STORES, WORLD_PAIR } from './world.ts';

export type Bench = {
  readonly sides: Sides<MemorySide<RecordContent>>;
  readonly state: MemoryState<RecordContent>;
  run(rest?: Partial<Run<RecordContent>>): Promise<FolderReport>;
  plan(rest?: Partial<Run<RecordContent>>): Promise<readonly Line[]>;
  /** Adds an item; `fields` are those of the content. */
  add(on: SideName, fields: Record<string, string>, uid?: string): ItemId;
  edit(on: SideName, id: ItemId, fields: Record<string, string>): void;
  delete(on: SideName, id: ItemId): void;
  items(on: SideName): readonly Item<RecordContent>[];
  /** The fields of all items of a side, in order of title. */
  fields(on: SideName): readonly Readonly<Record<string, string>>[];
  /** The id across of a linked item. */
  partner(on: SideName, id: ItemId): ItemId | undefined;
};

export type BenchOptions = {
  readonly policy?: Policy<RecordContent>;
  readonly server?: Partial<MemorySideOptions<RecordContent>>;
  readonly outlook?: Partial<MemorySideOptions<RecordContent>>;
};

/** An empty bench; the sides lose what `STORES` says. */
export function bench(options: BenchOptions = {}): Bench {
  const sides = {
    server: memorySide({ name: 'server', stores: STORES.server, ...options.server }),
    outlook: memorySide({ name: 'outlook', stores: STORES.outlook, ...options.outlook }),
  };
  const state = memoryState<RecordContent>();
  let ids = 0;
  const engine: Run<RecordContent> = {
    pair: WORLD_PAIR,
    sides,
    state,
    kit: recordKit,
    policy: options.policy ?? BOTH_WAYS,
    now: () => 1000,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
  };
  const items = (on: SideName) => sides[on].user.items('folder');
  return {
    sides,
    state,
    run: (rest) => syncFolder({ ...engine, ...rest }),
    plan: (rest) => planFolder({ ...engine, ...rest }),
    add: (on, fields, uid) => sides[on].user.add('folder', record(fields, uid)),
    edit: (on, id, fields) => {
      sides[on].user.edit('folder', id, (content) => record({ ...content.fields, ...fields }, content.uid));
    },
    delete: (on, id) => sides[on].user.delete('folder', id),
    items,
    fields: (on) => {
      const all = items(on).map((item) => item.content.fields);
      const order = (fields: Readonly<Record<string, string>>) => `${fields.title} ${canonicalJson(fields)}`;
      return all.sort((a, b) => byText(order(a), order(b)));
    },
    partner: (on, id) => state.linksOf(on, [id])[0]?.[on === 'server' ? 'outlook' : 'server'].id,
  };
}

/** The lines of a report or plan in short: deed, side, rule, outcome. */
export function inShort(lines: readonly Line[]): string[] {
  return lines.map((line) => [line.do, line.on ?? 'both', line.rule, line.outcome].join(' '));
}
