/** What a file holds, one after the other. Pure values: what becomes of them is decided by whoever reads. */
import type { Card } from '../domain/contact.ts';
import type { Series } from '../domain/event.ts';

export type FileKind = 'pst' | 'ics' | 'vcf' | 'csv';
export type ItemKind = 'event' | 'contact' | 'group';

/**
 * Why something of a file is not taken. `detail` of a refusal says more, in English, where there is more to say.
 * - `damaged`: it cannot be read; `no-start`: an appointment without a start; `recurrence`: a series that no rule of ours can say;
 * - `invalid`: it does not say what such an item must say; `deleted`: it lies in *Deleted Items*;
 * - `version`: the same identifier as another one that was taken, and another content.
 */
export type Reason = 'damaged' | 'no-start' | 'recurrence' | 'invalid' | 'deleted' | 'version';

/** `from`: the folder of the file it lies in, '' where the file has none. */
export type Found =
  | { readonly kind: 'event'; readonly series: Series; readonly from: string }
  | { readonly kind: 'card'; readonly card: Card; readonly photo: Uint8Array | undefined; readonly from: string }
  | {
      readonly kind: 'refused';
      readonly what: ItemKind;
      readonly title: string;
      readonly reason: Reason;
      readonly detail: string;
      readonly from: string;
    }
  /** Mail, tasks, notes: nothing that is imported. */
  | { readonly kind: 'other' }
  /** Nothing was found for a while, and the reading goes on: others may have their turn. */
  | { readonly kind: 'pause' };

/** A file of one kind, being read. */
export type ImportFile = {
  readonly kind: FileKind;
  /** The work of {@link ImportFile.found}, in units of its own. */
  readonly total: number;
  done(): number;
  /** May be asked for again; always from the beginning. */
  found(): Generator<Found>;
};

/** What reading must know of the user. */
export type ReadingContext = {
  /** The user's own zone, IANA: of times that name none. */
  readonly zone: string;
  /** The user's own address, lower-case. */
  readonly ownAddress: string;
};
