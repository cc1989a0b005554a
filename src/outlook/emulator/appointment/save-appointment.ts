/** What Save stores beside what was set. @source outlook-calendar.md sections 1.5, 4.8, 6, 8.1 */
import { fromHex } from '../../../base/utf8.ts';
import { dayOf, wallOf } from '../../model/day-number.ts';
import { lastOccurrence } from '../../model/expand-pattern.ts';
import { cleanGlobalId, newGlobalId } from '../../model/global-object-id.ts';
import { writeRecurrenceBlob } from '../../model/recurrence-blob.ts';
import { blobOfPattern } from '../../model/recurrence-meaning.ts';
import type { RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { oneOffId } from '../address-ids.ts';
import { fail } from '../fault.ts';
import type { LiveItem } from '../live-item.ts';
import { PROP } from '../property.ts';
import { toUtcTime } from '../zone-time.ts';
import { APPT, STATE } from './appointment-props.ts';
import { hasTimes, storeTimes, timesOf } from './item-times.ts';
import { definitionOf, structOf, type Zone, zoneText } from './item-zones.ts';
import { reminderTimes } from './reminder-times.ts';
import { memoryOf, patternOf, type Series, settleMemory } from './series.ts';
import { seriesText } from './series-text.ts';
import type { Times } from './times.ts';

/** Series have this end when they have none. @source PidLidClipEnd */
const NO_END = '4500-08-31T23:59:00';
/** Open, delete, copy and move by the item's own rules. @source MS-OXOCAL 2.2.2.2 */
const SIDE_EFFECTS = 0x171;

/** Runs inside the save's transaction. @throws what makes Outlook refuse the item */
export function beforeSave(item: LiveItem): void {
  const memory = memoryOf(item);
  if (memory.poisoned) fail('MEMBER_NOT_FOUND', 'Interval');
  if (memory.changed && memory.series !== undefined && memory.series !== 'none') storeSeries(item, memory.series);
  if (!hasTimes(item)) return;
  identify(item);
  nameOrganizer(item);
  const { bag } = item;
  const times = timesOf(item);
  for (const key of [APPT.commonStart, APPT.startDate]) bag.setTime(key, times.start);
  for (const key of [APPT.commonEnd, APPT.endDate]) bag.setTime(key, times.end);
  if (!bag.bool(APPT.recurring)) {
    bag.setTime(APPT.clipStart, times.start);
    bag.setTime(APPT.clipEnd, times.end);
    bag.setBool(APPT.isRecurring, false);
  }
  bag.setLong(APPT.sideEffects, SIDE_EFFECTS);
  bag.setLong(
    APPT.iconIndex,
    0x400 + Number(bag.bool(APPT.recurring)) + 2 * (bag.long(APPT.stateFlags) & STATE.meeting),
  );
  bag.setText(APPT.where, bag.text(APPT.location));
  setReminder(item, times);
}

/** Runs after it. */
export function afterSave(item: LiveItem): void {
  settleMemory(item);
  const memory = memoryOf(item);
  memory.shown = { ...shownOf(item), ...(memory.shown && { globalId: memory.shown.globalId }) };
}

/** Global id and organizer as an object shows them from its opening, or from its first Save, on. EC7, EC49 */
export function shownOf(item: LiveItem): { readonly globalId: Uint8Array | undefined; readonly organizer: string } {
  const { bag, session } = item;
  const name = bag.text(APPT.organizerName);
  return { globalId: bag.binary(APPT.globalId), organizer: name === '' ? (session.setting('user.name') ?? '') : name };
}

function storeSeries(item: LiveItem, series: Series): void {
  const { bag } = item;
  const pattern = patternOf(series, item.session.switches.overlappingOccurrences);
  const { startZone, endZone, allDay } = timesOf(item);
  const times = firstTimes(pattern, { startZone, endZone, allDay });
  const year = Number(pattern.firstDate.slice(0, 4));
  storeTimes(item, times);
  bag.setBinary(APPT.recurrence, writeRecurrenceBlob(blobOfPattern(pattern, series.draft.interval === 0)));
  bag.setBool(APPT.recurring, true);
  bag.setBool(APPT.isRecurring, true);
  bag.setBool(APPT.isException, false);
  bag.setLong(
    APPT.recurrenceType,
    { daily: 1, weekly: 2, monthly: 3, monthNth: 3, yearly: 4, yearNth: 4 }[pattern.pattern.type],
  );
  bag.setText(APPT.recurrenceText, seriesText(pattern));
  bag.setBinary(APPT.recurrenceZone, definitionOf(startZone, year, 'recurrence'));
  bag.setBinary(APPT.zoneStruct, structOf(startZone, year));
  bag.setText(APPT.zoneText, zoneText(startZone, year));
  // Both are midnights of the dates on which the first and the last occurrence start, as recorded items have them.
  bag.setTime(APPT.clipStart, midnight(pattern.firstDate, startZone));
  const last = lastOccurrence(pattern);
  bag.setTime(APPT.clipEnd, last === undefined ? NO_END : midnight(last, startZone));
  bag.setBool(
    APPT.hasExceptionalBody,
    pattern.exceptions.some(({ body }) => body !== undefined),
  );
}

/** A series lies at its first occurrence by the rule. */
function firstTimes(pattern: RecurrencePattern, of: Pick<Times, 'startZone' | 'endZone' | 'allDay'>): Times {
  const start = dayOf(pattern.firstDate) * 1440 + pattern.startMinutes;
  const end = wallOf(start + pattern.durationMinutes);
  const endZone = of.allDay ? of.endZone : of.startZone;
  return { ...of, start: toUtcTime(wallOf(start), of.startZone.iana), end: toUtcTime(end, endZone.iana) };
}

function midnight(date: string, zone: Zone): string {
  return toUtcTime(`${date}T00:00:00`, zone.iana);
}

/** The calendar-world id is given once, at the first Save, and kept for ever. */
function identify(item: LiveItem): void {
  const { bag, session } = item;
  if (item.number !== 0) return;
  const id = newGlobalId(session.clock.now(), session.randomBytes());
  bag.setBinary(APPT.globalId, fromHex(id));
  bag.setBinary(APPT.cleanGlobalId, fromHex(cleanGlobalId(id)));
}

/** Outlook names the user as the one an appointment is from, meeting or not. */
function nameOrganizer(item: LiveItem): void {
  const { bag, session } = item;
  const [name, address] = [session.setting('user.name'), session.setting('user.address')];
  if (bag.has(APPT.organizerName) || name === undefined || address === undefined) return;
  const id = oneOffId({ name, type: 'SMTP', address });
  for (const key of [APPT.organizerName, APPT.senderName]) bag.setText(key, name);
  for (const key of [APPT.organizerType, APPT.senderType]) bag.setText(key, 'SMTP');
  for (const key of [APPT.organizerAddress, APPT.senderAddress, APPT.organizerSmtp]) bag.setText(key, address);
  for (const key of [APPT.organizerEntryId, APPT.senderEntryId]) bag.setBinary(key, id);
}

function setReminder(item: LiveItem, times: Times): void {
  const { bag } = item;
  if (!bag.bool(PROP.reminderSet)) return;
  if (bag.has(APPT.reminderSignal) && !memoryOf(item).reminderMoved) return;
  const next = reminderTimes(item, times);
  if (next === undefined) return;
  bag.setTime(PROP.reminderTime, next.start);
  bag.setTime(APPT.reminderSignal, next.signal);
}
