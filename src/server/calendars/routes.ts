import { CalendarsVEventQuery, VEventChanges, VEventQuery, VEventSeries } from '../../wire/calendar.ts';
import { Uids } from '../../wire/common.ts';
import type { ContainerUpdatesResult, ItemContainerValue, ItemValue } from '../../wire/container.ts';
import { can } from '../containers/verbs.ts';
import { visibleContainers } from '../containers/visible.ts';
import { runBatch } from '../items/batch.ts';
import { openCollection, removeAllItems, touchItem } from '../items/collection.ts';
import {
  type Access,
  byIdOperations,
  changeLogOperations,
  countOperations,
  type WritableItemService,
} from '../items/operations.ts';
import { allItems, icsUidOperation, syncOperation, updatesOperation } from '../items/store-operations.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { booleanQuery, param } from '../kernel/parameters.ts';
import {
  CALENDAR,
  type Calendar,
  createSeries,
  presentSeries,
  removeSeries,
  tellSeries,
  updateSeries,
} from './calendar-items.ts';
import { searchSeries } from './search.ts';

const service = 'ICalendar';
const PATH = '/calendars/{containerUid}';

const calendars: WritableItemService<VEventSeries> = {
  service,
  path: PATH,
  schema: VEventSeries,
  open: (call, verb) => openCalendar(call, verb),
  create: (calendar, uid, value, id) => createSeries(calendar, uid, value, { send: false, id }),
  update: (calendar, uid, value) => updateSeries(calendar, uid, value, { send: false }),
  remove: (calendar, uid) => void removeSeries(calendar, uid, false),
  present: presentSeries,
};

/** The calendar of the call. @throws NOT_FOUND, PERMISSION_DENIED without `verb` */
export function openCalendar(call: Call<unknown>, verb: Access): Calendar {
  return openCollection(CALENDAR, call, param(call, 'containerUid'), verb);
}

/** ICalendar and ICalendars. */
export function calendarOperations(): Operation[] {
  return [
    ...one(),
    ...several(),
    ...whole(),
    ...changeLogOperations(calendars, { ids: false }),
    ...byIdOperations(calendars),
    ...countOperations(calendars),
    ...across(),
  ];
}

function one(): Operation[] {
  const query = ['sendNotifications'];
  const path = `${PATH}/{uid}`;
  const send = (call: Call<unknown>) => booleanQuery(call, 'sendNotifications');
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path,
      query,
      body: json(VEventSeries),
      result: nothing,
      run: (call) =>
        void createSeries(openCalendar(call, 'Write'), param(call, 'uid'), call.body, { send: send(call) }),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path,
      query,
      body: json(VEventSeries),
      result: nothing,
      run: (call) =>
        void updateSeries(openCalendar(call, 'Write'), param(call, 'uid'), call.body, { send: send(call) }),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path,
      query,
      result: nothing,
      run: (call) => void removeSeries(openCalendar(call, 'Write'), param(call, 'uid'), send(call)),
    }),
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path: `${path}/complete`,
      result: result(),
      run: (call) => found(openCalendar(call, 'Read'), [param(call, 'uid')])[0],
    }),
    operation({
      service,
      name: 'touch',
      method: 'POST',
      path: `${path}/_touch`,
      result: nothing,
      run: (call) => void touchItem(openCalendar(call, 'Write'), param(call, 'uid')),
    }),
  ];
}

function several(): Operation[] {
  return [
    icsUidOperation(calendars),
    operation({
      service,
      name: 'multipleGet',
      method: 'POST',
      path: `${PATH}/_mget`,
      body: json(Uids),
      result: result(),
      run: (call) => found(openCalendar(call, 'Read'), call.body ?? []),
    }),
    updatesOperation(calendars, VEventChanges, applyChanges),
    // An absent body is no change here, where books stumble over it.
    syncOperation(calendars, VEventChanges, (calendar, changes) => applyChanges(calendar, changes ?? {}), 'PUT'),
    operation({
      service,
      name: 'search',
      method: 'POST',
      path: `${PATH}/_search`,
      body: json(VEventQuery),
      result: result(),
      run: (call) => searchSeries(openCalendar(call, 'Read'), call.body),
    }),
  ];
}

function applyChanges(calendar: Calendar, changes: VEventChanges | null): ContainerUpdatesResult {
  return runBatch(calendar, changes, {
    create: (uid, line) =>
      void createSeries(calendar, uid, line.value ?? null, { send: line.sendNotification === true }),
    update: (uid, line) =>
      void updateSeries(calendar, uid, line.value ?? null, { send: line.sendNotification === true }),
    remove: (uid, line) => void removeSeries(calendar, uid, line.sendNotification === true),
  });
}

function whole(): Operation[] {
  return [
    operation({
      service,
      name: 'list',
      method: 'GET',
      path: `${PATH}/_list`,
      result: result(),
      run: (call) => listed(allItems(calendars, openCalendar(call, 'Read'))),
    }),
    operation({
      service,
      name: 'all',
      method: 'GET',
      path: `${PATH}/_all`,
      result: result(Uids),
      run: (call) => call.kernel.store.items.uids(openCalendar(call, 'Read').container.id),
    }),
    operation({
      service,
      name: 'reset',
      method: 'POST',
      path: `${PATH}/_reset`,
      result: result(),
      run: (call) => {
        const calendar = openCalendar(call, 'Manage');
        return call.kernel.tasks.start((progress) => {
          progress.begin(1, 'Emptying the calendar');
          removeAllItems(calendar);
          progress.step('The calendar is empty');
        });
      },
    }),
    operation({
      service,
      name: 'isAutoSyncActivated',
      method: 'GET',
      path: `${PATH}/_isAutoSyncActivated`,
      result: result(),
      run: (call) => {
        const { settings } = openCalendar(call, 'Read').container;
        return settings['type'] === 'externalIcs' && (settings['icsUrl'] ?? '') !== '';
      },
    }),
    operation({
      service,
      name: 'searchPendingCounters',
      method: 'GET',
      path: `${PATH}/_search_counters`,
      result: result(),
      run: (call) => listed(allItems(calendars, openCalendar(call, 'Read')).filter(hasCounter)),
    }),
  ];
}

/** ICalendars: several calendars at once; those without the right to read are left out. */
function across(): Operation[] {
  return [
    operation({
      service: 'ICalendars',
      name: 'search',
      method: 'POST',
      path: '/calendars/_search',
      body: json(CalendarsVEventQuery),
      result: result(),
      run: (call) => {
        const { kernel, session, body } = call;
        const named = body?.containers ?? [];
        const containers =
          named.length > 0
            ? kernel.store.containers.byUids(named)
            : visibleContainers(kernel, session, { type: CALENDAR.type, owner: body?.owner });
        return readable(
          call,
          containers.map((container) => container.uid),
        ).flatMap((calendar) => located(calendar, searchSeries(calendar, body?.eventQuery ?? null).values));
      },
    }),
    operation({
      service: 'ICalendars',
      name: 'searchPendingCounters',
      method: 'POST',
      path: '/calendars/_search_counters',
      body: json(Uids),
      result: result(),
      run: (call) =>
        readable(call, call.body ?? []).flatMap((calendar) =>
          located(calendar, searchSeries(calendar, null).values.filter(hasCounter)),
        ),
    }),
  ];
}

function readable({ kernel, session }: Call<unknown>, uids: readonly string[]): readonly Calendar[] {
  return kernel.store.containers
    .byUids(uids)
    .filter((container) => container.type === CALENDAR.type && can(kernel, session, container, 'Read'))
    .map((container) => ({ kernel, session, container, kind: CALENDAR }));
}

function located(
  calendar: Calendar,
  items: readonly ItemValue<VEventSeries>[],
): readonly ItemContainerValue<VEventSeries>[] {
  return items.map((item) => ({ ...item, containerUid: calendar.container.uid }));
}

function found(calendar: Calendar, uids: readonly string[]): ReturnType<typeof tellSeries> {
  return tellSeries(calendar, uids);
}

function listed(values: readonly ItemValue<VEventSeries>[]): object {
  return { values, total: values.length };
}

function hasCounter(item: ItemValue<VEventSeries>): boolean {
  return (item.value.counters ?? []).length > 0;
}
