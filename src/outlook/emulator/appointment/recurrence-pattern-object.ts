/** RecurrencePattern. @source outlook-calendar.md sections 4.1 to 4.6 */
import { bool, date, long } from '../arguments.ts';
import type { DispatchObject, DispatchValue, Member, MemberTable, ObjectClass } from '../dispatch.ts';
import { fail } from '../fault.ts';
import type { LiveItem } from '../live-item.ts';
import type { Session } from '../session.ts';
import { standardMembers } from '../standard-members.ts';
import { shift } from '../zone-time.ts';
import { exceptionsObject } from './exceptions.ts';
import { getOccurrence } from './occurrence.ts';
import {
  type PatternDraft,
  shownEndDate,
  shownInterval,
  shownOccurrences,
  withDayOfMonth,
  withEndDate,
  withEndTime,
  withInterval,
  withLength,
  withMask,
  withMonthOfYear,
  withNoEnd,
  withOccurrences,
  withStartDate,
  withStartTime,
  withType,
} from './pattern-draft.ts';
import { changeDraft, memoryOf, seriesMade } from './series.ts';

type PatternState = { readonly session: Session; readonly item: LiveItem };

/** The pattern of an item, which recurs from now on when it did not. EC26 */
export function patternObject(item: LiveItem): DispatchObject {
  seriesMade(item);
  return item.session.make(RECURRENCE_PATTERN, { session: item.session, item });
}

function draftOf({ item }: PatternState): PatternDraft {
  return seriesMade(item).draft;
}

/** A number that a pure setter takes. Every number is readable whatever the type. EC27 */
function numberMember(
  get: (draft: PatternDraft) => number,
  change: (draft: PatternDraft, value: number) => PatternDraft,
): Member<PatternState> {
  return {
    get: (self) => get(draftOf(self)),
    put: (self, value) => changeDraft(self.item, (draft) => change(draft, long(value))),
  };
}

/** A date of which only one part counts. */
function dateMember(
  get: (draft: PatternDraft) => string,
  change: (draft: PatternDraft, wall: string) => PatternDraft,
): Member<PatternState> {
  return {
    get: (self) => ({ date: get(draftOf(self)) }),
    put: (self, value) => changeDraft(self.item, (draft) => change(draft, date(value))),
  };
}

function putInterval(self: PatternState, value: DispatchValue): void {
  const everyWeekday = draftOf(self).interval === 0;
  changeDraft(self.item, (draft) => withInterval(draft, long(value), self.session.switches.yearlyInterval));
  if (everyWeekday) memoryOf(self.item).poisoned = true;
}

function putType(self: PatternState, value: DispatchValue): void {
  changeDraft(self.item, (draft) => withType(draft, long(value)));
  memoryOf(self.item).poisoned = false;
}

/** @units minutes after midnight */
function minutesOfDay(wall: string): number {
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

function timeOn(draft: PatternDraft, minutes: number): string {
  return shift(`${draft.startDate}T00:00:00`, minutes * 60);
}

const MEMBERS: MemberTable<PatternState> = {
  ...standardMembers<PatternState>(28, ({ item }) => item.object()),
  RecurrenceType: { get: (self) => draftOf(self).type, put: putType },
  Interval: { get: (self) => shownInterval(draftOf(self), self.session.switches.yearlyInterval), put: putInterval },
  DayOfWeekMask: numberMember((draft) => draft.dayOfWeekMask, withMask),
  DayOfMonth: numberMember((draft) => draft.dayOfMonth, withDayOfMonth),
  MonthOfYear: numberMember((draft) => draft.monthOfYear, withMonthOfYear),
  Instance: numberMember(
    (draft) => draft.instance,
    (draft, instance) => ({ ...draft, instance }),
  ),
  Occurrences: numberMember(shownOccurrences, withOccurrences),
  Duration: numberMember((draft) => draft.durationMinutes, withLength),
  NoEndDate: {
    get: (self) => draftOf(self).end.kind === 'never',
    put: (self, value) => changeDraft(self.item, (draft) => withNoEnd(draft, bool(value))),
  },
  PatternStartDate: dateMember(
    (draft) => `${draft.startDate}T00:00:00`,
    (draft, wall) => withStartDate(draft, wall.slice(0, 10)),
  ),
  PatternEndDate: dateMember(
    (draft) => `${shownEndDate(draft)}T00:00:00`,
    (draft, wall) => withEndDate(draft, wall.slice(0, 10)),
  ),
  StartTime: dateMember(
    (draft) => timeOn(draft, draft.startMinutes),
    (draft, wall) => withStartTime(draft, minutesOfDay(wall)),
  ),
  EndTime: dateMember(
    (draft) => timeOn(draft, draft.startMinutes + draft.durationMinutes),
    (draft, wall) => withEndTime(draft, minutesOfDay(wall)),
  ),
  // Tasks only. @source VBA reference, RecurrencePattern.Regenerate
  Regenerate: { get: () => false, put: () => fail('INVALID_ARGUMENT') },
  Exceptions: { get: ({ item }) => exceptionsObject(item, () => patternObject(item)) },
  GetOccurrence: {
    call: ({ session, item }, [start]) => getOccurrence(session, item.entryId, date(start)).object(),
  },
};

const RECURRENCE_PATTERN: ObjectClass<PatternState> = { name: 'RecurrencePattern', members: MEMBERS };
