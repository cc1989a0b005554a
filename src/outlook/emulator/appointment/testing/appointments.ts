/** An emulated Outlook with a calendar, and short ways to make appointments in it, for tests of this folder. */
import type { OutlookDate } from '../../../program/program.ts';
import { emulatedOutlook, type Late, lateOutlook } from '../../testing/world.ts';

const APPOINTMENT_SET = '{00062002-0000-0000-C000-000000000046}';
const MEETING_SET = '{6ED8DA90-450B-101B-98DA-00AA003F1305}';
const COMMON_SET = '{00062008-0000-0000-C000-000000000046}';
const MAPI = 'http://schemas.microsoft.com/mapi';

/** Names of properties by which PropertyAccessor reads what is really stored. */
export const NAME = {
  recurrence: `${MAPI}/id/${APPOINTMENT_SET}/82160102`,
  recurring: `${MAPI}/id/${APPOINTMENT_SET}/8223000B`,
  zoneStruct: `${MAPI}/id/${APPOINTMENT_SET}/82330102`,
  startZone: `${MAPI}/id/${APPOINTMENT_SET}/825E0102`,
  start: `${MAPI}/id/${APPOINTMENT_SET}/820D0040`,
  end: `${MAPI}/id/${APPOINTMENT_SET}/820E0040`,
  clipEnd: `${MAPI}/id/${APPOINTMENT_SET}/82360040`,
  invited: `${MAPI}/id/${APPOINTMENT_SET}/8229000B`,
  responseStatus: `${MAPI}/id/${APPOINTMENT_SET}/82180003`,
  globalId: `${MAPI}/id/${MEETING_SET}/00030102`,
  cleanGlobalId: `${MAPI}/id/${MEETING_SET}/00230102`,
  signalTime: `${MAPI}/id/${COMMON_SET}/85600040`,
  organizerName: `${MAPI}/proptag/0x0042001F`,
  organizerType: `${MAPI}/proptag/0x0064001F`,
  organizerAddress: `${MAPI}/proptag/0x0065001F`,
  smtpAddress: `${MAPI}/proptag/0x39FE001F`,
  trackStatus: `${MAPI}/proptag/0x5FFF0003`,
} as const;

/** A date as it crosses the border. */
export function at(date: string): OutlookDate {
  return { date: date.length === 10 ? `${date}T00:00:00` : date };
}

/** An emulator in Paris, its calendar, and ways to fill and look into it. */
export function calendarWorld(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const emulator = emulatedOutlook(options);
  const { app, session, calendar } = lateOutlook(emulator);
  const add = (): Late => calendar.object('Items').object('Add', 1);
  const byId = (entryId: string): Late => session.object('GetItemFromID', entryId, calendar.get('StoreID'));
  const reopen = (item: Late): Late => byId(String(item.get('EntryID')));
  const appointment = (start: string, minutes = 60, subject = 'Planning'): Late => {
    const item = add();
    item.put('Subject', subject);
    item.put('Start', at(start));
    item.put('Duration', minutes);
    return item;
  };
  /** A saved series; `shape` sets the members of its pattern. */
  const series = (
    start: string,
    shape: Readonly<Record<string, number | boolean | OutlookDate>>,
    minutes = 60,
  ): Late => {
    const item = appointment(start, minutes);
    const pattern = item.object('GetRecurrencePattern');
    for (const [member, value] of Object.entries(shape)) pattern.put(member, value);
    item.call('Save');
    return item;
  };
  const zone = (id: string): Late => app.object('TimeZones').object('Item', id);
  return { emulator, app, session, calendar, add, byId, reopen, appointment, series, zone };
}

/** A property of an object as it is stored. */
export function stored(item: Late, name: string) {
  return item.object('PropertyAccessor').call('GetProperty', name);
}

/** Deleted and modified entries of a series, as `deleted date` or `original → start`. */
export function exceptionsOf(series: Late): readonly string[] {
  const exceptions = series.object('GetRecurrencePattern').object('Exceptions');
  return Array.from({ length: Number(exceptions.get('Count')) }, (_, index) => {
    const exception = exceptions.object('Item', index + 1);
    const original = (exception.get('OriginalDate') as OutlookDate).date;
    if (exception.get('Deleted') === true) return `deleted ${original}`;
    return `${original} → ${(exception.object('AppointmentItem').get('Start') as OutlookDate).date}`;
  });
}
