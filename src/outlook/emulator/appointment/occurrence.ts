/**
 * One occurrence of a series as an item: it shows what the series says and what differs, and its Save and Delete change the
 * series in the file. Every look at the series here is a fresh one, so that an occurrence is never saved over a later change.
 * @source outlook-calendar.md section 4.6
 */
import { must } from '../../../base/assert.ts';
import { fromHex, toHex } from '../../../base/utf8.ts';
import type { BusyStatus } from '../../model/appointment.ts';
import { withInstanceDate } from '../../model/global-object-id.ts';
import type { OutlookException } from '../../model/recurrence-pattern.ts';
import { fail } from '../fault.ts';
import { saveItem } from '../item-store.ts';
import { LiveItem, type Part } from '../live-item.ts';
import { PROP, PT } from '../property.ts';
import { PropertyBag } from '../property-bag.ts';
import type { Session } from '../session.ts';
import { toLocalTime, toUtcTime } from '../zone-time.ts';
import { APPT, EXCEPTION_PART } from './appointment-props.ts';
import { storeTimes, timesOf } from './item-times.ts';
import type { Instance } from './occurrence-list.ts';
import { instanceAt, instanceStarting } from './occurrence-list.ts';
import { mayLie } from './placement.ts';
import { dropPart, freshItem, partOf, patternOf, putSeries, SERIES_PROPERTIES, seriesOf } from './series.ts';
import { startWall, type Times } from './times.ts';

/** What an occurrence is of. `original`: its start by the rule, wall time in the series' zone. */
export type OccurrenceOf = { readonly master: string; readonly original: string; modified: boolean };

const occurrences = new WeakMap<LiveItem, OccurrenceOf>();

/** Which occurrence an item is; undefined for an item of its own. */
export function occurrenceOf(item: LiveItem): OccurrenceOf | undefined {
  return occurrences.get(item);
}

/**
 * The occurrence that starts at a moment, by its start and by nothing near it.
 * @param local wall time in the zone of Windows
 * @throws FAILED when none does, or when the series was never saved. EC34, EC35
 */
export function getOccurrence(session: Session, master: string, local: string): LiveItem {
  if (master === '') fail('FAILED');
  const series = freshItem(session, master);
  const found = seriesOf(series);
  if (found === undefined) return fail('FAILED', '', 'OCCURRENCE_GONE');
  const instance = instanceStarting(patternOf(found), timesOf(series), session.toUtc(local));
  return occurrenceItem(series, instance ?? fail('FAILED', '', 'OCCURRENCE_GONE'));
}

/** A modified occurrence by its original start. @throws FAILED when it is not there any more */
export function getException(session: Session, master: string, original: string): LiveItem {
  const series = freshItem(session, master);
  const found = seriesOf(series);
  const pattern = found === undefined ? undefined : patternOf(found);
  if (!pattern?.exceptions.some(({ originalStart }) => originalStart === original))
    fail('FAILED', '', 'OCCURRENCE_GONE');
  return occurrenceItem(series, instanceAt(must(pattern), timesOf(series), original));
}

/** An occurrence as an item. */
export function occurrenceItem(series: LiveItem, instance: Instance): LiveItem {
  const { session } = series;
  const item = new LiveItem(session, series.itemClass, series.place, series.hidden);
  item.bag.reset(series.bag.entries());
  for (const key of SERIES_PROPERTIES) item.bag.delete(key);
  item.recipients.push(...series.recipients.map(({ bag }) => ({ bag: new PropertyBag(bag.entries()), number: 0 })));
  const times = timesOf(series);
  const { exception } = instance;
  storeTimes(item, { ...times, start: instance.start, end: instance.end, allDay: exception?.allDay ?? times.allDay });
  if (exception !== undefined) overlay(item, exception, series.bag.bool(PROP.reminderSet));
  const original = toUtcTime(instance.original, times.startZone.iana);
  item.bag.setTime(APPT.exceptionReplaceTime, original);
  item.bag.setBool(APPT.recurring, false);
  item.bag.setBool(APPT.isRecurring, true);
  item.bag.setBool(APPT.isException, exception !== undefined);
  const id = series.bag.binary(APPT.globalId);
  if (id !== undefined) item.bag.setBinary(APPT.globalId, fromHex(withInstanceDate(toHex(id), instance.original)));
  item.bag.dirty = false;
  occurrences.set(item, { master: series.entryId, original: instance.original, modified: exception !== undefined });
  return item;
}

/** Makes the occurrence an exception of its series. @throws EXCEPTION "Cannot save this item." where it may not lie. EC36, EC38 */
export function saveOccurrence(item: LiveItem, of: OccurrenceOf): void {
  if (item.deleted) fail('OBJECT_DELETED');
  if (!item.dirty) return;
  const series = freshItem(item.session, of.master);
  const found = seriesOf(series) ?? fail('FAILED', '', 'OCCURRENCE_GONE');
  const pattern = patternOf(found);
  const exception = exceptionFrom(item, series, of.original);
  const slot = { original: of.original, start: exception.start, end: exception.end };
  const isThere = instanceOf(pattern, of.original);
  if (!isThere) fail('FAILED', '', 'OCCURRENCE_GONE');
  if (!mayLie(pattern, slot)) fail('EXCEPTION', '', 'CANNOT_SAVE');
  const others = found.exceptions.filter(({ originalStart }) => originalStart !== of.original);
  const exceptions = [...others, exception].sort((a, b) => (a.originalStart < b.originalStart ? -1 : 1));
  putSeries(series, { ...found, exceptions });
  replacePart(series, item, exception);
  saveItem(series);
  item.bag.setBool(APPT.isException, true);
  item.bag.dirty = false;
  item.partsDirty = false;
  of.modified = true;
}

/** Takes the occurrence out of its series. EC36 */
export function deleteOccurrence(item: LiveItem, of: OccurrenceOf): void {
  if (item.deleted) fail('OBJECT_DELETED');
  const series = freshItem(item.session, of.master);
  const found = seriesOf(series) ?? fail('FAILED', '', 'OCCURRENCE_GONE');
  if (!instanceOf(patternOf(found), of.original)) fail('FAILED', '', 'OCCURRENCE_GONE');
  const exceptions = found.exceptions.filter(({ originalStart }) => originalStart !== of.original);
  const deleted = [...new Set([...found.deleted, of.original.slice(0, 10)])].sort();
  putSeries(series, { ...found, exceptions, deleted });
  dropPart(series, partOf(series, of.original, timesOf(series).startZone));
  saveItem(series);
  item.deleted = true;
}

function instanceOf(pattern: Parameters<typeof instanceAt>[0], original: string): boolean {
  return !pattern.deleted.includes(original.slice(0, 10));
}

/** What an exception can hold; sensitivity and categories always are those of the series. EC41 */
function overlay(item: LiveItem, exception: OutlookException, seriesReminds: boolean): void {
  const { bag } = item;
  const { subject, location, body, busyStatus, reminderSet, reminderMinutes, meetingStatus } = exception;
  if (subject !== undefined) bag.setText(PROP.subject, subject);
  if (location !== undefined) bag.setText(APPT.location, location);
  if (body !== undefined) bag.setText(PROP.body, body);
  if (busyStatus !== undefined) bag.setLong(APPT.busyStatus, busyStatus);
  if (reminderMinutes !== undefined) bag.setLong(PROP.reminderDelta, reminderMinutes);
  if (meetingStatus !== undefined) bag.setLong(APPT.stateFlags, meetingStatus);
  // Without a reminder of the series there is none of its occurrences. EC43
  if (reminderSet !== undefined) bag.setBool(PROP.reminderSet, reminderSet && seriesReminds);
}

function exceptionFrom(item: LiveItem, series: LiveItem, originalStart: string): OutlookException {
  const times = timesOf(item);
  const zone = timesOf(series).startZone;
  const changedText = (key: string) => (item.bag.text(key) === series.bag.text(key) ? undefined : item.bag.text(key));
  const changedLong = (key: string) => (item.bag.long(key) === series.bag.long(key) ? undefined : item.bag.long(key));
  const changedBool = (key: string) => (item.bag.bool(key) === series.bag.bool(key) ? undefined : item.bag.bool(key));
  const overrides = {
    subject: changedText(PROP.subject),
    location: changedText(APPT.location),
    body: changedText(PROP.body),
    allDay: changedBool(APPT.allDay),
    busyStatus: changedLong(APPT.busyStatus) as BusyStatus | undefined,
    reminderSet: changedBool(PROP.reminderSet),
    reminderMinutes: changedLong(PROP.reminderDelta),
    meetingStatus: changedStatus(item, series),
  };
  const said = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return { originalStart, ...inZone(times, zone.iana), ...said };
}

function changedStatus(item: LiveItem, series: LiveItem): OutlookException['meetingStatus'] {
  const status = item.bag.long(APPT.stateFlags) & 7;
  return status === (series.bag.long(APPT.stateFlags) & 7) ? undefined : (status as OutlookException['meetingStatus']);
}

/** @units wall times in the zone of the series' start; an all-day end is a midnight on its own clock */
function inZone(times: Times, iana: string): { readonly start: string; readonly end: string } {
  const start = times.allDay ? startWall(times) : toLocalTime(times.start, iana);
  return { start, end: toLocalTime(times.end, times.allDay ? times.endZone.iana : iana) };
}

/** The hidden attachment with the exception's own message. @source MS-OXOCAL 2.2.10 */
function replacePart(series: LiveItem, item: LiveItem, exception: OutlookException): void {
  const zone = timesOf(series).startZone;
  dropPart(series, partOf(series, exception.originalStart, zone));
  const bag = new PropertyBag();
  bag.setLong(PROP.attachMethod, 5);
  bag.set(PROP.attachHidden, { type: PT.BOOLEAN, value: true });
  bag.setTime(EXCEPTION_PART.replaceTime, toUtcTime(exception.originalStart, zone.iana));
  bag.setTime(EXCEPTION_PART.start, exception.start);
  bag.setTime(EXCEPTION_PART.end, exception.end);
  bag.setLong(EXCEPTION_PART.flags, 2);
  bag.setText(PROP.subject, item.bag.text(PROP.subject));
  bag.setText(APPT.location, item.bag.text(APPT.location));
  if (exception.body !== undefined) bag.setText(PROP.body, exception.body);
  const part: Part = { bag, number: 0 };
  series.attachments.push(part);
  series.partsDirty = true;
}
