/** What an import found and did: counts of everything, and the first items by name. */
import type { FileKind, ItemKind, Reason } from '../../import/found.ts';

/**
 * - `new`: would be taken; `taken`: was; `there`: the target has it already;
 * - `left`: nobody said where things of its kind go; `refused`: cannot be taken, for a reason.
 */
export const FATES = ['new', 'taken', 'there', 'left', 'refused'] as const;
export type Fate = (typeof FATES)[number];
export const ITEM_KINDS: readonly ItemKind[] = ['event', 'contact', 'group'];

/** Why an item was refused: by the file itself, by the server, or because Outlook did not give it. */
export const REASONS = [
  'damaged',
  'no-start',
  'recurrence',
  'invalid',
  'deleted',
  'version',
  'server',
  'outlook',
] as const satisfies readonly (Reason | 'server' | 'outlook')[];
export type ImportReason = (typeof REASONS)[number];

export type ImportRow = {
  readonly what: ItemKind;
  readonly title: string;
  /** Of an event its time, of a contact its address. */
  readonly when: string;
  /** The folder it lies in, '' where there is none. */
  readonly from: string;
  readonly fate: Fate;
  /** Of a refused item. */
  readonly reason: ImportReason | undefined;
  /** More about the reason, in English. */
  readonly detail: string;
};

export type Counts = Readonly<Record<ItemKind, Readonly<Record<Fate, number>>>>;

/** A file, or a folder of Outlook. `failure`: it could not be read to its end, in one sentence. */
export type SourceReport = {
  readonly name: string;
  readonly kind: FileKind | 'outlook' | undefined;
  readonly failure: { readonly code: string; readonly message: string } | undefined;
};

export type ImportReport = {
  readonly outcome: 'done' | 'cancelled';
  /** By what the import is taken back; undefined where it made nothing, or took from Outlook. */
  readonly undo: string | undefined;
  readonly sources: readonly SourceReport[];
  readonly counts: Counts;
  /** Mail, tasks and whatever else is not imported. */
  readonly others: number;
  /** The first {@link MOST_ROWS} of those that were not refused, and of those that were. */
  readonly rows: readonly ImportRow[];
  readonly refused: readonly ImportRow[];
};

export const MOST_ROWS = 500;

/** Grows while an import goes on. */
export type Tally = {
  add(row: ImportRow): void;
  other(): void;
  source(report: SourceReport): void;
  report(outcome: ImportReport['outcome'], undo?: string): ImportReport;
};

export function openTally(): Tally {
  const counts = emptyCounts();
  const rows: ImportRow[] = [];
  const refused: ImportRow[] = [];
  const sources: SourceReport[] = [];
  let others = 0;
  return {
    add: (row) => {
      counts[row.what][row.fate] += 1;
      const list = row.fate === 'refused' ? refused : rows;
      if (list.length < MOST_ROWS) list.push(row);
    },
    other: () => {
      others += 1;
    },
    source: (report) => void sources.push(report),
    report: (outcome, undo) => ({
      outcome,
      undo,
      sources: [...sources],
      counts: structuredClone(counts),
      others,
      rows: [...rows],
      refused: [...refused],
    }),
  };
}

function emptyCounts(): Record<ItemKind, Record<Fate, number>> {
  const none = () => ({ new: 0, taken: 0, there: 0, left: 0, refused: 0 });
  return { event: none(), contact: none(), group: none() };
}

/** How many of all kinds have this fate. */
export function countOf(counts: Counts, fate: Fate): number {
  return ITEM_KINDS.reduce((sum, kind) => sum + counts[kind][fate], 0);
}
