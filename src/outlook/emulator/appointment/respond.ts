/**
 * Answering an invitation. The answer is a new meeting item that nobody sends; the appointment is replaced by a copy with the
 * answer in it, so its entry id changes. @source outlook-calendar.md sections 1.5, 5.2; MS-OXOCAL 3.1.4.8.1
 */
import { FOLDER } from '../default-folders.ts';
import type { DispatchObject } from '../dispatch.ts';
import { fail } from '../fault.ts';
import type { ItemClass } from '../item-class.ts';
import { deleteItem } from '../item-members.ts';
import { newItem, saveItem } from '../item-store.ts';
import type { LiveItem } from '../live-item.ts';
import { PROP, PT } from '../property.ts';
import { defaultFolder, defaultStore, newEntryId, storeRow } from '../stores.ts';
import { APPT, STATE } from './appointment-props.ts';

/** OlMeetingResponse, and what it makes of the answer's class and of the time's busy status. */
const ANSWERS = {
  2: { messageClass: 'IPM.Schedule.Meeting.Resp.Tent', busy: 1 },
  3: { messageClass: 'IPM.Schedule.Meeting.Resp.Pos', busy: 2 },
  4: { messageClass: 'IPM.Schedule.Meeting.Resp.Neg', busy: 0 },
} as const;

const appointments = new WeakMap<LiveItem, LiveItem>();

/** @param response OlMeetingResponse: 2 tentative, 3 accepted, 4 declined @throws FAILED when it is nobody's invitation */
export function answerMeeting(item: LiveItem, response: number): DispatchObject {
  const { session, bag } = item;
  if (response !== 2 && response !== 3 && response !== 4) return fail('INVALID_ARGUMENT', 'Respond');
  if (item.number === 0 || (bag.long(APPT.stateFlags) & STATE.received) === 0) return fail('FAILED');
  const answer = ANSWERS[response];
  session.database.transaction(() => {
    bag.setLong(APPT.responseStatus, response);
    bag.setLong(APPT.busyStatus, response === 3 ? bag.long(APPT.intendedBusyStatus, answer.busy) : answer.busy);
    bag.setTime(APPT.replyTime, session.now());
    saveItem(item);
    replace(item);
    if (response === 4) deleteItem(item);
  });
  const store = defaultStore(session);
  const outbox = defaultFolder(session, store, FOLDER.outbox, true) ?? fail('NOT_FOUND');
  const meeting = newItem(session, answer.messageClass, { store: store.id, folder: outbox.entry_id });
  meeting.bag.setText(PROP.subject, bag.text(PROP.subject));
  appointments.set(meeting, item);
  return meeting.object();
}

/** The same item under a new entry id: to everybody else, one item went and another came. */
function replace(item: LiveItem): void {
  const { session, number, place } = item;
  const entryId = newEntryId(session, storeRow(session, place.store));
  session.database.run('UPDATE items SET entry_id = ? WHERE number = ?', entryId, number);
  item.identify(entryId);
  session.events.raise({ source: 'Items', about: place.folder, event: 'ItemRemove', argument: '' });
  session.events.raise({ source: 'Items', about: place.folder, event: 'ItemAdd', argument: entryId });
}

/** Requests, answers and cancellations: met in mail folders, and sometimes in calendars. */
export const MEETING: ItemClass = {
  className: 'MeetingItem',
  olClass: 53,
  itemType: -1,
  messageClass: 'IPM.Schedule.Meeting',
  guarded: ['SenderName', 'SenderEmailAddress', 'Recipients', 'Send'],
  members: {
    GetAssociatedAppointment: { call: (meeting) => appointments.get(meeting)?.object() ?? null },
    Send: {
      call: (meeting) => {
        saveItem(meeting);
        return null;
      },
    },
  },
  start: (meeting) => meeting.bag.setText(PROP.subject, ''),
  columns: { Subject: { key: PROP.subject, type: PT.UNICODE } },
};
