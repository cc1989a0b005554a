import type { ContainerUpdatesResult, ItemValue } from '../../wire/container.ts';
import type { VTodo, VTodoChanges } from '../../wire/todolist.ts';
import { instantOfPoint, readPoint } from '../calendars/point.ts';
import { runBatch } from '../items/batch.ts';
import {
  type Collection,
  createItem,
  type ItemKind,
  itemValue,
  mustFindItem,
  openCollection,
  removeItem,
  updateItem,
} from '../items/collection.ts';
import type { Access } from '../items/operations.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { StoredItem } from '../store/store.ts';
import { tagRefs } from '../tags/tag-refs.ts';
import { cleanTodo } from './clean-todo.ts';

export type Todos = Collection<VTodo>;

export const TODOS: ItemKind<VTodo> = {
  type: 'todolist',
  byId: 'vtodo-by-id',
  describe: (todo) => ({
    displayName: todo.summary ?? '',
    lookup: todo.uid ?? '',
    weight: todo.due ? instantOfPoint(readPoint(todo.due)) : 0,
  }),
};

export function openTodos(
  caller: { readonly kernel: Kernel; readonly session: Session },
  containerUid: string,
  verb: Access,
): Todos {
  return openCollection(TODOS, caller, containerUid, verb);
}

/** Stores a task; its iCalendar uid is the item's unless it brings one [TD1]. */
export function createTodo(todos: Todos, uid: string, todo: VTodo | null, id?: number): StoredItem {
  return createItem(todos, uid, cleanTodo(todos.kernel, todo, uid), { id });
}

/** Replaces a task; its iCalendar uid stays unless another is sent [TD1]. */
export function updateTodo(todos: Todos, uid: string, todo: VTodo | null): StoredItem {
  const before = JSON.parse(mustFindItem(todos, uid).value) as VTodo;
  return updateItem(todos, uid, cleanTodo(todos.kernel, todo, before.uid ?? uid));
}

export function removeTodo(todos: Todos, uid: string): void {
  removeItem(todos, uid);
}

export function changeTodos(todos: Todos, changes: VTodoChanges | null): ContainerUpdatesResult {
  return runBatch(todos, changes, {
    create: (uid, line) => void createTodo(todos, uid, line.value ?? null),
    update: (uid, line) => void updateTodo(todos, uid, line.value ?? null),
    remove: (uid) => removeTodo(todos, uid),
  });
}

/** Tasks as they are answered: the tags as they are now. */
export function presentTodos(todos: Todos, items: readonly StoredItem[]): readonly ItemValue<VTodo>[] {
  const refs = tagRefs(todos.kernel);
  return items.map((item) => {
    const todo = JSON.parse(item.value) as VTodo;
    return itemValue(item, { ...todo, categories: refs(todo.categories) });
  });
}
