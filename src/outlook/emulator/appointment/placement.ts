/**
 * Where a modified occurrence may lie: between its neighbours, on a day of its own.
 * @source outlook-calendar.md section 4.6; MS-OXOCAL 2.2.1.44
 */
import { dateOf, dayOf, wallOf } from '../../model/day-number.ts';
import { occurrenceDays, occursOn } from '../../model/expand-pattern.ts';
import type { RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { shift } from '../zone-time.ts';

/** @units wall times in the series' zone */
export type Slot = { readonly original: string; readonly start: string; readonly end: string };

/** Whether an occurrence may be moved to `slot`; its own present place does not stand in its way. EC38 */
export function mayLie(pattern: RecurrencePattern, slot: Slot): boolean {
  const others = modifiedSlots(pattern).filter(({ original }) => original !== slot.original);
  const day = slot.start.slice(0, 10);
  const ownDay = slot.original.slice(0, 10);
  const taken =
    others.some(({ start }) => start.slice(0, 10) === day) ||
    (day !== ownDay && occursOn(pattern, day) && isPlain(pattern)(day));
  if (taken) return false;
  const before = latest([
    ...others.filter(({ original }) => original < slot.original),
    ...nearest(pattern, slot, 'before'),
  ]);
  const after = earliest([
    ...others.filter(({ original }) => original > slot.original),
    ...nearest(pattern, slot, 'after'),
  ]);
  return (before === undefined || slot.start >= before.end) && (after === undefined || slot.start < after.start);
}

/** The next occurrence that is as the rule has it, in one direction; none at the ends of the series. */
function nearest(pattern: RecurrencePattern, slot: Slot, side: 'before' | 'after'): Slot[] {
  const plain = isPlain(pattern);
  const [first, own] = [dayOf(pattern.firstDate), dayOf(slot.original)];
  const changed = pattern.deleted.length + pattern.exceptions.length;
  if (side === 'after') {
    // Among one more than were ever changed there is one that was not.
    const days = occurrenceDays(pattern, own + 1, dayOf('4500-12-31'), changed + 1).map(dateOf);
    return days.filter(plain).slice(0, 1).map(slotOf(pattern));
  }
  for (let span = 64; ; span *= 4) {
    const from = Math.max(first, own - span);
    const found = occurrenceDays(pattern, from, own - 1, span)
      .map(dateOf)
      .filter(plain)
      .at(-1);
    if (found !== undefined) return [slotOf(pattern)(found)];
    if (from <= first) return [];
  }
}

function isPlain(pattern: RecurrencePattern): (date: string) => boolean {
  const modified = pattern.exceptions.map(({ originalStart }) => originalStart.slice(0, 10));
  const changed = new Set([...pattern.deleted, ...modified]);
  return (date) => !changed.has(date);
}

function slotOf(pattern: RecurrencePattern): (date: string) => Slot {
  return (date) => {
    const original = wallOf(dayOf(date) * 1440 + pattern.startMinutes);
    return { original, start: original, end: shift(original, pattern.durationMinutes * 60) };
  };
}

function modifiedSlots(pattern: RecurrencePattern): Slot[] {
  return pattern.exceptions.map(({ originalStart, start, end }) => ({ original: originalStart, start, end }));
}

function latest(slots: readonly Slot[]): Slot | undefined {
  return [...slots].sort((a, b) => (a.original < b.original ? -1 : 1)).at(-1);
}

function earliest(slots: readonly Slot[]): Slot | undefined {
  return [...slots].sort((a, b) => (a.original < b.original ? -1 : 1))[0];
}
