import type { ZoneId } from '../../../domain/time.ts';
import type { NoteLanguage } from './note-words.ts';

/** What the mapping must know about the user and the Outlook at hand. */
export type OutlookEventContext = {
  /** The user's own zone: where floating and all-day events are shown. An IANA id. */
  readonly zone: ZoneId;
  /** The user's own address, lower-case: tells an organizer's copy from an attendee's, and whose answer `responseStatus` is. */
  readonly ownAddress: string;
  /** Which of the zones that share a Windows zone is meant where nothing else says it: ISO 3166, `FR`. */
  readonly territory?: string | undefined;
  /** Weekday on which weeks begin in this Outlook, 0 = Sunday; programs cannot set it. Monday unless told. */
  readonly firstDayOfWeek?: number | undefined;
  /** Whether this Outlook knows "working elsewhere" (2013 and later); it does unless told. @source outlook-calendar.md EC61 */
  readonly elsewhere?: boolean | undefined;
  /** The language of what is said on items; English unless told. */
  readonly language?: NoteLanguage | undefined;
  /**
   * The present: what is over gets no reminder, and a series that can only be shown in part is shown from here.
   * @units milliseconds since 1970-01-01T00:00:00Z
   */
  readonly now?: number | undefined;
};
