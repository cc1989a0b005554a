import type { RuleId } from './rules.ts';
import type { SideName } from './side.ts';
import type { LinkKey, PairId } from './state.ts';

/** What an action does, as a word. */
export type Deed = 'link' | 'create' | 'update' | 'merge' | 'delete' | 'forget';

/** `planned` and `held` in a dry run; the others say what became of the action. */
export type LineOutcome = 'planned' | 'done' | 'held' | 'stale' | 'gone' | 'refused' | 'failed';

/**
 * One line of a plan or of a report: the same shape, so that a dry run and a report use the same words (`explain.ts`).
 * `title` is for the user's own screen and never logged; everything else may be.
 */
export type Line = {
  readonly do: Deed;
  /** The side that is written; undefined when neither or both are. */
  readonly on: SideName | undefined;
  readonly key: LinkKey;
  readonly title: string;
  readonly rule: RuleId;
  /** Names of the fields that change on the written side; never values. */
  readonly fields: readonly string[];
  /** Fields both sides had changed, and whose value stays. */
  readonly conflicts: readonly { readonly field: string; readonly winner: SideName }[];
  readonly outcome: LineOutcome;
  /** A detail code of the side, '' when there is none. */
  readonly detail: string;
};

/** What a failure looks like in a report. `after` is in seconds. */
export type ReportedFailure = {
  readonly code: string;
  readonly message: string;
  readonly retry: 'now' | 'later' | 'never';
  readonly after: number | undefined;
};

/** The result of one run over one folder pair. Lines of `link` actions that wrote nothing to a side are counted, not listed. */
export type FolderReport = {
  readonly pair: PairId;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly startedAt: number;
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly endedAt: number;
  readonly outcome: 'done' | 'cancelled' | 'failed';
  readonly failure: ReportedFailure | undefined;
  readonly lines: readonly Line[];
  /** Interrupted effects of an earlier run that were answered before this one. */
  readonly recovered: number;
  /** Links taken up or refreshed without writing to a side. */
  readonly linked: number;
};
