import type { BmDateTime } from '../../wire/common.ts';
import type { ItemValue } from '../../wire/container.ts';
import type { VTodo, VTodoQuery } from '../../wire/todolist.ts';
import { instantOfPoint, readPoint } from '../calendars/point.ts';
import { searcher } from '../search/search.ts';
import { presentTodos, type Todos } from './todos.ts';

function allTodos(todos: Todos): readonly ItemValue<VTodo>[] {
  return presentTodos(todos, todos.kernel.store.items.all(todos.container.id));
}

/** The tasks of a list that a query wants: `dateMin` is compared with the due date, `dateMax` with the start [TD9]. */
export function findTodos(todos: Todos, query: VTodoQuery | null): readonly ItemValue<VTodo>[] {
  const wanted = searcher(query);
  const min = query?.dateMin ? at(query.dateMin) : Number.NEGATIVE_INFINITY;
  const max = query?.dateMax ? at(query.dateMax) : Number.POSITIVE_INFINITY;
  return allTodos(todos).filter((item) => {
    const { dtstart, due, uid } = item.value;
    const [start, end] = [dtstart ?? due, due ?? dtstart];
    const inWindow = (!end || at(end) >= min) && (!start || at(start) < max);
    return inWindow && (!query?.todoUid || uid === query.todoUid) && wanted(item);
  });
}

function at(date: BmDateTime): number {
  return instantOfPoint(readPoint(date));
}
