/** Tasks (ITodoList, ITodoLists, IVTodo). */
import type { Static } from 'typebox';
import { elementMembers } from './calendar.ts';
import { BmDateTime } from './common.ts';
import { flag, list, maybe, primitive, shape, text, whole } from './schema.ts';

/**
 * A task: the members it shares with events, and its own.
 * `percent` @units 0 to 100; `completed` follows `status`; `uid` is the UID of iCalendar, not the item's
 */
export const VTodo = shape(
  {
    ...elementMembers,
    due: maybe(BmDateTime),
    percent: maybe(whole),
    completed: maybe(BmDateTime),
    uid: maybe(text),
  },
  'VTodo',
);
export type VTodo = Static<typeof VTodo>;

const change = shape({ uid: maybe(text), value: maybe(VTodo), sendNotification: primitive(flag, false) });

/** Body of `_mupdates` and `_sync`. */
export const VTodoChanges = shape(
  { add: maybe(list(change)), modify: maybe(list(change)), delete: maybe(list(shape({ uid: maybe(text) }))) },
  'VTodoChanges',
);
export type VTodoChanges = Static<typeof VTodoChanges>;

/** `size` -1 = all (the default); `dateMin` is compared with the due date, `dateMax` with the start. */
export const VTodoQuery = shape(
  {
    query: maybe(text),
    from: primitive(whole, 0),
    size: primitive(whole, -1),
    escapeQuery: primitive(flag, false),
    dateMin: maybe(BmDateTime),
    dateMax: maybe(BmDateTime),
    todoUid: maybe(text),
  },
  'VTodoQuery',
);
export type VTodoQuery = Static<typeof VTodoQuery>;

/** Body of `todolists/_search`: over the given containers, or all of the owner's. */
export const TodoListsVTodoQuery = shape(
  { owner: maybe(text), containers: maybe(list(text)), vtodoQuery: maybe(VTodoQuery) },
  'TodoListsVTodoQuery',
);
export type TodoListsVTodoQuery = Static<typeof TodoListsVTodoQuery>;
