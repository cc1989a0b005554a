/**
 * Deleted and modified occurrences of a saved series. Each is taken from the series where it lies now, changed and saved by
 * itself; the series' own object must not be saved after that, it still shows the old set.
 * @source outlook-calendar.md 4.6
 */
import type { OutlookException } from '../model/recurrence-pattern.ts';
import type { OccurrenceChange } from './exception-order.ts';
import { INHERITED, type Inherited } from './idle-exceptions.ts';
import type { MemberOf } from './members.ts';
import type { Handle } from './program.ts';
import type { Ref, Script } from './script.ts';
import { type SeriesZone, seriesZone } from './series-zone.ts';

const MEMBERS = {
  subject: 'Subject',
  location: 'Location',
  body: 'Body',
  allDay: 'AllDayEvent',
  busyStatus: 'BusyStatus',
  reminderSet: 'ReminderSet',
  reminderMinutes: 'ReminderMinutesBeforeStart',
  meetingStatus: 'MeetingStatus',
} as const satisfies Record<keyof Inherited, MemberOf<'AppointmentItem'>>;

/** Errors that a program stored under these handles mean that an occurrence is not as it should be. */
export type OccurrenceResults = readonly Handle[];

/**
 * @param series what the occurrences inherit now
 * @param sameZones the series ends in the zone it starts in
 */
export function writeOccurrences(
  run: Script,
  item: Ref<'AppointmentItem'>,
  options: {
    readonly changes: readonly OccurrenceChange[];
    readonly series: Inherited;
    readonly sameZones: boolean;
  },
): OccurrenceResults {
  const effective = options.changes.filter((change) => change.do === 'delete' || says(change, options.series));
  if (effective.length === 0) return [];
  const pattern = run.open(item, 'GetRecurrencePattern', 'RecurrencePattern');
  const zone = seriesZone(run, item);
  return effective.flatMap((change) => {
    // A removed date on which nothing happens anyway is no error: iCalendar has many of them.
    const attempt = run.optional;
    const occurrence = attempt.open(pattern, 'GetOccurrence', 'AppointmentItem', zone.toSystem(run, change.at));
    const results: Handle[] = [];
    if (change.do === 'delete') attempt.call(occurrence, 'Delete');
    else results.push(writeOccurrence(attempt, occurrence, { change, zone, ...options }));
    run.release(occurrence);
    return results;
  });
}

type Modification = Extract<OccurrenceChange, { do: 'modify' }>;

function writeOccurrence(
  attempt: Script,
  occurrence: Ref<'AppointmentItem'>,
  options: { change: Modification; zone: SeriesZone; series: Inherited; sameZones: boolean },
): Handle {
  const { before, after } = options.change;
  const differing = differences(options.change, options.series);
  const { allDay, ...others } = differing;
  if (allDay === false) attempt.put(occurrence, 'AllDayEvent', false);
  if (moves(before, after) || allDay !== undefined) writeMove(attempt, occurrence, options);
  if (allDay === true) attempt.put(occurrence, 'AllDayEvent', true);
  for (const name of INHERITED) {
    const value = name === 'allDay' ? undefined : others[name];
    if (value !== undefined) attempt.put(occurrence, MEMBERS[name], value);
  }
  return attempt.call(occurrence, 'Save');
}

/** Times of an exception are in the zone the series starts in; its end is written in the zone the series ends in. */
function writeMove(
  attempt: Script,
  occurrence: Ref<'AppointmentItem'>,
  options: { change: Modification; zone: SeriesZone; sameZones: boolean },
): void {
  const { after } = options.change;
  if (options.sameZones) {
    attempt.put(occurrence, 'StartInStartTimeZone', { date: after.start });
    attempt.put(occurrence, 'EndInEndTimeZone', { date: after.end });
  } else {
    attempt.put(occurrence, 'Start', options.zone.toSystem(attempt, after.start));
    attempt.put(occurrence, 'End', options.zone.toSystem(attempt, after.end));
  }
}

function says(change: Modification, series: Inherited): boolean {
  return moves(change.before, change.after) || Object.keys(differences(change, series)).length > 0;
}

function moves(before: OutlookException | undefined, after: OutlookException): boolean {
  // A plain occurrence lies where the rule puts it; how long it is, only its series knows: writing it again does no harm.
  return before === undefined || before.start !== after.start || before.end !== after.end;
}

/** What must be written so that the occurrence says what `after` says: an override, or the series' value over an old one. */
function differences(change: Modification, series: Inherited): Partial<Inherited> {
  const entries = INHERITED.flatMap((name) => {
    const has = change.before?.[name] ?? series[name];
    const wants = change.after[name] ?? series[name];
    return has === wants ? [] : [[name, wants] as const];
  });
  return Object.fromEntries(entries) as Partial<Inherited>;
}
