/**
 * Reminders: of saved items with a reminder, in the default store only. They ring from their signal time on.
 * @source outlook-objects.md section 11; outlook-calendar.md section 6
 */
import { given, long } from './arguments.ts';
import { at } from './collection.ts';
import { FOLDER } from './default-folders.ts';
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { ITEM_COLUMNS, type ItemRow, itemRow, openItem, saveItem } from './item-store.ts';
import type { LiveItem } from './live-item.ts';
import { named, PROP, PSETID } from './property.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { pathOf } from './stored-properties.ts';
import { defaultFolder, defaultStore, isWithin } from './stores.ts';
import { shift } from './zone-time.ts';

/** PidLidReminderSignalTime */
const SIGNAL_TIME = named(PSETID.common, 0x8560);

type RemindersState = { readonly session: Session };
type ReminderState = { readonly session: Session; readonly entryId: string };

/** Application.Reminders. */
export function remindersObject(session: Session): DispatchObject {
  return session.make(REMINDERS, { session });
}

function rowsOf({ session }: RemindersState): readonly ItemRow[] {
  const store = defaultStore(session);
  const deleted = defaultFolder(session, store, FOLDER.deleted, true);
  return session.database
    .all<ItemRow>(
      `SELECT ${ITEM_COLUMNS} FROM items WHERE store = ? AND hidden = 0 AND json_extract(contents, ?) = 1 ORDER BY number`,
      store.id,
      pathOf(PROP.reminderSet),
    )
    .filter((row) => deleted === undefined || !isWithin(session, row.folder, deleted.entry_id));
}

function itemOf({ session, entryId }: ReminderState): LiveItem {
  return openItem(session, itemRow(session, entryId) ?? fail('OBJECT_DELETED'));
}

/** When the reminder rings. @units UTC */
function signalTime(item: LiveItem): string {
  const explicit = item.bag.time(SIGNAL_TIME);
  const due = item.bag.time(PROP.reminderTime) ?? item.session.now();
  return explicit ?? shift(due, -60 * item.bag.long(PROP.reminderDelta));
}

function isVisible(item: LiveItem): boolean {
  return signalTime(item) <= item.session.now();
}

/** Only a reminder that rings can be dismissed: a single item's goes off, a series' moves to the next occurrence. */
function dismiss(self: ReminderState): null {
  const item = itemOf(self);
  if (!isVisible(item)) fail('FAILED');
  const next = item.itemClass.nextSignal?.(item, item.session.now());
  if (next === undefined) item.bag.setBool(PROP.reminderSet, false);
  else item.bag.setTime(SIGNAL_TIME, next);
  saveItem(item);
  return null;
}

function snooze(self: ReminderState, minutes: number): null {
  const item = itemOf(self);
  if (!isVisible(item)) fail('FAILED');
  item.bag.setTime(SIGNAL_TIME, shift(item.session.now(), 60 * minutes));
  saveItem(item);
  return null;
}

const REMINDERS_MEMBERS: MemberTable<RemindersState> = {
  ...standardMembers<RemindersState>(100, ({ session }) => session.objects.application),
  Count: { get: (self) => rowsOf(self).length },
  Item: {
    call: (self, [index]) => {
      const row = at(rowsOf(self), long(index));
      return self.session.make(REMINDER, { session: self.session, entryId: row.entry_id });
    },
  },
  Remove: {
    call: (self, [index]) => {
      const item = openItem(self.session, at(rowsOf(self), long(index)));
      item.bag.setBool(PROP.reminderSet, false);
      saveItem(item);
      return null;
    },
  },
};

const REMINDERS: ObjectClass<RemindersState> = { name: 'Reminders', members: REMINDERS_MEMBERS };

const REMINDER: ObjectClass<ReminderState> = {
  name: 'Reminder',
  members: {
    ...standardMembers<ReminderState>(101, ({ session }) => remindersObject(session)),
    Caption: { get: (self) => itemOf(self).bag.text(PROP.subject) },
    IsVisible: { get: (self) => isVisible(itemOf(self)) },
    Item: { get: (self) => itemOf(self).object() },
    NextReminderDate: { get: (self) => ({ date: self.session.toLocal(signalTime(itemOf(self))) }) },
    OriginalReminderDate: { get: (self) => ({ date: self.session.toLocal(signalTime(itemOf(self))) }) },
    Dismiss: { call: dismiss },
    Snooze: { call: (self, [minutes]) => snooze(self, given(minutes) ? long(minutes) : 5) },
  },
};
