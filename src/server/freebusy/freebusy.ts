import { WEEKDAYS } from '../../domain/expand-rule.ts';
import type { VEvent, VEventSeries } from '../../wire/calendar.ts';
import type { Slot, VFreebusy, VFreebusyQuery } from '../../wire/freebusy.ts';
import { homeZone } from '../calendars/calendar-items.ts';
import { instantOfPoint, readPoint } from '../calendars/point.ts';
import { dirOf } from '../calendars/rewrite-people.ts';
import { readCalendarSettings } from '../calendars/settings.ts';
import { defaultCalendar, freebusyOf } from '../containers/uids.ts';
import { can } from '../containers/verbs.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { Container, Entry } from '../store/store.ts';
import { busySlots, closedSlots, type WorkingHours } from './slots.ts';

type Asker = { readonly kernel: Kernel; readonly session: Session };

/** The longest window. @units milliseconds */
const LONGEST = 400 * 86_400_000;

/** When somebody is busy, from his default calendar and those that he added. @throws INVALID_PARAMETER, a bare fault as the original */
export function freebusy(asker: Asker, owner: Entry, query: VFreebusyQuery | null): VFreebusy {
  if (query === null || !query.dtstart || !query.dtend) throw bareFault('The window of the query is missing.');
  if (!query.excludedEvents) throw bareFault('excludedEvents must be a list, even if empty.');
  const window = { from: instantOfPoint(readPoint(query.dtstart)), to: instantOfPoint(readPoint(query.dtend)) };
  if (window.to < window.from || window.to - window.from > LONGEST)
    throw fault('INVALID_PARAMETER', 'The window must end after it starts, and within 400 days.');
  const excluded = new Set(query.excludedEvents);
  const { kernel } = asker;
  const busy = countedCalendars(kernel, owner).flatMap((container) =>
    busySlots(
      {
        series: kernel.store.items.all(container.id).map((item) => JSON.parse(item.value) as VEventSeries),
        owner: dirOf(owner),
        excluded,
        summaryOf: summaries(asker, container),
      },
      window,
      homeZone({ kernel, container }),
    ),
  );
  const closed = query.withOOFSlots === false ? [] : closedSlots(workingHours(kernel, owner), window);
  return { dtstart: query.dtstart, dtend: query.dtend, slots: [...busy, ...closed].sort(byStart) };
}

/** Blank without Read, "Private" for what is not public without All. Rule [FB4]. */
function summaries({ kernel, session }: Asker, container: Container): (event: VEvent) => string | null {
  if (!can(kernel, session, container, 'Read')) return () => null;
  const everything = can(kernel, session, container, 'All');
  return (event) =>
    everything || (event.classification ?? 'Public') === 'Public' ? (event.summary ?? null) : 'Private';
}

/** The default calendar always counts. */
export function countedCalendars(kernel: Kernel, owner: Entry): readonly Container[] {
  const { containers } = kernel.store;
  const own = containers.byUid(freebusyOf(owner.uid));
  const listed = own === undefined ? [] : kernel.store.items.uids(own.id);
  return containers
    .byUids([...new Set([defaultCalendar(owner.uid), ...listed])])
    .filter((container) => container.type === 'calendar');
}

/** Of the default calendar, else of its owner's settings. */
function workingHours(kernel: Kernel, owner: Entry): WorkingHours {
  const container = kernel.store.containers.byUid(defaultCalendar(owner.uid));
  const own = readCalendarSettings(container?.settings ?? {});
  const settings = { ...kernel.store.people.domain(owner.domain)?.settings, ...owner.settings };
  const zone = own.timezoneId ?? settings['timezone'] ?? 'UTC';
  if (own.workingDays && typeof own.dayStart === 'number' && typeof own.dayEnd === 'number')
    return {
      days: own.workingDays.map((day) => WEEKDAYS.indexOf(day)),
      from: own.dayStart / 3_600_000,
      to: own.dayEnd / 3_600_000,
      zone,
    };
  return {
    days: (settings['working_days'] ?? '')
      .split(',')
      .map((day) => WEEKDAYS.findIndex((name) => day.trim().toUpperCase().startsWith(name))),
    from: Number(settings['work_hours_start'] ?? 0) || 0,
    to: Number(settings['work_hours_end'] ?? 0) || 0,
    zone,
  };
}

function byStart(a: Slot, b: Slot): number {
  const [left, right] = [a.dtstart?.iso8601 ?? '', b.dtstart?.iso8601 ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Busy times as ICS text. @source RFC 5545 3.6.4 */
export function freebusyIcs(found: VFreebusy, owner: Entry, stamp: number): string {
  const utc = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const at = (date: VFreebusy['dtstart']) => utc(date ? instantOfPoint(readPoint(date)) : stamp);
  const mail = owner.emails.find((email) => email.isDefault)?.address ?? owner.emails[0]?.address ?? '';
  const lines = (found.slots ?? []).map(
    (slot) => `FREEBUSY;FBTYPE=${FBTYPES[slot.type ?? 'BUSY']}:${at(slot.dtstart)}/${at(slot.dtend)}`,
  );
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Embedded server//Free busy//EN',
    'METHOD:REPLY',
    'BEGIN:VFREEBUSY',
    `UID:freebusy-${owner.uid}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${at(found.dtstart)}`,
    `DTEND:${at(found.dtend)}`,
    `ORGANIZER:mailto:${mail}`,
    ...lines,
    'END:VFREEBUSY',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const FBTYPES = {
  FREE: 'FREE',
  BUSY: 'BUSY',
  BUSYUNAVAILABLE: 'BUSY-UNAVAILABLE',
  BUSYTENTATIVE: 'BUSY-TENTATIVE',
} as const;
