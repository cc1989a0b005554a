import { CalendarView, CalendarViewChanges } from '../../wire/calendar.ts';
import type { ContainerUpdatesResult } from '../../wire/container.ts';
import { viewsOf } from '../containers/uids.ts';
import { runBatch } from '../items/batch.ts';
import {
  type Collection,
  createItem,
  type ItemKind,
  mustFindItem,
  openCollection,
  presentStored,
  removeItem,
  updateItem,
} from '../items/collection.ts';
import { changeLogOperations, readByIdOperations, type WritableItemService } from '../items/operations.ts';
import {
  allItems,
  multipleGetOperation,
  oneOperation,
  updatesOperation,
  writeOperations,
} from '../items/store-operations.ts';
import { bareFault } from '../kernel/fault.ts';
import { type Call, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';

type Views = Collection<CalendarView>;

export const VIEWS: ItemKind<CalendarView> = {
  type: 'calendarview',
  byId: 'view-by-id',
  describe: (view) => ({ displayName: view.label ?? '' }),
};

/** IUserCalendarViews and the older ICalendarView: which calendars are shown, and how. Rules [VW1] and [VW2]. */
export function viewOperations(): Operation[] {
  const byContainer = serviceOf('ICalendarView', '/calendars/view/{containerUid}', (call) =>
    param(call, 'containerUid'),
  );
  const byUser = serviceOf('IUserCalendarViews', '/users/{domainUid}/{userUid}/calendar-views', (call) =>
    viewsOf(param(call, 'userUid')),
  );
  return [
    ...common(byContainer),
    ...common(byUser),
    ...changeLogOperations(byUser, { ids: true }),
    ...readByIdOperations(byUser),
  ];
}

function serviceOf(
  service: string,
  path: string,
  containerOf: (call: Call<unknown>) => string,
): WritableItemService<CalendarView> {
  return {
    service,
    path,
    schema: CalendarView,
    open: (call, verb) => openCollection(VIEWS, call, containerOf(call), verb),
    create: (views, uid, view) => createItem(views, uid, checked(view)),
    update: (views, uid, view) => updateItem(views, uid, checked(view)),
    remove: (views, uid) => void removeItem(views, uid),
    present: presentStored,
  };
}

function common(views: WritableItemService<CalendarView>): Operation[] {
  const { service, path, open } = views;
  return [
    ...writeOperations(views),
    oneOperation(views, '{uid}'),
    multipleGetOperation(views),
    updatesOperation(views, CalendarViewChanges, changeViews, true),
    operation({
      service,
      name: 'setDefault',
      method: 'POST',
      path: `${path}/{uid}/_asdefault`,
      result: nothing,
      run: (call) => setDefault(open(call, 'Write'), param(call, 'uid')),
    }),
    operation({
      service,
      name: 'list',
      method: 'GET',
      path: `${path}/_list`,
      result: result(),
      run: (call) => {
        const values = allItems(views, open(call, 'Read'));
        return { values, total: values.length };
      },
    }),
  ];
}

function changeViews(views: Views, changes: CalendarViewChanges | null): ContainerUpdatesResult {
  return runBatch(views, changes, {
    create: (uid, line) => void createItem(views, uid, checked(line.value ?? null)),
    update: (uid, line) => void updateItem(views, uid, checked(line.value ?? null)),
    remove: (uid) => void removeItem(views, uid),
  });
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
