/**
 * The table: what each side did to a linked item since both last agreed, and what follows.
 * Total by type: a missing cell does not compile. Policies come after it (`policies.ts`); neither contains the other.
 */

/** What one side did to its item since both last agreed. */
export type Change = 'same' | 'changed' | 'gone';

export type Verdict =
  | 'nothing'
  | 'updateServer'
  | 'updateOutlook'
  | 'merge'
  | 'deleteServer'
  | 'deleteOutlook'
  | 'reviveServer'
  | 'reviveOutlook'
  | 'forget';

/** `VERDICT[server][outlook]` */
export const VERDICT = {
  same: { same: 'nothing', changed: 'updateServer', gone: 'deleteServer' },
  changed: { same: 'updateOutlook', changed: 'merge', gone: 'reviveOutlook' },
  gone: { same: 'deleteOutlook', changed: 'reviveServer', gone: 'forget' },
} as const satisfies Record<Change, Record<Change, Verdict>>;
