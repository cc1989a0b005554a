/** The properties of an appointment and its exceptions. @source outlook-calendar.md section 8.1 */
import { named, PSETID, tag } from '../property.ts';

const appointment = (id: number) => named(PSETID.appointment, id);
const common = (id: number) => named(PSETID.common, id);
const meeting = (id: number) => named(PSETID.meeting, id);

export const APPT = {
  sequence: appointment(0x8201),
  busyStatus: appointment(0x8205),
  hasExceptionalBody: appointment(0x8206),
  location: appointment(0x8208),
  start: appointment(0x820d),
  end: appointment(0x820e),
  duration: appointment(0x8213),
  allDay: appointment(0x8215),
  recurrence: appointment(0x8216),
  stateFlags: appointment(0x8217),
  responseStatus: appointment(0x8218),
  replyTime: appointment(0x8220),
  recurring: appointment(0x8223),
  intendedBusyStatus: appointment(0x8224),
  exceptionReplaceTime: appointment(0x8228),
  invited: appointment(0x8229),
  recurrenceType: appointment(0x8231),
  recurrenceText: appointment(0x8232),
  zoneStruct: appointment(0x8233),
  zoneText: appointment(0x8234),
  clipStart: appointment(0x8235),
  clipEnd: appointment(0x8236),
  allAttendees: appointment(0x8238),
  toAttendees: appointment(0x823b),
  ccAttendees: appointment(0x823c),
  startZone: appointment(0x825e),
  endZone: appointment(0x825f),
  recurrenceZone: appointment(0x8260),
  reminderOverride: common(0x851c),
  reminderPlaySound: common(0x851e),
  reminderSoundFile: common(0x851f),
  reminderSignal: common(0x8560),
  commonStart: common(0x8516),
  commonEnd: common(0x8517),
  sideEffects: common(0x8510),
  noAging: common(0x850e),
  globalId: meeting(0x0003),
  cleanGlobalId: meeting(0x0023),
  where: meeting(0x0002),
  isRecurring: meeting(0x0005),
  isException: meeting(0x000a),
  startDate: tag(0x0060),
  endDate: tag(0x0061),
  responseRequested: tag(0x0063),
  iconIndex: tag(0x1080),
  organizerEntryId: tag(0x0041),
  organizerName: tag(0x0042),
  organizerType: tag(0x0064),
  organizerAddress: tag(0x0065),
  organizerSmtp: tag(0x5d02),
  senderEntryId: tag(0x0c19),
  senderName: tag(0x0c1a),
  senderType: tag(0x0c1e),
  senderAddress: tag(0x0c1f),
} as const;

/** A hidden attachment that holds a modified occurrence. @source MS-OXOCAL 2.2.10.1 */
export const EXCEPTION_PART = {
  /** @units UTC; the start by the rule */
  replaceTime: tag(0x7ff9),
  /** @units wall time in the series' zone */
  start: tag(0x7ffb),
  end: tag(0x7ffc),
  flags: tag(0x7ffd),
} as const;

/** Bits of PidLidAppointmentStateFlags. */
export const STATE = { meeting: 1, received: 2, cancelled: 4 } as const;
