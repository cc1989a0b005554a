import type { BusyStatus } from './appointment.ts';

/** How often, with only the members that mean something for the kind (OlRecurrenceType 0, 1, 2, 3, 5, 6). */
export type Pattern =
  | { readonly type: 'daily' /** @units days, 1 to 999 */; readonly interval: number }
  /** `interval` @units weeks, 1 to 99. The "every weekday" choice (Interval 0 in the object model) is mask 62, interval 1. */
  | { readonly type: 'weekly'; readonly interval: number; readonly dayOfWeekMask: number }
  /** `interval` @units months; day 31 means the last day of each month, 29 and 30 clamp to it in shorter months. */
  | { readonly type: 'monthly'; readonly interval: number; readonly dayOfMonth: number }
  /** `instance` 1 to 4, 5 = last */
  | { readonly type: 'monthNth'; readonly interval: number; readonly dayOfWeekMask: number; readonly instance: number }
  /** `interval` @units years (the object model counts months: 12 × years) */
  | { readonly type: 'yearly'; readonly interval: number; readonly monthOfYear: number; readonly dayOfMonth: number }
  | {
      readonly type: 'yearNth';
      readonly interval: number;
      readonly monthOfYear: number;
      readonly dayOfWeekMask: number;
      readonly instance: number;
    };

/** `occurrences` 1 or more; `date` is the date of the last possible occurrence, `YYYY-MM-DD`. */
export type PatternEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly occurrences: number }
  | { readonly kind: 'date'; readonly date: string };

/**
 * A modified occurrence. All times are wall times in the series' start zone, `YYYY-MM-DDTHH:MM:SS`.
 * An optional member that is undefined is inherited from the series. Sensitivity and categories cannot differ (MS-OXOCAL 2.2.10.2).
 */
export type OutlookException = {
  readonly originalStart: string;
  readonly start: string;
  readonly end: string;
  readonly subject?: string | undefined;
  readonly location?: string | undefined;
  readonly body?: string | undefined;
  readonly allDay?: boolean | undefined;
  readonly busyStatus?: BusyStatus | undefined;
  readonly reminderSet?: boolean | undefined;
  readonly reminderMinutes?: number | undefined;
  /** Attendees, organiser's meeting type: MeetingStatus of this occurrence. */
  readonly meetingStatus?: 0 | 1 | 3 | 5 | 7 | undefined;
};

/**
 * The recurrence of a series (PidLidAppointmentRecur, MS-OXOCAL 2.2.1.44, as meaning instead of bytes).
 * Wall times are in the series' start zone. Day mask: Sunday 1, Monday 2 … Saturday 64.
 */
export type RecurrencePattern = {
  readonly pattern: Pattern;
  /** Date of the first occurrence, `YYYY-MM-DD`. */
  readonly firstDate: string;
  readonly end: PatternEnd;
  /** Start of each occurrence. @units minutes after midnight */
  readonly startMinutes: number;
  /** @units minutes; 1440 × days for all-day series */
  readonly durationMinutes: number;
  /** First day of the week, 0 = Sunday: matters for weekly intervals above 1. */
  readonly firstDayOfWeek: number;
  /** Dates of removed occurrences, `YYYY-MM-DD`, ascending; modified ones are not in it. */
  readonly deleted: readonly string[];
  /** Ascending by `originalStart`. */
  readonly exceptions: readonly OutlookException[];
};
