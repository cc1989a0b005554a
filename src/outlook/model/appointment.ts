import type { RecurrencePattern } from './recurrence-pattern.ts';

/** OlBusyStatus: 0 free, 1 tentative, 2 busy, 3 out of office, 4 working elsewhere (Outlook 2013+). */
export type BusyStatus = 0 | 1 | 2 | 3 | 4;
/** OlSensitivity: 0 normal, 1 personal, 2 private, 3 confidential. */
export type Sensitivity = 0 | 1 | 2 | 3;
/** OlImportance: 0 low, 1 normal, 2 high. */
export type OutlookImportance = 0 | 1 | 2;
/** OlMeetingStatus: 0 not a meeting, 1 meeting, 3 received, 5 cancelled, 7 received and cancelled. */
export type MeetingStatus = 0 | 1 | 3 | 5 | 7;
/** OlResponseStatus: 0 none, 1 organized, 2 tentative, 3 accepted, 4 declined, 5 not responded. */
export type ResponseStatus = 0 | 1 | 2 | 3 | 4 | 5;
/** OlMeetingRecipientType: 0 organizer, 1 required, 2 optional, 3 resource. */
export type RecipientType = 0 | 1 | 2 | 3;

/** An attendee row. `address` is the SMTP address, '' when Outlook could not resolve it. */
export type Recipient = {
  readonly name: string;
  readonly address: string;
  readonly type: RecipientType;
  readonly response: ResponseStatus;
};

/**
 * The values of an appointment that the connector reads and writes: AppointmentItem as plain data.
 * `start` and `end` are wall times in `startZone` and `endZone` (StartInStartTimeZone, EndInEndTimeZone), whole minutes,
 * `YYYY-MM-DDTHH:MM:SS`; all-day items run from midnight to midnight (exclusive). Zones are Windows ids (`Romance Standard Time`).
 */
export type Appointment = {
  readonly subject: string;
  readonly location: string;
  /** Plain text with CRLF line ends. */
  readonly body: string;
  readonly allDay: boolean;
  readonly start: string;
  readonly startZone: string;
  readonly end: string;
  readonly endZone: string;
  readonly busyStatus: BusyStatus;
  readonly sensitivity: Sensitivity;
  readonly importance: OutlookImportance;
  /** Category names (PidNameKeywords), no separator involved. */
  readonly categories: readonly string[];
  readonly reminderSet: boolean;
  /** @units whole minutes before the start; kept by Outlook while `reminderSet` is false */
  readonly reminderMinutes: number;
  readonly meetingStatus: MeetingStatus;
  readonly responseStatus: ResponseStatus;
  readonly organizer: { readonly name: string; readonly address: string } | undefined;
  /** Everybody but the organizer. */
  readonly recipients: readonly Recipient[];
  /** undefined = a single appointment. Includes deleted and modified occurrences. */
  readonly recurrence: RecurrencePattern | undefined;
  /** GlobalAppointmentID, upper-case hex; '' until first saved. */
  readonly globalId: string;
  /** Our own named text properties by name (see named-properties.ts), absent ones left out. */
  readonly tags: Readonly<Record<string, string>>;
};
