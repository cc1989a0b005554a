import { isFailure } from '../../base/failure.ts';
import type { BmDateTime } from '../../wire/common.ts';
import type { VTodo } from '../../wire/todolist.ts';
import { checkSeries } from '../calendars/check-series.ts';
import { readPoint, writePoint } from '../calendars/point.ts';
import { bodyOf } from '../calendars/rewrite-event.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { tagRefs } from '../tags/tag-refs.ts';

/** What a task without a title is called. @source fact sheet 8 */
const UNTITLED = '(New Todo)';

/**
 * The task as the server stores it: rules [TD1] to [TD8] of docs/server-contacts.md.
 * @throws INVALID_PARAMETER for dates and rules that cannot be, a bare fault for unknown zones
 */
export function cleanTodo(kernel: Kernel, todo: VTodo | null, uid: string): VTodo {
  if (todo === null) throw fault('UNKNOWN', 'The task is missing.');
  const clean: VTodo = {
    ...todo,
    uid: todo.uid || uid,
    summary: todo.summary || UNTITLED,
    description: bodyOf(todo.description),
    classification: todo.classification ?? 'Public',
    priority: clamped(todo.priority, 9),
    percent: clamped(todo.percent, 100),
    dtstart: date(todo.dtstart),
    due: date(todo.due),
    completed: completedOf(kernel, todo),
    exdate: todo.rrule ? dates(todo.exdate) : null,
    rdate: dates(todo.rdate),
    rrule: todo.rrule ? { ...todo.rrule, until: date(todo.rrule.until) } : null,
    alarm: todo.alarm?.filter((alarm) => typeof alarm.trigger === 'number') ?? null,
    categories: tagRefs(kernel)(todo.categories),
  };
  checkRule(clean);
  return clean;
}

/** [TD4] When it was done is told for tasks that are done, and for no others. */
function completedOf(kernel: Kernel, todo: VTodo): BmDateTime | null {
  if (todo.status !== 'Completed') return null;
  if (todo.completed) return date(todo.completed);
  return { iso8601: new Date(kernel.clock.now()).toISOString(), timezone: 'UTC', precision: 'DateTime' };
}

/** [TD6] A rule is checked as that of an event is, but every flaw of it is INVALID_PARAMETER. */
function checkRule(todo: VTodo): void {
  if (!todo.rrule) return;
  const dtstart = todo.dtstart ?? todo.due ?? null;
  if (dtstart === null) throw fault('INVALID_PARAMETER', 'A task that repeats needs a start or a due date.');
  try {
    checkSeries({ main: { dtstart, summary: UNTITLED, rrule: todo.rrule } });
  } catch (error) {
    throw isFailure(error) && error.code.startsWith('EVENT_') ? fault('INVALID_PARAMETER', error.message) : error;
  }
}

function clamped(value: number | null | undefined, most: number): number | null {
  return typeof value === 'number' ? Math.min(most, Math.max(0, value)) : null;
}

function date(value: BmDateTime | null | undefined): BmDateTime | null {
  return value ? writePoint(readPoint(value)) : null;
}

function dates(values: readonly BmDateTime[] | null | undefined): readonly BmDateTime[] | null {
  return values?.flatMap((value) => date(value) ?? []) ?? null;
}
