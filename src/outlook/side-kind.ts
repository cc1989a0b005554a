/** The kinds of items that Outlook holds, each as the few things that {@link outlookSide} must know about it. */
import type { PhotoAlbum } from '../domain/photo-album.ts';
import type { Field } from '../mapping/field.ts';
import type { Appointment } from './model/appointment.ts';
import type { OutlookContact, OutlookDistList } from './model/contact.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { AppointmentRead } from './program/appointment-read.ts';
import { occurrenceChanges } from './program/exception-order.ts';
import type { Given, ItemPlace } from './program/item-place.ts';
import type { Handle, Program } from './program/program.ts';
import { readAppointment } from './program/read-appointment.ts';
import { type ContactRead, readContact } from './program/read-contact.ts';
import { type DistListRead, readDistList } from './program/read-dist-list.ts';
import type { Part } from './program/reading.ts';
import type { RowMember, RowView } from './program/rows.ts';
import { writeAppointment } from './program/write-appointment.ts';
import { writeContact } from './program/write-contact.ts';
import { writeDistList } from './program/write-dist-list.ts';
import { countsYears, sameRule, type YearlyInterval } from './program/write-pattern.ts';
import { awaitsCards, type NamesOfLists, withFoundLists } from './side-lists.ts';
import { keepIn, prepareCard, unexplainedPicture } from './side-pictures.ts';

/** What every value of an item has. */
export type Tagged = { readonly tags: Readonly<Record<string, string>> };

/** What a read gave: the snapshot, and whatever the kind's own write needs besides. */
export type ItemRead<V> = { readonly snapshot: Snapshot<V> };

/** A value ready to be written; `file` is a file that Outlook shall take in with it. */
export type Prepared<V> = { readonly value: V; readonly file: string | undefined };

export type WriteInput<V, R> = {
  readonly given: Given;
  readonly storeId: string | undefined;
  /** undefined = a new item in the given folder. */
  readonly before: R | undefined;
  readonly after: V;
  /** See {@link Prepared}. */
  readonly file?: string | undefined;
  readonly yearlyInterval: YearlyInterval;
};

export type Written = {
  readonly program: Program;
  /** Holds the entry id of a new item. */
  readonly entryId: Handle | undefined;
};

/**
 * One kind of item.
 * `V` its value as Outlook holds it · `C` the content that the engine moves · `R` what a read of it gives
 */
export type ItemKind<V extends Tagged, C, R extends ItemRead<V> = ItemRead<V>> = {
  /** Whether an item of this message class is of this kind; a folder may hold others, which are left alone. */
  readonly handles: (messageClass: string) => boolean;
  /** The message class of a new item that holds this value. */
  readonly classOf: (value: V) => string;
  /** @param row what a table told of the item */
  readonly read: (place: ItemPlace, messageClass: string, row?: RowView) => Part<R>;
  /** What a row can tell instead of the item, each a call less. */
  readonly inRows: readonly RowMember[];
  /** What a write needs that is not at hand: fetched before, and the value where it cannot be had. */
  readonly prepare?: (before: V | undefined, after: V, namesOf: NamesOfLists) => Promise<Prepared<V>>;
  /** Whether what was read will say more without being changed: then every look reads it again. */
  readonly awaits?: (value: V) => boolean;
  /** From when on what was read says more without being changed; undefined: never. @units milliseconds since 1970-01-01T00:00:00Z */
  readonly due?: (value: V) => number | undefined;
  /** undefined when nothing differs. */
  readonly write: (input: WriteInput<V, R>) => Written | undefined;
  /** What a write left undone, as the value to write once more; undefined when it is as wanted. */
  readonly remaining?: (now: R, wanted: V) => V | undefined;
  /** The value that says on the item what Outlook does not take however often it is written; undefined when there is nothing to say. */
  readonly refused?: (now: R, wanted: V) => V | undefined;
  /** Whether the write depends on how this Outlook counts years. */
  readonly countsYears?: (before: R | undefined, after: V) => boolean;
  /** The mapping: reads a value, patches one, and tells its losses. */
  readonly mapping: Field<V, C>;
  /** The value that a new item for this content starts from. */
  readonly blank: (content: C) => V;
  /** Whether the content can be written into this item; a group cannot become a contact. */
  readonly fits?: (value: V, content: C) => boolean;
};

/** What the mapping of a kind says. `refused`, `due`: see {@link ItemKind}, on values. */
export type KindMapping<V, C> = {
  readonly mapping: Field<V, C>;
  readonly blank: (content: C) => V;
  readonly refused?: (now: V, wanted: V) => V | undefined;
  readonly due?: (value: V) => number | undefined;
};

/** Appointments and meetings in a calendar. */
export function appointmentKind<C>(options: KindMapping<Appointment, C>): ItemKind<Appointment, C, AppointmentRead> {
  const { refused, ...rest } = options;
  return {
    ...rest,
    handles: isClass('IPM.Appointment'),
    classOf: () => 'IPM.Appointment',
    read: (place, _, row) => readAppointment(place, row),
    inRows: ['Body', 'Start', 'End'],
    write: writeAppointment,
    remaining: remainingSeries,
    refused: (now, wanted) => refused?.(now.snapshot.value, wanted),
    countsYears: (before, after) => {
      return after.recurrence !== undefined && countsYears(before?.recurrence, after.recurrence);
    },
  };
}

type Card = OutlookContact | OutlookDistList;

export type CardKindOptions<C> = Omit<KindMapping<Card, C>, 'refused'> & {
  readonly fits: (value: Card, content: C) => boolean;
  /** Where the bytes of pictures go and come from; without it pictures are told apart, and none is written. */
  readonly album?: Pick<PhotoAlbum, 'keep' | 'copied' | 'shown'>;
};

/** Contacts and distribution lists in an address book. */
export function cardKind<C>(options: CardKindOptions<C>): ItemKind<Card, C, ContactRead | DistListRead> {
  const { album } = options;
  const isList = isClass('IPM.DistList');
  const isContact = isClass('IPM.Contact');
  return {
    ...options,
    handles: (messageClass) => isContact(messageClass) || isList(messageClass),
    classOf: (value) => ('members' in value ? 'IPM.DistList' : 'IPM.Contact'),
    read: (place, messageClass, row): Part<ContactRead | DistListRead> =>
      isList(messageClass) ? readDistList(place) : readContact(place, { seen: album && keepIn(album), row }),
    inRows: ['Body'],
    prepare: async (before, after, namesOf) => prepareCard(before, await withFoundLists(before, after, namesOf), album),
    awaits: awaitsCards,
    remaining: (now, wanted) => unexplainedPicture(now.snapshot.value, wanted),
    write: ({ before, after, file, ...rest }) => {
      if ('members' in after) return writeDistList({ ...rest, before: asList(before), after });
      return writeContact({ ...rest, before: asContact(before), after, pictureFile: file });
    },
  };
}

/**
 * A rule that changed takes its occurrences with it, and an occurrence may be locked for a moment: what is missing is written
 * once more, from what is there now.
 */
function remainingSeries(now: AppointmentRead, wanted: Appointment): Appointment | undefined {
  const there = now.recurrence;
  if (wanted.recurrence === undefined || there === undefined) return undefined;
  const changes = occurrenceChanges(there, wanted.recurrence);
  const done = sameRule(there, wanted.recurrence) && changes.kind === 'changes' && changes.changes.length === 0;
  return done ? undefined : { ...now.snapshot.value, recurrence: wanted.recurrence };
}

function isClass(name: string): (messageClass: string) => boolean {
  const wanted = name.toLowerCase();
  return (messageClass) => {
    const found = messageClass.toLowerCase();
    return found === wanted || found.startsWith(`${wanted}.`);
  };
}

function asList(read: ContactRead | DistListRead | undefined): DistListRead | undefined {
  if (read === undefined) return undefined;
  const { snapshot } = read;
  if (!('members' in snapshot.value)) throw new Error('bug: a contact is no distribution list');
  return { snapshot: { ...snapshot, value: snapshot.value } };
}

function asContact(read: ContactRead | DistListRead | undefined): ContactRead | undefined {
  if (read === undefined) return undefined;
  const { snapshot } = read;
  if ('members' in snapshot.value) throw new Error('bug: a distribution list is no contact');
  return { snapshot: { ...snapshot, value: snapshot.value } };
}
