/**
 * Actions are data: what a run would do, by which rule, decided on which revision. They can be shown, counted and compared;
 * `execute.ts` carries them out and nothing else does.
 */
import { unreachable } from '../base/assert.ts';
import type { ContentKit } from './content.ts';
import type { Line, LineOutcome } from './report.ts';
import type { RuleId } from './rules.ts';
import type { Item, ItemId, Rev, SideName, Token } from './side.ts';
import type { Anchor, HeldRow, LinkKey, Open, Sides } from './state.ts';

/**
 * What an action is about. `fresh`: there is no link yet; `key` then only names the items ({@link freshKey}) and the executor
 * gives the link a key of its own.
 */
type ActionBase = {
  readonly key: LinkKey;
  readonly fresh: boolean;
  readonly rule: RuleId;
  readonly title: string;
  readonly items: Involved;
  /** Among actions of one rank; 0 when there is none. See {@link ContentKit.stage}. */
  readonly stage?: number;
};

/** The items something was decided on, gone ones too: what must be looked at again when it is not carried out. */
export type Involved = Sides<readonly ItemId[]>;

/** One guarded write on one side. */
export type Write<C> = {
  readonly on: SideName;
  /** The item as it was when this was decided: `rev` guards the write, `content` goes to the history. */
  readonly target: { readonly id: ItemId; readonly rev: Rev; readonly content: C };
  readonly content: C;
  /** The anchor of the other side once this is settled. */
  readonly other: Anchor<C>;
  /** `content` without what the other side still lacks; undefined: it lacks nothing. */
  readonly without: C | undefined;
  /** Names of the fields this changes. */
  readonly fields: readonly string[];
};

export type Conflicts = Line['conflicts'];

/** Takes up, refreshes or closes a link; writes nothing to a side. */
export type LinkAction<C> = ActionBase & {
  readonly do: 'link';
  readonly token: Token | undefined;
  readonly anchors: Sides<Anchor<C>>;
};

/** `token` undefined: a fresh one is made when the intent is written. `content` undefined: what `from` holds. */
export type CreateAction<C> = ActionBase & {
  readonly do: 'create';
  readonly on: SideName;
  readonly token: Token | undefined;
  readonly content: C | undefined;
  /** A copy: its content is given the fresh token as uid. */
  readonly renew: boolean;
  readonly from: Item<C>;
};

export type UpdateAction<C> = ActionBase & {
  readonly do: 'update';
  readonly on: SideName;
  readonly token: Token | undefined;
  readonly write: Write<C>;
  readonly conflicts: Conflicts;
};

/** Two writes, one after the other; the link, which was there before, is half settled in between. */
export type MergeAction<C> = ActionBase & {
  readonly do: 'merge';
  readonly token: Token | undefined;
  readonly first: Write<C>;
  readonly second: Write<C>;
  /** The first takes less than was wanted and the second undoes the rest: never one without the other to follow. */
  readonly restricted: boolean;
  readonly conflicts: Conflicts;
};

export type DeleteAction<C> = ActionBase & {
  readonly do: 'delete';
  readonly on: SideName;
  readonly target: Write<C>['target'];
};

export type ForgetAction = ActionBase & { readonly do: 'forget' };

export type Action<C> =
  | LinkAction<C>
  | CreateAction<C>
  | UpdateAction<C>
  | MergeAction<C>
  | DeleteAction<C>
  | ForgetAction;

/** Something not done on our own, with the items it is about, which are looked at again in the next run. */
export type Held = Omit<HeldRow, 'decision'> & {
  readonly do: Action<unknown>['do'];
  readonly items: Involved;
  /** Digest of a content that was refused before and would be sent again unchanged. */
  readonly refused: string | undefined;
  /** Names of the fields it is about, where it is about some. */
  readonly fields?: readonly string[];
};

export type Plan<C> = { readonly actions: readonly Action<C>[]; readonly held: readonly Held[] };

/** Copies before deletions, so that nothing is ever nowhere; links first, since they cost nothing. */
const RANK = {
  link: 0,
  create: 1,
  update: 2,
  merge: 3,
  delete: 4,
  forget: 5,
} as const satisfies Record<Action<unknown>['do'], number>;

/**
 * By rank, then by stage, then by the side that is written first, then by key: the order of carrying out, and the same for every
 * order of input. Neighbours of one side go there in one call.
 */
export function byRank(a: Action<unknown>, b: Action<unknown>): number {
  return (
    RANK[a.do] - RANK[b.do] || (a.stage ?? 0) - (b.stage ?? 0) || byText(firstOn(a), firstOn(b)) || byText(a.key, b.key)
  );
}

/** The side that an action writes first; '' for none. */
export function firstOn(action: Action<unknown>): SideName | '' {
  if (action.do === 'merge') return action.first.on;
  return 'on' in action ? action.on : '';
}

/** The action with its place among those of its rank: what holds others is written after them and deleted before. */
export function staged<C>(action: Action<C>, kit: ContentKit<C>): Action<C> {
  if (kit.stage === undefined) return action;
  const content = contentOf(action);
  const stage = content === undefined ? 0 : kit.stage(content);
  return stage === 0 ? action : { ...action, stage: action.do === 'delete' ? -stage : stage };
}

function contentOf<C>(action: Action<C>): C | undefined {
  switch (action.do) {
    case 'create':
      return createdBy(action);
    case 'update':
      return action.write.content;
    case 'merge':
      return action.first.content;
    case 'delete':
      return action.target.content;
    case 'link':
    case 'forget':
      return undefined;
    default:
      return unreachable(action);
  }
}

/** What a creation makes. */
export function createdBy<C>({ content, from }: CreateAction<C>): C {
  return content ?? from.content;
}

/** By code unit, whatever the locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Names items that have no link yet. */
export function freshKey({ server, outlook }: Involved): string {
  return JSON.stringify([server, outlook]);
}

/** An action as a line of a plan or report. */
export function lineOf<C>(action: Action<C>, outcome: LineOutcome, detail = ''): Line {
  const { key, title, rule } = action;
  const writes = action.do === 'update' ? [action.write] : action.do === 'merge' ? [action.first, action.second] : NONE;
  return {
    do: action.do,
    on: 'on' in action ? action.on : undefined,
    key,
    title,
    rule,
    fields: writes === NONE ? NONE : [...new Set(writes.flatMap((write) => write.fields))].sort(byText),
    conflicts: 'conflicts' in action ? action.conflicts : NONE,
    outcome,
    detail,
  };
}

/** One for all: a report has as many lines as a folder has items. */
const NONE: readonly never[] = [];

/** A held action as a line. */
export function heldLine(held: Held): Line {
  const { do: deed, on, key, title, rule } = held;
  return { do: deed, on, key, title, rule, fields: held.fields ?? [], conflicts: [], outcome: 'held', detail: '' };
}

/** Whose value stays where both sides changed a field: the row's own doubt first, then the user's preference. */
export function winnerOf(open: Open | undefined, prefer: SideName): SideName {
  return open === undefined || open.why === 'half' ? prefer : open.trust;
}
