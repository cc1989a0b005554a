/**
 * Where Outlook can hold the occurrences of a series: each on a day of its own, none passing a neighbour or beginning before the one before
 * it has ended (H1, EC38). A series whose exceptions pass each other is shown all the same: Outlook does not mind which of its
 * occurrences stands for which, so they are dealt out again in the order of their new starts. Only of two on one day the one that was moved
 * furthest has no place.
 * @source outlook-calendar.md 4.6; MS-OXOCAL 2.2.1.44
 */

import type { LocalDate, WallTime } from '../../../domain/time.ts';
import { addDays, addSeconds } from '../../../domain/time-civil.ts';
import { dateOf, dayOf } from '../../../outlook/model/day-number.ts';
import { occurrenceDays } from '../../../outlook/model/expand-pattern.ts';
import type { OutlookException } from '../../../outlook/model/recurrence-pattern.ts';
import type { SeriesCore } from './recurrence.ts';

export type Placement = {
  /** Exceptions without a place. Their occurrences are left out. */
  readonly hidden: readonly OutlookException[];
  /** Exceptions with a place, perhaps shorter than they are, each as an exception of the occurrence that stands for it. */
  readonly placed: readonly OutlookException[];
  /** Occurrences that others stand for: the date of the stand-in → the date of the occurrence it shows. */
  readonly standIns: ReadonlyMap<LocalDate, LocalDate>;
};

type Slot = {
  readonly date: LocalDate;
  readonly start: WallTime;
  readonly end: WallTime;
  readonly exception: OutlookException | undefined;
};

/** @param deleted dates on which nothing takes place */
export function placeExceptions(
  core: SeriesCore,
  exceptions: readonly OutlookException[],
  deleted: ReadonlySet<LocalDate>,
): Placement {
  if (!exceptions.some((exception) => leavesItsDay(exception, core)))
    return { hidden: [], placed: exceptions, standIns: new Map() };
  const slots = slotsAround(core, exceptions, deleted);
  const hidden: Slot[] = [];
  let rest = [...slots].sort(byStart);
  for (let clash = firstClash(rest); clash !== undefined; clash = firstClash(rest)) {
    hidden.push(clash);
    rest = rest.filter((slot) => slot !== clash);
  }
  const left = new Set(hidden.map(({ date }) => date));
  const places = slots.filter(({ date }) => !left.has(date)).map(({ date }) => date);
  const shown = shortened(rest);
  const standIns = new Map(
    shown.flatMap(({ date }, i) => (places[i] === date ? [] : [[places[i] ?? date, date] as const])),
  );
  const placed = shown.flatMap((slot, i) => {
    const place = places[i] ?? slot.date;
    if (slot.exception === undefined && place === slot.date) return [];
    const originalStart = addSeconds(`${place}T00:00:00`, core.startMinutes * 60);
    return [{ ...slot.exception, originalStart, start: slot.start, end: slot.end }];
  });
  return { hidden: hidden.flatMap(({ exception }) => exception ?? []), placed, standIns };
}

/** Whether an exception can touch any other day than its own. */
function leavesItsDay(exception: OutlookException, core: SeriesCore): boolean {
  const date = exception.originalStart.slice(0, 10);
  const reachesFurther = exception.end > `${addDays(date, 1)}T00:00:00`;
  return exception.start.slice(0, 10) !== date || reachesFurther || core.startMinutes + core.durationMinutes > 1440;
}

/** The occurrences among which the exceptions lie, by original date. */
function slotsAround(
  core: SeriesCore,
  exceptions: readonly OutlookException[],
  deleted: ReadonlySet<LocalDate>,
): readonly Slot[] {
  const walls = exceptions.flatMap(({ originalStart, start, end }) => [originalStart, start, end]);
  const dates = walls.map((wall) => wall.slice(0, 10)).sort();
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
      if (exception !== undefined) return { date, start: exception.start, end: exception.end, exception };
      const start = addSeconds(`${date}T00:00:00`, core.startMinutes * 60);
      return { date, start, end: addSeconds(start, core.durationMinutes * 60), exception };
    });
}

const MOST = 5000;

function byStart(a: Slot, b: Slot): number {
  return a.start < b.start ? -1 : a.start > b.start ? 1 : a.date < b.date ? -1 : 1;
}

/** An exception that shares its day with another occurrence, or begins while one goes on that cannot be shortened. */
function firstClash(slots: readonly Slot[]): Slot | undefined {
  for (const [i, slot] of slots.entries()) {
    const before = slots[i - 1];
    if (before === undefined) continue;
    const sharesDay = slot.start.slice(0, 10) === before.start.slice(0, 10);
    const isInside = slot.start < before.end && before.exception === undefined;
    if (!sharesDay && !isInside) continue;
    const movable = [slot, before].filter(({ exception }) => exception !== undefined);
    const [worst] = movable.sort((a, b) => moved(b) - moved(a));
    if (worst !== undefined) return worst;
  }
  return undefined;
}

/** @units days */
function moved({ date, start }: Slot): number {
  return Math.abs(dayOf(start.slice(0, 10)) - dayOf(date));
}

/** Exceptions that would last into the next occurrence end with its start. */
function shortened(slots: readonly Slot[]): readonly Slot[] {
  return slots.map((slot, i) => {
    const next = slots[i + 1];
    const overlaps = next !== undefined && slot.exception !== undefined && slot.end > next.start;
    return overlaps ? { ...slot, end: next.start } : slot;
  });
}
