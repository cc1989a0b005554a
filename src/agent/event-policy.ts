import type { Event, Exception, Series } from '../domain/event.ts';
import type { Attendee } from '../domain/person.ts';
import type { WishedWrite } from '../sync/policies.ts';

/** Whose calendar it is, and what the account sees of it. */
export type CalendarRights = {
  /** Mail addresses of the calendar's owner, lower-case. */
  readonly owner: ReadonlySet<string>;
  /** Without it private events arrive blanked: what was never seen must not be written back (BlueMind API 4.7). */
  readonly readPrivate: boolean;
};

/**
 * What of a write to a calendar on the server an event allows.
 * - A private event of somebody else, blanked for this account: nothing.
 * - An attendee's copy (somebody else is the organizer): the owner's own response, reminder, categories, show-as and privacy, in
 *   the series and in the occurrences that exist on the server; all else belongs to the organizer [H16].
 */
export function permitEvent(rights: CalendarRights): (write: WishedWrite<Series>) => Series {
  return ({ on, now, wanted }) => {
    if (on === 'outlook') return wanted;
    if (!rights.readPrivate && isHidden(now)) return now;
    return isAttendeeCopy(now, rights.owner) ? asAttendee(now, wanted, rights.owner) : wanted;
  };
}

/** Whether an event may be deleted: blanked ones of others may not; an attendee may drop the own copy. */
export function removableEvent(rights: CalendarRights): (on: 'server' | 'outlook', content: Series) => boolean {
  return (on, content) => on === 'outlook' || rights.readPrivate || !isHidden(content);
}

function isHidden(series: Series): boolean {
  return series.main !== undefined && series.main.privacy !== 'public' && series.main.privacy !== 'personal';
}

function isAttendeeCopy(series: Series, owner: ReadonlySet<string>): boolean {
  const organizer = (series.main ?? series.exceptions[0]?.event)?.organizer;
  return organizer !== undefined && organizer.address !== '' && !owner.has(organizer.address);
}

function asAttendee(now: Series, wanted: Series, owner: ReadonlySet<string>): Series {
  const wantedAt = new Map(wanted.exceptions.map((exception) => [exception.original.at, exception.event]));
  return {
    ...now,
    main: now.main && wanted.main ? ownPart(now.main, wanted.main, owner) : now.main,
    exceptions: now.exceptions.map((exception): Exception => {
      const event = wantedAt.get(exception.original.at);
      return event === undefined ? exception : { ...exception, event: ownPart(exception.event, event, owner) };
    }),
  };
}

function ownPart(now: Event, wanted: Event, owner: ReadonlySet<string>): Event {
  const response = wanted.attendees.find(({ address }) => owner.has(address))?.response;
  const answered = (attendee: Attendee): Attendee =>
    response !== undefined && owner.has(attendee.address) ? { ...attendee, response } : attendee;
  return {
    ...now,
    attendees: now.attendees.map(answered),
    reminders: wanted.reminders,
    categories: wanted.categories,
    busy: wanted.busy,
    privacy: wanted.privacy,
  };
}
