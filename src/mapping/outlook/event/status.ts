import type { Appointment, MeetingStatus } from '../../../outlook/model/appointment.ts';
import { type Field, lossless, patching } from '../../field.ts';

/**
 * Whether it was called off: the cancelled bit of the meeting status, for meetings and for plain appointments alike. A word before the
 * title is Outlook's own decoration, never data (H19).
 * @source outlook-calendar.md 5.1
 */
export const cancelled: Field<Appointment, boolean> = patching(
  lossless({
    read: ({ meetingStatus }) => meetingStatus === 5 || meetingStatus === 7,
    write: (item, value) => ({ ...item, meetingStatus: withCancelled(item, value) }),
  }),
);

function withCancelled({ meetingStatus, recipients }: Appointment, value: boolean): MeetingStatus {
  const isReceived = meetingStatus === 3 || meetingStatus === 7;
  if (isReceived) return value ? 7 : 3;
  if (value) return 5;
  return recipients.length > 0 ? 1 : 0;
}
