import { canonicalJson } from '../../base/digest.ts';
import type { Attendee, VEvent, VEventSeries } from '../../wire/calendar.ts';
import type { OutboxMessage } from '../store/store.ts';
import type { Calendar } from './calendar-items.ts';
import { dirOf } from './rewrite-people.ts';

/**
 * The mails that the original would send for a write with `sendNotification`; here they go to the outbox table, never out.
 * Rules [M1] to [M6]: only from the owner's default calendar (or for single occurrences), only for meetings; the organiser's copy
 * sends REQUEST and CANCEL to attendees, an attendee's copy sends REPLY to the organiser. @source fact sheet 4.8
 */
export function notifyOfWrite(
  calendar: Calendar,
  uid: string,
  before: VEventSeries | undefined,
  after: VEventSeries,
): void {
  const event = after.main ?? after.occurrences?.[0];
  if (!event || !concerns(calendar, after)) return;
  if (isOrganiser(calendar, event)) {
    const now = reachable(event);
    const gone = before?.main?.draft === true ? [] : reachable(before?.main).filter((mail) => !now.includes(mail));
    if (event.status === 'Cancelled') post(calendar, uid, 'CANCEL', event, now);
    else if (before === undefined || significant(before, after)) post(calendar, uid, 'REQUEST', event, now);
    post(calendar, uid, 'CANCEL', event, gone);
    return;
  }
  const answer = ownAnswer(calendar, event);
  const former = before === undefined ? undefined : ownAnswer(calendar, before.main ?? before.occurrences?.[0]);
  if (answer !== undefined && answer !== 'NeedsAction' && answer !== former)
    post(calendar, uid, 'REPLY', event, organiserOf(event));
}

/** Removing the organiser's copy cancels the meeting, removing an attendee's copy declines it. */
export function notifyOfRemoval(calendar: Calendar, uid: string, series: VEventSeries): void {
  const event = series.main ?? series.occurrences?.[0];
  if (!event || event.draft === true || !concerns(calendar, series)) return;
  if (isOrganiser(calendar, event)) post(calendar, uid, 'CANCEL', event, reachable(event));
  else if (ownAnswer(calendar, event) !== 'Declined') post(calendar, uid, 'REPLY', event, organiserOf(event));
}

function concerns({ container }: Calendar, series: VEventSeries): boolean {
  const event = series.main ?? series.occurrences?.[0];
  const isMeeting = !!event?.organizer && (event.attendees ?? []).length > 0;
  return isMeeting && (container.defaultContainer || !series.main);
}

function ownDir({ kernel, container }: Calendar): string | undefined {
  const owner = kernel.store.people.entry(container.domain, container.owner);
  return owner === undefined ? undefined : dirOf(owner);
}

function isOrganiser(calendar: Calendar, event: VEvent): boolean {
  return !!event.organizer?.dir && event.organizer.dir === ownDir(calendar);
}

function ownAnswer(calendar: Calendar, event: VEvent | null | undefined): Attendee['partStatus'] | undefined {
  const dir = ownDir(calendar);
  return event?.attendees?.find((attendee) => dir !== undefined && attendee.dir === dir)?.partStatus ?? undefined;
}

function reachable(event: VEvent | null | undefined): string[] {
  return (event?.attendees ?? []).flatMap((attendee) => attendee.mailto ?? []);
}

function organiserOf(event: VEvent): string[] {
  return event.organizer?.mailto ? [event.organizer.mailto] : [];
}

/** Whether anything but the answers of the attendees changed. */
function significant(before: VEventSeries, after: VEventSeries): boolean {
  const plain = (event: VEvent | null | undefined) =>
    event
      ? {
          ...event,
          attendees: reachable(event).sort(),
          categories: null,
          alarm: null,
          draft: null,
        }
      : null;
  const all = (series: VEventSeries) => [plain(series.main), (series.occurrences ?? []).map(plain)];
  return canonicalJson(all(before)) !== canonicalJson(all(after)) || before.main?.draft === true;
}

function post(calendar: Calendar, uid: string, method: OutboxMessage['method'], event: VEvent, to: string[]): void {
  if (to.length === 0) return;
  const { kernel, session, container } = calendar;
  const owner = kernel.store.people.entry(container.domain, container.owner);
  kernel.store.outbox.add({
    date: kernel.clock.now(),
    method,
    from: owner?.emails[0]?.address ?? session.user,
    to,
    containerUid: container.uid,
    itemUid: uid,
    summary: event.summary ?? '',
  });
}
