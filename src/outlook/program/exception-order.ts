/**
 * In which order the occurrences of a series are changed. Outlook refuses an occurrence that passes a neighbour or lands on its
 * day, at every single step; what both the old and the new arrangement keep in order can always be reached: deletions first,
 * then what moves earlier, first one first, then what moves later or stays, last one first [H1, H2].
 * @source outlook-calendar.md 4.6 (placement rule)
 */
import type { OutlookException, RecurrencePattern } from '../model/recurrence-pattern.ts';

/** What happens to one occurrence. `at` is where it lies now, a wall time in the series' zone. */
export type OccurrenceChange =
  | { readonly do: 'delete'; readonly at: string }
  | {
      readonly do: 'modify';
      readonly at: string;
      /** What it is now; undefined = as the series says. */
      readonly before: OutlookException | undefined;
      /** What it becomes; without overrides = as the series says. */
      readonly after: OutlookException;
    };

export type OccurrenceChanges =
  | { readonly kind: 'changes'; readonly changes: readonly OccurrenceChange[] }
  /** A deleted occurrence comes back: Outlook can only do that by building the recurrence anew. */
  | { readonly kind: 'rebuild' };

type Occurrences = Pick<RecurrencePattern, 'deleted' | 'exceptions'>;
export const NO_CHANGED_OCCURRENCES: Occurrences = { deleted: [], exceptions: [] };

/**
 * What leads from the deleted and modified occurrences of `before` to those of `after`, in an order that Outlook accepts.
 * Both are those of one rule: when the rule changes, Outlook drops them all and `before` is {@link NO_CHANGED_OCCURRENCES}.
 */
export function occurrenceChanges(before: Occurrences, after: RecurrencePattern): OccurrenceChanges {
  const wanted = byDate(after.exceptions);
  const current = byDate(before.exceptions);
  const deleted = new Set(after.deleted);
  if (before.deleted.some((date) => !deleted.has(date))) return { kind: 'rebuild' };

  const gone = new Set(before.deleted);
  const deletions = after.deleted
    .filter((date) => !gone.has(date))
    .map(
      (date): OccurrenceChange => ({
        do: 'delete',
        at: current.get(date)?.start ?? originalStart(after.startMinutes, date),
      }),
    );
  const modified = after.exceptions.map((exception) => {
    const now = current.get(dateOf(exception));
    return { do: 'modify' as const, at: now?.start ?? exception.originalStart, before: now, after: exception };
  });
  const restored = before.exceptions
    .filter((exception) => !wanted.has(dateOf(exception)) && !deleted.has(dateOf(exception)))
    .map((now) => ({ do: 'modify' as const, at: now.start, before: now, after: unchanged(now, after) }));
  const changes = [...modified, ...restored].filter((change) => !sameException(change.before, change.after));
  const earlier = changes.filter((change) => change.after.start < change.at).sort(ascending);
  const later = changes.filter((change) => change.after.start >= change.at).sort((a, b) => ascending(b, a));
  return { kind: 'changes', changes: [...deletions, ...earlier, ...later] };
}

/** The start that the rule gives the occurrence of `date`. @param startMinutes minutes after midnight */
export function originalStart(startMinutes: number, date: string): string {
  const hours = String(Math.floor(startMinutes / 60)).padStart(2, '0');
  const minutes = String(startMinutes % 60).padStart(2, '0');
  return `${date}T${hours}:${minutes}:00`;
}

/** An exception that says nothing: the occurrence as its series has it. */
function unchanged(now: OutlookException, pattern: RecurrencePattern): OutlookException {
  const { originalStart } = now;
  return { originalStart, start: originalStart, end: addMinutes(originalStart, pattern.durationMinutes) };
}

/** A wall time some minutes later; no zone is involved. */
export function addMinutes(wall: string, minutes: number): string {
  return new Date(Date.parse(`${wall}Z`) + minutes * 60_000).toISOString().slice(0, 19);
}

function byDate(exceptions: readonly OutlookException[]): ReadonlyMap<string, OutlookException> {
  return new Map(exceptions.map((exception) => [dateOf(exception), exception]));
}

function dateOf(exception: OutlookException): string {
  return exception.originalStart.slice(0, 10);
}

function ascending(a: { readonly at: string }, b: { readonly at: string }): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

function sameException(a: OutlookException | undefined, b: OutlookException): boolean {
  if (a === undefined) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof OutlookException>;
  return [...names].every((name) => a[name] === b[name]);
}
