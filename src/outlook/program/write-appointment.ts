/**
 * How an appointment gets from what it is to what it shall be: only what differs is written, in the order Outlook insists on.
 *
 * guard → texts → zones, times, all-day → busy, reminder → meeting, recipients → recurrence → properties → Save
 * → global id, Save → reopen → occurrences, each saved by itself.
 *
 * A recurrence is cleared only when nothing else helps: its zone or all-day changes, or a deleted occurrence comes back [H8].
 * @source outlook-calendar.md 1.3, 4.2, 4.6
 */
import type { Appointment } from '../model/appointment.ts';
import type { RecurrencePattern } from '../model/recurrence-pattern.ts';
import type { AppointmentRead } from './appointment-read.ts';
import { clearsCategories } from './categories.ts';
import { NO_CHANGED_OCCURRENCES, type OccurrenceChange, occurrenceChanges } from './exception-order.ts';
import { accessorOf, expectUnmoved, type Given, type ItemPlace, itemsOf, openItem, SESSION } from './item-place.ts';
import type { Handle, Program } from './program.ts';
import { type Ref, type Script, script } from './script.ts';
import { setProperties } from './tags.ts';
import {
  globalIdProperties,
  type KnownAppointment,
  NEW_APPOINTMENT,
  propertyChanges,
  writeBusyAndReminder,
  writeTexts,
} from './write-members.ts';
import { writeOccurrences } from './write-occurrences.ts';
import { sameRule, sameShape, writePattern, type YearlyInterval } from './write-pattern.ts';
import { writeRecipients } from './write-recipients.ts';
import { type When, writeWhen } from './write-when.ts';

const APPOINTMENT_ITEM = 1;

/** A program that writes an item. Errors under `occurrences` name occurrences that Outlook would not take. */
export type ItemWrite = {
  readonly program: Program;
  /** Holds the new item's entry id; undefined for an item that was there. */
  readonly entryId: Handle | undefined;
  readonly occurrences: readonly Handle[];
};

export type AppointmentWrite = {
  /** The session, and for a new item its folder. */
  readonly given: Given;
  readonly storeId: string | undefined;
  /** undefined = a new item. */
  readonly before: AppointmentRead | undefined;
  readonly after: Appointment;
  readonly yearlyInterval: YearlyInterval;
};

/** The program; undefined when nothing differs. */
export function writeAppointment(options: AppointmentWrite): ItemWrite | undefined {
  const { before, after, storeId } = options;
  const known: KnownAppointment = before?.snapshot.value ?? NEW_APPOINTMENT;
  const series = seriesPlan(before, after);
  let entryId: Handle | undefined;
  let occurrences: readonly Handle[] = [];
  let changes = 0;
  const program = script(before === undefined ? 'create appointment' : 'update appointment', options.given, (run) => {
    const open = openForWriting(run, options);
    const untouched = run.steps.length;
    const item = series.clear ? clearRecurrence(run, open, options) : open;
    writeMain(run, item, { ...options, known, series });
    changes = run.steps.length - untouched;
    const created = before === undefined ? run.value(item.item, 'EntryID') : undefined;
    entryId = created;
    if (series.changes.length > 0 && after.recurrence !== undefined) {
      run.release(item.accessor);
      run.release(item.item);
      const id = created === undefined ? (before?.snapshot.entryId ?? '') : { handle: created };
      const again = run.open(
        SESSION,
        'GetItemFromID',
        'AppointmentItem',
        id,
        ...(storeId === undefined ? [] : [storeId]),
      );
      const sameZones = after.startZone === after.endZone;
      const written = run.steps.length;
      occurrences = writeOccurrences(run, again, { changes: series.changes, series: after, sameZones });
      changes += run.steps.length - written;
    }
    return [...(created === undefined ? [] : [created]), ...occurrences];
  });
  return changes === 0 ? undefined : { program, entryId, occurrences };
}

type OpenItem = { readonly item: Ref<'AppointmentItem'>; readonly accessor: Ref<'PropertyAccessor'> };

function openForWriting(run: Script, { before, storeId, given }: AppointmentWrite): OpenItem {
  if (before === undefined) {
    const item = run.open(itemsOf(run, given), 'Add', 'AppointmentItem', APPOINTMENT_ITEM);
    return { item, accessor: accessorOf(run, item) };
  }
  const item = openItem(run, { entryId: before.snapshot.entryId, storeId }, 'AppointmentItem');
  return { item, accessor: expectUnmoved(run, item, before.snapshot.lastModified) };
}

type SeriesPlan = {
  /** The recurrence is taken off before it is built anew or left off. */
  readonly clear: boolean;
  /** The rule is written: from `from`, or as a new one. */
  readonly rule: { readonly from: RecurrencePattern | undefined } | undefined;
  readonly changes: readonly OccurrenceChange[];
};

function seriesPlan(before: AppointmentRead | undefined, after: Appointment): SeriesPlan {
  const from = before?.recurrence;
  const to = after.recurrence;
  if (to === undefined) return { clear: from !== undefined, rule: undefined, changes: [] };
  const fresh = occurrenceChanges(NO_CHANGED_OCCURRENCES, to);
  const built = { rule: { from: undefined }, changes: fresh.kind === 'changes' ? fresh.changes : [] };
  if (from === undefined || before === undefined) return { clear: false, ...built };
  const value = before.snapshot.value;
  const moved = value.allDay !== after.allDay || (!after.allDay && !sameZones(value, after));
  if (moved) return { clear: true, ...built };
  if (!sameShape(from, to)) return { clear: false, rule: { from }, changes: built.changes };
  const changes = occurrenceChanges(from, to);
  if (changes.kind === 'rebuild') return { clear: true, ...built };
  return { clear: false, rule: sameRule(from, to) ? undefined : { from }, changes: changes.changes };
}

/**
 * Outlook builds a new recurrence on an item that had one only after the item was saved and opened without it.
 * @source outlook-calendar.md 4.5
 */
function clearRecurrence(run: Script, open: OpenItem, options: AppointmentWrite): OpenItem {
  run.call(open.item, 'ClearRecurrencePattern');
  run.call(open.item, 'Save');
  run.release(open.accessor);
  run.release(open.item);
  const place: ItemPlace = { entryId: options.before?.snapshot.entryId ?? '', storeId: options.storeId };
  const item = openItem(run, place, 'AppointmentItem');
  return { item, accessor: accessorOf(run, item) };
}

type Main = AppointmentWrite & { readonly known: KnownAppointment; readonly series: SeriesPlan };

function writeMain(run: Script, { item, accessor }: OpenItem, main: Main): void {
  const { known, before, after, series } = main;
  const untouched = run.steps.length;
  writeTexts(run, item, known, after);
  if (after.recurrence === undefined || series.rule?.from === undefined) writeTimes(run, item, main);
  writeBusyAndReminder(run, item, known, after);
  if (known.meetingStatus !== after.meetingStatus) run.put(item, 'MeetingStatus', after.meetingStatus);
  writeRecipients(run, item, before?.recipients ?? [], after.recipients);
  if (clearsCategories(known.categories, after.categories)) run.put(item, 'Categories', '');
  if (series.rule !== undefined && after.recurrence !== undefined) {
    const pattern = run.open(item, 'GetRecurrencePattern', 'RecurrencePattern');
    const { yearlyInterval } = main;
    writePattern(run, pattern, { before: series.rule.from, after: after.recurrence, yearlyInterval });
    run.release(pattern);
  }
  const properties = propertyChanges(known, after);
  setProperties(run, accessor, properties.set);
  if (properties.remove.length > 0) run.call(accessor, 'DeleteProperties', properties.remove);
  if (run.steps.length > untouched || before === undefined) run.call(item, 'Save');
  const globalId = globalIdProperties(known, after);
  if (globalId.length === 0) return;
  // Outlook 2010 does not take it; the item then keeps its own id, and our uid tag says which event it is.
  run.optional.call(
    accessor,
    'SetProperties',
    globalId.map(([name]) => name),
    globalId.map(([, value]) => value),
  );
  run.call(item, 'Save');
}

/** The times of a single item or of a series about to be built; a series that stays is moved by its pattern. */
function writeTimes(run: Script, item: Ref<'AppointmentItem'>, { before, after, series }: Main): void {
  const now: When | undefined = before?.snapshot.value;
  if (now === undefined) writeWhen(run, item, undefined, after);
  // Cleared, the item lies at its first occurrence, wherever that is: its times are written in any case.
  else if (series.clear) writeWhen(run, item, { ...now, start: '', end: '' }, after);
  else if (after.recurrence === undefined || before?.recurrence === undefined) writeWhen(run, item, now, after);
}

function sameZones(a: When, b: When): boolean {
  return a.startZone === b.startZone && a.endZone === b.endZone;
}
