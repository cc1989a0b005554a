/**
 * The recurrence of an item in memory: read from its structure once, changed by the members of RecurrencePattern and by
 * occurrences, written back at Save. What a client holds stays as it was read, even when the file has moved on (EC37).
 */
import { isFailure } from '../../../base/failure.ts';
import { minutesOf } from '../../model/day-number.ts';
import { readRecurrenceBlob } from '../../model/recurrence-blob.ts';
import { isEveryWeekday, patternOfBlob } from '../../model/recurrence-meaning.ts';
import type { OutlookException, RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { fail } from '../fault.ts';
import { itemRow, reloadItem } from '../item-store.ts';
import { LiveItem, type Part } from '../live-item.ts';
import { PROP, type TypedValue } from '../property.ts';
import type { Session } from '../session.ts';
import { toLocalTime, toUtcTime } from '../zone-time.ts';
import { APPT, EXCEPTION_PART } from './appointment-props.ts';
import { startZoneOf, timesOf } from './item-times.ts';
import type { Zone } from './item-zones.ts';
import { draftOfPattern, movesOccurrences, newDraft, type PatternDraft, patternOfDraft } from './pattern-draft.ts';
import { endWall, startWall, type Times } from './times.ts';

/** A recurrence as shown, with the occurrences that differ from it. */
export type Series = {
  readonly draft: PatternDraft;
  readonly deleted: readonly string[];
  readonly exceptions: readonly OutlookException[];
};

/** What the emulator keeps of a live appointment beside its properties. */
type Memory = {
  /** The stored value that the item had when this was made: reading the item again makes it void. */
  stamp: TypedValue | undefined;
  /** undefined = not looked at yet, `none` = a single item. */
  series: Series | 'none' | undefined;
  changed: boolean;
  /** EC31: Interval was written over that of "every weekday". */
  poisoned: boolean;
  /** ClearRecurrencePattern was called and not saved yet. */
  cleared: boolean;
  /** What the reminder hangs on was changed: Save computes it anew. Else it stays, snoozed or not. */
  reminderMoved: boolean;
  /** As they were when the item was opened; EC7, EC49. */
  shown: { readonly globalId: Uint8Array | undefined; readonly organizer: string } | undefined;
};

const memories = new WeakMap<LiveItem, Memory>();

export function memoryOf(item: LiveItem): Memory {
  const known = memories.get(item);
  if (known !== undefined && known.stamp === stampOf(item)) return known;
  const made: Memory = {
    stamp: stampOf(item),
    series: undefined,
    changed: false,
    poisoned: false,
    cleared: false,
    reminderMoved: false,
    shown: undefined,
  };
  memories.set(item, made);
  return made;
}

/** An object that the item gets anew each time it is read from the file. */
function stampOf(item: LiveItem): TypedValue | undefined {
  return item.bag.get(PROP.recordKey);
}

/** After Save the memory belongs to what was saved. */
export function settleMemory(item: LiveItem): void {
  const memory = memories.get(item);
  if (memory === undefined) return;
  memory.stamp = stampOf(item);
  memory.changed = false;
  memory.cleared = false;
  memory.reminderMoved = false;
}

/** The series of an item; undefined for a single one. @throws FAILED when its structure is damaged */
export function seriesOf(item: LiveItem): Series | undefined {
  const memory = memoryOf(item);
  memory.series ??= readSeries(item) ?? 'none';
  return memory.series === 'none' ? undefined : memory.series;
}

/** Whether the item recurs, without reading the structure. */
export function isSeries(item: LiveItem): boolean {
  const { series } = memoryOf(item);
  return series === undefined ? item.bag.bool(APPT.recurring) : series !== 'none';
}

/** The series of an item, made when it is single: asking for the pattern is enough to make it recur. EC26 */
export function seriesMade(item: LiveItem): Series {
  const known = seriesOf(item);
  if (known !== undefined) return known;
  const firstDayOfWeek = item.session.locale().id === 'en-US' ? 0 : 1;
  const draft = newDraft({ ...patternTimes(timesOf(item)), firstDayOfWeek });
  return putSeries(item, { draft, deleted: [], exceptions: [] });
}

/** Changes what the pattern's members show; occurrences that differ are forgotten when they lie elsewhere now. EC42 */
export function changeDraft(item: LiveItem, change: (draft: PatternDraft) => PatternDraft): void {
  const series = seriesMade(item);
  const draft = change(series.draft);
  if (draft === series.draft) return;
  const forgets = movesOccurrences(series.draft, draft);
  if (forgets) dropParts(item);
  putSeries(item, { ...(forgets ? { deleted: [], exceptions: [] } : series), draft });
}

/** The item's own times changed: its series follows. */
export function followTimes(item: LiveItem, times: Times): void {
  if (seriesOf(item) !== undefined) changeDraft(item, (draft) => ({ ...draft, ...patternTimes(times) }));
}

export function putSeries(item: LiveItem, series: Series): Series {
  const memory = memoryOf(item);
  memory.series = series;
  memory.changed = true;
  memory.reminderMoved = true;
  item.bag.dirty = true;
  return series;
}

/** Makes the item a single one, at its first occurrence. */
export function clearSeries(item: LiveItem): void {
  if (!isSeries(item)) return;
  const memory = memoryOf(item);
  memory.series = 'none';
  memory.changed = false;
  memory.poisoned = false;
  memory.cleared = true;
  dropParts(item);
  for (const key of SERIES_PROPERTIES) item.bag.delete(key);
  item.bag.setBool(APPT.recurring, false);
}

/** What only a series has: an item without recurrence, and an occurrence, must not have it. */
export const SERIES_PROPERTIES = [
  APPT.recurrence,
  APPT.recurring,
  APPT.isRecurring,
  APPT.recurrenceType,
  APPT.recurrenceText,
  APPT.recurrenceZone,
  APPT.zoneStruct,
  APPT.zoneText,
  APPT.clipStart,
  APPT.clipEnd,
] as const;

/** The series as its meaning. @param overlaps whether occurrences may overlap @throws EXCEPTION when they may not, or it says nothing */
export function patternOf(series: Series, overlaps = true): RecurrencePattern {
  return { ...patternOfDraft(series.draft, overlaps), deleted: series.deleted, exceptions: series.exceptions };
}

/** The item as the file has it now, whoever holds what. @throws OBJECT_DELETED */
export function freshItem(session: Session, entryId: string): LiveItem {
  const row = itemRow(session, entryId) ?? fail('OBJECT_DELETED');
  const itemClass = session.itemClasses.byMessageClass('IPM.Appointment');
  const item = new LiveItem(session, itemClass, { store: row.store, folder: row.folder }, row.hidden === 1);
  item.entryId = row.entry_id;
  reloadItem(item);
  return item;
}

/** The hidden part that holds an exception. @param original wall time in the series' zone */
export function partOf(item: LiveItem, original: string, zone: Zone): Part | undefined {
  const replaces = toUtcTime(original, zone.iana);
  return item.attachments.find(({ bag }) => bag.time(EXCEPTION_PART.replaceTime) === replaces);
}

/** Takes the hidden part of an exception off. */
export function dropPart(item: LiveItem, part: Part | undefined): void {
  const index = part === undefined ? -1 : item.attachments.indexOf(part);
  if (index < 0) return;
  item.attachments.splice(index, 1);
  item.partsDirty = true;
}

/** First date, time of day and length of a series that lies at `times`: on the clock of the start's zone. */
export function patternTimes(times: Times): Pick<PatternDraft, 'startDate' | 'startMinutes' | 'durationMinutes'> {
  const start = startWall(times);
  const end = times.allDay ? endWall(times) : toLocalTime(times.end, times.startZone.iana);
  const minutes = minutesOf(start);
  return { startDate: start.slice(0, 10), startMinutes: minutes % 1440, durationMinutes: minutesOf(end) - minutes };
}

function readSeries(item: LiveItem): Series | undefined {
  const bytes = item.bag.binary(APPT.recurrence);
  if (!item.bag.bool(APPT.recurring) || bytes === undefined) return undefined;
  try {
    const blob = readRecurrenceBlob(bytes);
    const pattern = patternOfBlob(blob);
    const zone = startZoneOf(item);
    const exceptions = pattern.exceptions.map((exception) => {
      const part = partOf(item, exception.originalStart, zone);
      return part?.bag.has(PROP.body) ? { ...exception, body: part.bag.text(PROP.body) } : exception;
    });
    return { draft: draftOfPattern(pattern, isEveryWeekday(blob)), deleted: pattern.deleted, exceptions };
  } catch (error) {
    if (isFailure(error)) return fail('FAILED');
    throw error;
  }
}

function dropParts(item: LiveItem): void {
  const kept = item.attachments.filter(({ bag }) => !bag.has(EXCEPTION_PART.replaceTime));
  if (kept.length === item.attachments.length) return;
  item.attachments.splice(0, item.attachments.length, ...kept);
  item.partsDirty = true;
}
