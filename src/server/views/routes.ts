import { CalendarView, CalendarViewChanges } from '../../wire/calendar.ts';
import { Uids } from '../../wire/common.ts';
import { viewsOf } from '../containers/uids.ts';
import { runBatch } from '../items/batch.ts';
import {
  type Collection,
  createItem,
  findItem,
  type ItemKind,
  itemValue,
  mustFindItem,
  openCollection,
  removeItem,
  updateItem,
} from '../items/collection.ts';
import { changeLogOperations, type ItemService, readByIdOperations } from '../items/operations.ts';
import { bareFault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';

type Views = Collection<CalendarView>;

export const VIEWS: ItemKind<CalendarView> = {
  type: 'calendarview',
  byId: 'view-by-id',
  describe: (view) => ({ displayName: view.label ?? '' }),
};

/** IUserCalendarViews and the older ICalendarView: which calendars are shown, and how. Rules [VW1] and [VW2]. */
export function viewOperations(): Operation[] {
  const byContainer: ItemService<CalendarView> = {
    service: 'ICalendarView',
    path: '/calendars/view/{containerUid}',
    open: (call, verb) => openCollection(VIEWS, call, param(call, 'containerUid'), verb),
  };
  const byUser: ItemService<CalendarView> = {
    service: 'IUserCalendarViews',
    path: '/users/{domainUid}/{userUid}/calendar-views',
    open: (call, verb) => openCollection(VIEWS, call, viewsOf(param(call, 'userUid')), verb),
  };
  const present = (_views: Views, items: Parameters<typeof itemValue>[0][]) =>
    items.map((item) => itemValue<CalendarView>(item));
  return [
    ...common(byContainer),
    ...common(byUser),
    ...changeLogOperations(byUser, { ids: true }),
    ...readByIdOperations({ ...byUser, present: (views, items) => present(views, [...items]) }),
  ];
}

function common(views: ItemService<CalendarView>): Operation[] {
  return [...writing(views), ...reading(views)];
}

function writing({ service, path, open }: ItemService<CalendarView>): Operation[] {
  const write = (call: Call<unknown>) => open(call, 'Write');
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: `${path}/{uid}`,
      body: json(CalendarView),
      result: nothing,
      run: (call) => void createItem(write(call), param(call, 'uid'), checked(call.body)),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path: `${path}/{uid}`,
      body: json(CalendarView),
      result: nothing,
      run: (call) => void updateItem(write(call), param(call, 'uid'), checked(call.body)),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: `${path}/{uid}`,
      result: nothing,
      run: (call) => void removeItem(write(call), param(call, 'uid')),
    }),
    operation({
      service,
      name: 'updates',
      method: 'PUT',
      path: `${path}/_mupdates`,
      body: json(CalendarViewChanges),
      result: nothing,
      run: (call) => {
        const views = write(call);
        runBatch(views, call.body, {
          create: (uid, line) => void createItem(views, uid, checked(line.value ?? null)),
          update: (uid, line) => void updateItem(views, uid, checked(line.value ?? null)),
          remove: (uid) => void removeItem(views, uid),
        });
      },
    }),
    operation({
      service,
      name: 'setDefault',
      method: 'POST',
      path: `${path}/{uid}/_asdefault`,
      result: nothing,
      run: (call) => setDefault(write(call), param(call, 'uid')),
    }),
  ];
}

function reading({ service, path, open }: ItemService<CalendarView>): Operation[] {
  const read = (call: Call<unknown>) => open(call, 'Read');
  return [
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path: `${path}/{uid}`,
      result: result(),
      run: (call) => {
        const item = findItem(read(call), param(call, 'uid'));
        return item === undefined ? null : itemValue<CalendarView>(item);
      },
    }),
    operation({
      service,
      name: 'list',
      method: 'GET',
      path: `${path}/_list`,
      result: result(),
      run: (call) => {
        const views = read(call);
        const values = call.kernel.store.items.all(views.container.id).map((item) => itemValue<CalendarView>(item));
        return { values, total: values.length };
      },
    }),
    operation({
      service,
      name: 'multipleGet',
      method: 'POST',
      path: `${path}/_mget`,
      body: json(Uids),
      result: result(),
      run: (call) => {
        const views = read(call);
        const items = call.kernel.store.items.byUids(views.container.id, call.body ?? []);
        return items.map((item) => itemValue<CalendarView>(item));
      },
    }),
  ];
}

function checked(view: CalendarView | null): CalendarView {
  if (view === null) throw bareFault('The view is missing.');
  return { ...view, calendars: view.calendars ?? [] };
}

/** One view is the default one. */
function setDefault(views: Views, uid: string): void {
  const { store } = views.kernel;
  mustFindItem(views, uid);
  store.transaction(() => {
    for (const item of store.items.all(views.container.id)) {
      const view = JSON.parse(item.value) as CalendarView;
      const isDefault = item.uid === uid;
      if ((view.isDefault === true) !== isDefault) updateItem(views, item.uid, { ...view, isDefault });
    }
  });
}
