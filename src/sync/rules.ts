/**
 * The ids of the engine's rules. Each is explained in `docs/sync.md`, is named by the action or the held line it made, stands in
 * logs and reports, and prefixes the names of the tests that prove it.
 */
export const RULES = {
  // The table: what each side did since both last agreed.
  T1: 'new on one side: created on the other',
  T2: 'changed on one side: the other is updated',
  T3: 'changed on both sides: merged field by field',
  T4: 'gone on one side, unchanged on the other: deleted there',
  T5: 'gone on one side, changed on the other: the edit wins',
  T6: 'gone on both sides: forgotten',
  T7: 'shown in part, and time went by: Outlook is given the later part',
  // Links: which two items are the same thing.
  L1: 'the same token on both sides',
  L2: 'the same calendar uid on both sides',
  L3: 'the same content, once on each side',
  L4: 'several items could be meant: held',
  L5: 'a copy made by the user gets an identity of its own',
  L6: 'an item that moved to another id keeps its link',
  L7: 'seen again, nothing to carry over',
  // Policies: what may be written where.
  P1: 'the folder is read-only there: the edit is undone',
  P2: 'the item, or this part of it, is protected there: the edit is undone',
  P3: 'it may not be deleted there: it is brought back',
  P4: 'deleted where this side may not write: the edited copy goes too',
  P5: 'new in a folder that cannot take it: left alone',
  P6: 'the user asked for it back',
  P7: 'protected on both sides: left alone',
  P8: 'both sides changed one field and the user wants to be asked: left alone',
  P9: 'gone on one side, changed on the other: the deletion wins, as the user chose',
  // What the user asked for beside the runs.
  U1: 'taken back from the history',
  U2: 'the folder was reset',
  U3: 'the whole calendar or book was deleted: what it held is kept',
  U4: 'the folder was taken out of Outlook: what was not sent is kept',
  // The guard against mass deletion.
  G1: 'more than ten deletions and more than a fifth of the folder: held',
  G2: 'every item of the folder would be deleted: held',
  G3: 'the side reports fewer items than it showed: its deletions are held',
  G4: 'the bookmark was lost: absence is not believed until asked again',
  G5: 'a whole folder is gone on one side: the other keeps it until the user decides',
  G6: 'the same change was made three times within an hour and came back each time: held',
  // Execution.
  E1: 'the item changed since it was looked at',
  E2: 'the item went away since it was looked at',
  E3: 'the side refuses this content; not sent again until it changes',
  E4: 'the side failed with this item; tried again next run',
  E5: 'the item cannot be read; never taken for gone',
} as const;

export type RuleId = keyof typeof RULES;
