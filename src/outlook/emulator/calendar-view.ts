/** The view of a calendar, as far as its options go. @source learn.microsoft.com/office/vba/api/outlook.calendarview */
import { long } from './arguments.ts';
import type { DispatchObject, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import type { FolderRow } from './stores.ts';

type State = { readonly session: Session; readonly folder: string; scale: number };

/** OlViewType. */
const CALENDAR_VIEW = 2;
const TABLE_VIEW = 0;
const CALENDAR_ITEMS = 1;
/** OlDayWeekTimeScale: half an hour, as in a new profile; an hour is the largest. */
const HALF_HOUR = 4;
const HOUR = 5;

/** Folder.CurrentView: a day and week view for calendars, a table for whatever else. */
export function currentView(session: Session, { entry_id, item_type }: FolderRow): DispatchObject {
  const calendar = item_type === CALENDAR_ITEMS;
  const scale = Number(session.setting(nameOf(entry_id)) ?? HALF_HOUR);
  return session.make(calendar ? CALENDAR : TABLE, { session, folder: entry_id, scale });
}

function nameOf(folder: string): string {
  return `view.time-scale.${folder}`;
}

const members = (type: number): ObjectClass<State>['members'] => ({
  ...standardMembers<State>(97, ({ session, folder }) => session.objects.folder(folder)),
  Name: { get: () => (type === CALENDAR_VIEW ? 'Calendar' : 'Table') },
  ViewType: { get: () => type },
  Save: { call: (self) => save(self) },
});

const TABLE: ObjectClass<State> = { name: 'View', members: members(TABLE_VIEW) };

const CALENDAR: ObjectClass<State> = {
  name: 'CalendarView',
  members: {
    ...members(CALENDAR_VIEW),
    DayWeekTimeScale: {
      get: ({ scale }) => scale,
      put: (self, value) => {
        const scale = long(value);
        if (scale < 0 || scale > HOUR) fail('INVALID_ARGUMENT');
        self.scale = scale;
      },
    },
  },
};

/** A change of a view lasts from its Save on. */
function save({ session, folder, scale }: State): null {
  session.putSetting(nameOf(folder), String(scale));
  return null;
}
