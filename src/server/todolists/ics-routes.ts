import type { ImportStats } from '../../wire/calendar.ts';
import { Uids } from '../../wire/common.ts';
import { TaskRef } from '../../wire/task.ts';
import { fault, isBusiness } from '../kernel/fault.ts';
import { type Call, json, type Operation, operation, result, textBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { ownerTags } from '../tags/owner-tags.ts';
import type { Progress } from '../tasks/tasks.ts';
import { type IcsTodo, parseTodos, writeTodos } from './ics.ts';
import { createTodo, openTodos, presentTodos, type Todos, updateTodo } from './todos.ts';

const service = 'IVTodo';
const path = '/todolists/vtodos/{containerUid}';
const ics = { kind: 'stream', produces: 'text/calendar' } as const;
const PROD_ID = '-//Embedded server//Tasks//EN';

/** IVTodo: a task list as ICS text, out and in. */
export function todoIcsOperations(): Operation[] {
  const open = (call: Call<unknown>, verb: 'Read' | 'Write') => openTodos(call, param(call, 'containerUid'), verb);
  return [
    operation({
      service,
      name: 'exportAll',
      method: 'GET',
      path,
      result: ics,
      run: (call) => {
        const todos = open(call, 'Read');
        return writeTodos(presentTodos(todos, call.kernel.store.items.all(todos.container.id)), PROD_ID);
      },
    }),
    operation({
      service,
      name: 'exportTodos',
      method: 'POST',
      path,
      body: json(Uids),
      result: ics,
      run: (call) => {
        const todos = open(call, 'Read');
        const found = call.kernel.store.items.byUids(todos.container.id, call.body ?? []);
        return writeTodos(presentTodos(todos, found), PROD_ID);
      },
    }),
    operation({
      service,
      name: 'importIcs',
      method: 'PUT',
      path,
      body: textBody,
      result: result(TaskRef),
      run: (call) => {
        const todos = open(call, 'Write');
        const { body } = call;
        if (body === null) throw fault('INVALID_PARAMETER', 'The ICS text is missing.');
        return call.kernel.tasks.start((progress) => importTodos(todos, body, progress));
      },
    }),
  ];
}

/** How many tasks are stored before other calls get their turn. */
const SLICE = 25;

/** Stores the tasks of an ICS text, merged on their ICS uid; one that is refused is told in the log and costs nothing else [TD10]. */
async function importTodos(todos: Todos, text: string, progress: Progress): Promise<ImportStats> {
  const parsed = parseTodos(text);
  progress.begin(parsed.todos.length, `${parsed.todos.length} tasks to import`);
  for (const reason of parsed.refused) progress.step(reason);
  const uids: string[] = [];
  for (const [index, todo] of parsed.todos.entries()) {
    if (index % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    try {
      uids.push(store(todos, todo));
      progress.step(`${index + 1} of ${parsed.todos.length}`);
    } catch (error) {
      if (!isBusiness(error)) throw error;
      progress.step(`The task ${index + 1} was refused: ${error.message}`);
    }
  }
  return { uids, total: parsed.todos.length };
}

/** @returns the uid of the item */
function store(todos: Todos, { uid: icsUid, value }: IcsTodo): string {
  const { items } = todos.kernel.store;
  const categories = ownerTags(
    todos,
    (value.categories ?? []).flatMap((ref) => ref.label ?? []),
  );
  const todo = { ...value, categories };
  const [known] = items.byLookup(todos.container.id, icsUid.toLowerCase());
  if (known !== undefined) return updateTodo(todos, known.uid, todo).uid;
  const free = items.byUid(todos.container.id, icsUid) === undefined;
  return createTodo(todos, free ? icsUid : todos.kernel.newId(), todo).uid;
}
