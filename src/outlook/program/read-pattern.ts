/**
 * A recurrence by its members, for series whose structure PropertyAccessor does not give (too long). Slow (a dozen calls for
 * each exception) and weaker than the structure: Outlook may leave entries out of Exceptions, and may refuse the occurrences of
 * a series in a foreign zone, which makes the item unreadable for now and never shorter.
 * @source outlook-calendar.md 4.1, 4.6
 */
import type { BusyStatus } from '../model/appointment.ts';
import type { OutlookException, Pattern, PatternEnd, RecurrencePattern } from '../model/recurrence-pattern.ts';
import { isError } from './errors.ts';
import type { Inherited } from './idle-exceptions.ts';
import type { MemberOf } from './members.ts';
import type { Handle } from './program.ts';
import type { Ref, Script } from './script.ts';
import type { SeriesZone } from './series-zone.ts';
import { BadValue, date, flag, isAbsent, list, number, text, type Values } from './values.ts';

const PATTERN_MEMBERS = [
  'RecurrenceType',
  'Interval',
  'DayOfWeekMask',
  'DayOfMonth',
  'MonthOfYear',
  'Instance',
  'NoEndDate',
  'Occurrences',
  'PatternStartDate',
  'PatternEndDate',
  'StartTime',
  'Duration',
] as const satisfies readonly MemberOf<'RecurrencePattern'>[];

const OCCURRENCE_MEMBERS = [
  'Subject',
  'Location',
  'Body',
  'AllDayEvent',
  'BusyStatus',
  'ReminderSet',
  'ReminderMinutesBeforeStart',
  'MeetingStatus',
] as const satisfies readonly MemberOf<'AppointmentItem'>[];

/** The handles of what was read, by what they are. */
export type PatternHandles = Readonly<Record<string, Handle>>;

export function readPattern(run: Script, pattern: Ref<'RecurrencePattern'>, zone: SeriesZone): PatternHandles {
  const members = PATTERN_MEMBERS.map((member) => [member, run.value(pattern, member)] as const);
  const exceptions = run.object(pattern, 'Exceptions', 'Exceptions');
  const names = ['Deleted', 'OriginalDate', 'original', 'start', 'end', ...OCCURRENCE_MEMBERS];
  const collected = run.each(exceptions, 'Exception', (each, exception) => {
    const deleted = each.value(exception, 'Deleted');
    const original = each.value(exception, 'OriginalDate');
    // A deleted exception has no appointment: from here on errors are values, and told apart when they are read.
    const tries = each.optional;
    const item = tries.object(exception, 'AppointmentItem', 'AppointmentItem');
    return [
      deleted,
      original,
      zone.toSeries(tries, original),
      zone.toSeries(tries, tries.value(item, 'Start')),
      zone.toSeries(tries, tries.value(item, 'End')),
      ...OCCURRENCE_MEMBERS.map((member) => tries.value(item, member)),
    ];
  });
  return Object.fromEntries([...members, ...names.map((name, at) => [name, collected[at] ?? ''] as const)]);
}

/** @throws BadValue when an occurrence could not be read */
export function patternFrom(values: Values, handles: PatternHandles, series: Inherited): RecurrencePattern {
  const read = (name: string) => values[handles[name] ?? ''];
  const deletedFlags = list(read('Deleted'));
  const deleted: string[] = [];
  const exceptions: OutlookException[] = [];
  for (const [at, isDeleted] of deletedFlags.entries()) {
    if (isDeleted === true) deleted.push(date(list(read('OriginalDate'))[at]).slice(0, 10));
    else exceptions.push(exceptionFrom((name) => list(read(name))[at], series));
  }
  const startTime = date(read('StartTime'));
  return {
    pattern: ruleFrom(read),
    firstDate: date(read('PatternStartDate')).slice(0, 10),
    end: endFrom(read),
    startMinutes: Number(startTime.slice(11, 13)) * 60 + Number(startTime.slice(14, 16)),
    durationMinutes: number(read('Duration')),
    firstDayOfWeek: 0,
    deleted: deleted.sort(),
    exceptions: exceptions.sort((a, b) => (a.originalStart < b.originalStart ? -1 : 1)),
  };
}

type Read = (name: string) => Values[string] | undefined;

const NOT_SHOWN =
  'Outlook does not show the changed occurrences of this series: they are many, and it is in another time zone than Windows.';

/** What the exception says differently from its series. */
function exceptionFrom(read: Read, series: Inherited): OutlookException {
  const subject = read('Subject');
  if (isError(subject) && !isAbsent(subject)) throw new BadValue(NOT_SHOWN);
  const said: Inherited = {
    subject: text(subject),
    location: text(read('Location')),
    body: text(read('Body')),
    allDay: flag(read('AllDayEvent')),
    busyStatus: number(read('BusyStatus')) as BusyStatus,
    reminderSet: flag(read('ReminderSet')),
    reminderMinutes: number(read('ReminderMinutesBeforeStart')),
    meetingStatus: number(read('MeetingStatus')) as Inherited['meetingStatus'],
  };
  const differs = Object.entries(said).filter(([name, value]) => series[name as keyof Inherited] !== value);
  return {
    originalStart: date(read('original')),
    start: date(read('start')),
    end: date(read('end')),
    ...(Object.fromEntries(differs) as Partial<Inherited>),
  };
}

/** Yearly intervals count months in practice and years in the documentation: 12 and above can only be months of whole years. */
function ruleFrom(read: Read): Pattern {
  const value = (name: (typeof PATTERN_MEMBERS)[number]) => number(read(name));
  const interval = Math.max(1, value('Interval'));
  const years = interval >= 12 && interval % 12 === 0 ? interval / 12 : interval;
  const nth = { dayOfWeekMask: value('DayOfWeekMask'), instance: value('Instance') };
  switch (value('RecurrenceType')) {
    case 0:
      return { type: 'daily', interval };
    case 1:
      return { type: 'weekly', interval, dayOfWeekMask: value('DayOfWeekMask') };
    case 2:
      return { type: 'monthly', interval, dayOfMonth: value('DayOfMonth') };
    case 3:
      return { type: 'monthNth', interval, ...nth };
    case 5:
      return { type: 'yearly', interval: years, monthOfYear: value('MonthOfYear'), dayOfMonth: value('DayOfMonth') };
    case 6:
      return { type: 'yearNth', interval: years, monthOfYear: value('MonthOfYear'), ...nth };
    default:
      throw new BadValue('Outlook tells a kind of recurrence that there is not.');
  }
}

function endFrom(read: Read): PatternEnd {
  if (flag(read('NoEndDate'))) return { kind: 'never' };
  const occurrences = number(read('Occurrences'));
  if (occurrences > 0) return { kind: 'count', occurrences };
  return { kind: 'date', date: date(read('PatternEndDate')).slice(0, 10) };
}
