import { ContainerDescriptor } from '../../wire/container.ts';
import { TodoListsVTodoQuery, VTodo, VTodoChanges, VTodoQuery } from '../../wire/todolist.ts';
import { createOwnList, removeOwnList } from '../containers/own-list.ts';
import { changeset } from '../items/change-sets.ts';
import { byIdOperations, changeLogOperations, countOperations, type WritableItemService } from '../items/operations.ts';
import { readOperations, resetOperation, transferOperations, writeOperations } from '../items/store-operations.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import { containersToSearch } from '../search/containers-to-search.ts';
import { page } from '../search/search.ts';
import { todoIcsOperations } from './ics-routes.ts';
import { allTodos, findTodos } from './search-todos.ts';
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
    ...readOperations(SERVICE),
    ...writeOperations(SERVICE),
    ...changeLogOperations(SERVICE, { ids: true }),
    ...countOperations(SERVICE),
    ...byIdOperations(SERVICE),
    ...transferOperations(SERVICE),
    resetOperation(SERVICE, TODOS),
    ...batchOperations(),
    ...searchOperations(),
    ...containerOperations(),
    ...todoIcsOperations(),
  ];
}

function batchOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'updates',
      method: 'PUT',
      path: `${path}/_mupdates`,
      body: json(VTodoChanges),
      result: result(),
      run: (call) => changeTodos(SERVICE.open(call, 'Write'), call.body),
    }),
    operation({
      service,
      name: 'sync',
      method: 'POST',
      path: `${path}/_sync`,
      query: ['since'],
      body: json(VTodoChanges),
      result: result(),
      run: (call) => {
        const todos = SERVICE.open(call, 'Write');
        changeTodos(todos, call.body);
        return changeset(todos, longQuery(call, 'since'));
      },
    }),
  ];
}

function searchOperations(): Operation[] {
  const read = (call: Call<unknown>) => SERVICE.open(call, 'Read');
  return [
    operation({ service, name: 'all', method: 'GET', path, result: result(), run: (call) => allTodos(read(call)) }),
    operation({
      service,
      name: 'getByIcsUid',
      method: 'GET',
      path: `${path}/_icsuid/{uid}`,
      result: result(),
      run: (call) => {
        const todos = read(call);
        const found = call.kernel.store.items.byLookup(todos.container.id, param(call, 'uid').toLowerCase());
        return presentTodos(todos, found);
      },
    }),
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${path}/_search`,
      body: json(VTodoQuery),
      result: result(),
      run: (call) => {
        const found = findTodos(read(call), call.body);
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

function containerOperations(): Operation[] {
  return [
    operation({
      service: 'ITodoLists',
      name: 'create',
      method: 'PUT',
      path: '/todolists/{uid}',
      body: json(ContainerDescriptor),
      result: nothing,
      run: (call) => createOwnList(call, TODOS.type),
    }),
    operation({
      service: 'ITodoLists',
      name: 'delete',
      method: 'DELETE',
      path: '/todolists/{uid}',
      result: nothing,
      run: (call) => removeOwnList(call, TODOS.type),
    }),
  ];
}
