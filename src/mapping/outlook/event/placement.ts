/**
 * Which exceptions Outlook can hold: every occurrence has a day of its own, and none passes a neighbour or begins before the one before it has
 * ended (H1, EC38). The fewest that stand in the way of the others are left out, the widest moves first.
 * @source outlook-calendar.md 4.6; MS-OXOCAL 2.2.1.44
 */

import type { LocalDate, WallTime } from '../../../domain/time.ts';
import { addDays, addSeconds } from '../../../domain/time-civil.ts';
import { dateOf, dayOf } from '../../../outlook/model/day-number.ts';
import { occurrenceDays } from '../../../outlook/model/expand-pattern.ts';
import type { OutlookException } from '../../../outlook/model/recurrence-pattern.ts';
import type { SeriesCore } from './recurrence.ts';

type Slot = { readonly date: LocalDate; readonly start: WallTime; readonly end: WallTime; readonly moved: number };

/** The dates of the exceptions that have no place beside the others. @param deleted dates on which nothing takes place */
export function misplaced(
  core: SeriesCore,
  exceptions: readonly OutlookException[],
  deleted: ReadonlySet<LocalDate>,
): ReadonlySet<LocalDate> {
  const wide = exceptions.filter((exception) => leavesItsDay(exception, core));
  if (wide.length === 0) return new Set();
  const left = new Set<LocalDate>();
  const slots = slotsAround(core, exceptions, deleted);
  for (let rest = slots; ; rest = rest.filter(({ date }) => !left.has(date))) {
    const worst = clashes(rest).sort((a, b) => b.moved - a.moved)[0];
    if (worst === undefined) return left;
    left.add(worst.date);
  }
}

/** Whether an exception can touch any other day than its own. */
function leavesItsDay(exception: OutlookException, core: SeriesCore): boolean {
  const date = exception.originalStart.slice(0, 10);
  const usual = addSeconds(exception.originalStart, core.durationMinutes * 60);
  return (
    exception.start.slice(0, 10) !== date ||
    (exception.end > `${addDays(date, 1)}T00:00:00` && exception.end > usual) ||
    core.durationMinutes > 1440 - core.startMinutes
  );
}

/** The occurrences among which the exceptions lie, by original date. */
function slotsAround(
  core: SeriesCore,
  exceptions: readonly OutlookException[],
  deleted: ReadonlySet<LocalDate>,
): readonly Slot[] {
  const dates = exceptions
    .flatMap(({ originalStart, start, end }) => [originalStart, start, end].map((wall) => wall.slice(0, 10)))
    .sort();
  // A neighbour may reach in from before, by as long as an occurrence takes.
  const reach = Math.ceil(core.durationMinutes / 1440) + 1;
  const from = dayOf(addDays(dates[0] ?? core.firstDate, -reach));
  const to = dayOf(dates.at(-1) ?? core.firstDate);
  const changed = new Map(exceptions.map((exception) => [exception.originalStart.slice(0, 10), exception]));
  return occurrenceDays(core, from, to, MOST)
    .map(dateOf)
    .filter((date) => !deleted.has(date))
    .map((date): Slot => {
      const exception = changed.get(date);
      if (exception === undefined) {
        const start = addSeconds(`${date}T00:00:00`, core.startMinutes * 60);
        return { date, start, end: addSeconds(start, core.durationMinutes * 60), moved: -1 };
      }
      const moved = Math.abs(dayOf(exception.start.slice(0, 10)) - dayOf(date));
      return { date, start: exception.start, end: exception.end, moved };
    });
}

const MOST = 5000;

/** Exceptions that do not lie between their neighbours. */
function clashes(slots: readonly Slot[]): Slot[] {
  return slots.flatMap((slot, i) => {
    const before = slots[i - 1];
    if (before === undefined) return [];
    const isFine = slot.start.slice(0, 10) > before.start.slice(0, 10) && slot.start >= before.end;
    return isFine ? [] : [slot, before].filter(({ moved }) => moved >= 0);
  });
}
