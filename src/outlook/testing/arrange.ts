/**
 * An Outlook that can be told what to do. Some behaviours show only when something has happened to it (a damaged item, a guard, a dialog
 * that is open, a machine in another language), which nobody can bring about by its object model. Who runs the contract over an Outlook
 * that can be told so hands in an {@link Arrange}; who does not says for each why it is left out.
 */
import type { ContractSupports } from './outlook-contract.ts';

/** What may happen to Outlook; plain values, so that it can be told to one in another process. */
export type Arrangement =
  /** Takes from a stored item what only a damaged one lacks, or one that another program made. */
  | { readonly do: 'damage'; readonly entryId: string; readonly what: 'globalId' | 'times' }
  /** Stores a recurrence structure byte for byte, as other versions of Outlook wrote it. */
  | { readonly do: 'recurrence'; readonly entryId: string; readonly bytes: Uint8Array }
  /** Another program may not have what the guard watches over; `allow` ends it. */
  | { readonly do: 'guard'; readonly answer: 'deny' | 'allow' }
  /** So many of the next calls are refused, as while a dialog is open. */
  | { readonly do: 'busy'; readonly calls: number }
  /** The user closes Outlook for good. */
  | { readonly do: 'quit' }
  /** The upper bits of errors are other ones each time. */
  | { readonly do: 'chaoticErrors' }
  | { readonly do: 'language'; readonly locale: 'en-US' | 'fr-FR' | 'de-DE' }
  /** So many items may be open at once. */
  | { readonly do: 'openItems'; readonly most: number }
  /** So many entries at the end of a collection of exceptions are missing. */
  | { readonly do: 'omittedExceptions'; readonly count: number }
  /** A fresh read tells the last change so many seconds earlier than the object that was saved. @units seconds */
  | { readonly do: 'lateModification'; readonly seconds: number }
  /** @units minutes of Outlook's time */
  | { readonly do: 'wait'; readonly minutes: number };

export type Arrange = {
  /** Resolves when it has happened. */
  happen(arrangement: Arrangement): Promise<void>;
  /** A small file that Outlook can read: its path, as Outlook's machine knows it. */
  file(name: string): Promise<string>;
};

/** Behaviours that an {@link Arrange} is needed for, each with the reason why it is left out without one. */
export const ARRANGED = {
  EC6: 'no program can make an item without an id',
  EC25: 'no file is given that this Outlook can read',
  EC31: 'no program can write the interval 0',
  EC39: 'whether it is refused depends on the version; the connector never opens exceptions from the collection',
  EC40: 'which entries are left out cannot be foretold',
  EC45: 'a reminder takes its time to ring',
  EC46: 'it would send a mail',
  EC50: 'the guard is the policy of the machine',
  EC55: 'no program can damage an item',
  EC56: 'the bits and the language are the machine’s own',
  EC57: 'the limit is the policy of the server',
  EC58: 'it would close Outlook',
  EC60: 'the clocks of server and machine are their own',
} as const satisfies Readonly<Record<string, string>>;

export type ArrangedBehaviour = keyof typeof ARRANGED;

/** Why a behaviour is left out of a run of the contract; undefined when it is not. */
export function leftOut({ left = ARRANGED }: ContractSupports, behaviour: ArrangedBehaviour): string | undefined {
  return left[behaviour];
}
