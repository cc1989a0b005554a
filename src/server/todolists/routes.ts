import { TodoListsVTodoQuery, VTodo, VTodoChanges, VTodoQuery } from '../../wire/todolist.ts';
import { ownListOperations } from '../containers/own-list.ts';
import type { WritableItemService } from '../items/operations.ts';
import {
  allOperation,
  icsUidOperation,
  itemOperations,
  resetOperation,
  syncOperation,
  transferOperations,
  updatesOperation,
} from '../items/store-operations.ts';
import { json, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { containersToSearch } from '../search/containers-to-search.ts';
import { page } from '../search/search.ts';
import { todoIcsOperations } from './ics-routes.ts';
import { findTodos } from './search-todos.ts';
import { changeTodos, createTodo, openTodos, presentTodos, removeTodo, TODOS, updateTodo } from './todos.ts';

const service = 'ITodoList';
const path = '/todolist/{containerUid}';

const SERVICE: WritableItemService<VTodo> = {
  service,
  path,
  schema: VTodo,
  open: (call, verb) => openTodos(call, param(call, 'containerUid'), verb),
  create: createTodo,
  update: updateTodo,
  remove: removeTodo,
  present: presentTodos,
};

/** ITodoList, ITodoLists and IVTodo. */
export function todoListOperations(): Operation[] {
  return [
    ...itemOperations(SERVICE, { ids: true }),
    ...transferOperations(SERVICE),
    resetOperation(SERVICE),
    updatesOperation(SERVICE, VTodoChanges, changeTodos),
    syncOperation(SERVICE, VTodoChanges, changeTodos),
    allOperation(SERVICE),
    icsUidOperation(SERVICE),
    ...searchOperations(),
    ...ownListOperations('ITodoLists', '/todolists', TODOS.type),
    ...todoIcsOperations(),
  ];
}

function searchOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${path}/_search`,
      body: json(VTodoQuery),
      result: result(),
      run: (call) => {
        const found = findTodos(SERVICE.open(call, 'Read'), call.body);
        return { values: page(found, call.body), total: found.length };
      },
    }),
    operation({
      service: 'ITodoLists',
      name: 'search',
      method: 'POST',
      path: '/todolists/_search',
      body: json(TodoListsVTodoQuery),
      result: result(),
      run: (call) => {
        const query = call.body?.vtodoQuery ?? null;
        const found = containersToSearch(call, TODOS, call.body).flatMap((todos) =>
          findTodos(todos, query).map((todo) => ({ ...todo, containerUid: todos.container.uid })),
        );
        return page(found, query);
      },
    }),
  ];
}
