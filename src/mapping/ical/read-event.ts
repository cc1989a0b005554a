/** VEVENT → the server's VEvent: every member but the recurrence, which `read-recurrence.ts` adds. */
import type { When } from '../../domain/time.ts';
import type { AttachedFile, Attendee, VEvent } from '../../wire/calendar.ts';
import type { TagRef } from '../../wire/tags.ts';
import { bmDateTime } from '../bluemind/event/date-time.ts';
import { OWN_PROPERTY } from '../bluemind/event/own-properties.ts';
import { bodyOf, htmlOfPlain, plainOfHtml } from '../rich-text.ts';
import { type ContentLine, firstValue } from '../vcard/content-line.ts';
import { type IcalComponent, properties, property, textListOf, textOf, unescapeText } from './calendar-tree.ts';
import { readAlarms } from './read-alarms.ts';
import { readAttendee, readOrganizer } from './read-people.ts';
import { lengthOf } from './read-when.ts';
import type { ZoneBook } from './zone-rules.ts';

/** What the server requires where a calendar says nothing. @source fact sheet 4.11 */
export const UNTITLED = '---';

/**
 * The server's form of a component that takes place at `when`. A member that the component does not mention comes from `main`
 * where given: Outlook writes exceptions that way.
 * @loss attached contents (addresses are kept), contacts, coordinates, unknown properties
 */
export function readEvent(event: IcalComponent, when: When, zones: ZoneBook, main?: VEvent): VEvent {
  const has = (...names: readonly string[]) => main === undefined || names.some((name) => property(event, name));
  const start = when.kind === 'date' ? { wall: `${when.start}T00:00:00`, zone: undefined } : when.start;
  const shown = has('STATUS', 'TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS') ? undefined : main;
  return {
    dtstart: bmDateTime(when.start),
    dtend: bmDateTime(when.end),
    summary: singleLine(textOf(event, 'SUMMARY') ?? main?.summary ?? '') || UNTITLED,
    classification: has('CLASS') ? classOf(event) : main?.classification,
    location: has('LOCATION') ? singleLine(textOf(event, 'LOCATION') ?? '') || null : main?.location,
    description: has('DESCRIPTION', 'X-ALT-DESC') ? descriptionOf(event) : main?.description,
    priority: has('PRIORITY', 'X-MICROSOFT-CDO-IMPORTANCE') ? priorityOf(event) : main?.priority,
    status: shown === undefined ? statusOf(event) : shown.status,
    transparency: shown === undefined ? transparencyOf(event, when) : shown.transparency,
    alarm: [...readAlarms(event, { start, seconds: lengthOf(when) }, zones)],
    attendees: has('ATTENDEE') ? attendeesOf(event) : main?.attendees,
    organizer: has('ORGANIZER') ? organizerOf(event) : main?.organizer,
    categories: has('CATEGORIES') ? categoriesOf(event) : main?.categories,
    exdate: null,
    rdate: null,
    rrule: null,
    url: has('URL') ? property(event, 'URL')?.value.trim() || null : main?.url,
    conference: conferenceOf(event) ?? main?.conference ?? null,
    conferenceId: main?.conferenceId ?? null,
    conferenceConfiguration: main?.conferenceConfiguration ?? {},
    attachments: has('ATTACH') ? filesOf(event) : main?.attachments,
    sequence: sequenceOf(event),
    draft: false,
    properties: ownProperties(event, shown),
  };
}

/** SEQUENCE, 0 when absent. */
export function sequenceOf(event: IcalComponent): number {
  const sequence = Number(property(event, 'SEQUENCE')?.value.trim() ?? 0);
  return Number.isInteger(sequence) && sequence >= 0 && sequence < 2 ** 31 ? sequence : 0;
}

function word(event: IcalComponent, name: string): string {
  return property(event, name)?.value.trim().toUpperCase() ?? '';
}

function singleLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ').trim();
}

function classOf(event: IcalComponent): VEvent['classification'] {
  const value = word(event, 'CLASS');
  return value === 'PRIVATE' || value === 'PERSONAL' ? 'Private' : value === 'CONFIDENTIAL' ? 'Confidential' : 'Public';
}

/** The HTML form wins where it says anything; a DESCRIPTION that is itself an HTML page counts as one. */
function descriptionOf(event: IcalComponent): string | null {
  const html = properties(event, 'X-ALT-DESC').find((line) =>
    /html/i.test(firstValue(line.parameters, 'FMTTYPE') ?? 'html'),
  );
  const rich = html === undefined ? '' : bodyOf(unescapeText(html.value));
  if (plainOfHtml(rich) !== '') return withoutScripts(rich);
  const line = property(event, 'DESCRIPTION');
  const plain = line === undefined ? '' : unescapeText(line.value);
  const isPage =
    /html/i.test((line && firstValue(line.parameters, 'FMTTYPE')) ?? '') || /^\s*<(!doctype|html|body)\b/i.test(plain);
  if (isPage) return withoutScripts(bodyOf(plain)) || null;
  return plain.trim() === '' ? null : htmlOfPlain(plain);
}

function withoutScripts(html: string): string {
  if (!/<script/i.test(html)) return html;
  const lower = html.toLowerCase();
  let kept = '';
  let at = 0;
  for (let open = lower.indexOf('<script'); open >= 0; open = lower.indexOf('<script', at)) {
    kept += html.slice(at, open);
    const end = lower.indexOf('</script', open);
    const close = end < 0 ? -1 : lower.indexOf('>', end);
    at = close < 0 ? html.length : close + 1;
  }
  return (kept + html.slice(at)).trim();
}

function priorityOf(event: IcalComponent): number | null {
  const line = property(event, 'PRIORITY');
  const priority = Number(line?.value.trim() || Number.NaN);
  if (Number.isInteger(priority)) return Math.min(9, Math.max(0, priority));
  return { '0': 9, '1': 5, '2': 1 }[word(event, 'X-MICROSOFT-CDO-IMPORTANCE')] ?? null;
}

const STATUSES: Readonly<Record<string, NonNullable<VEvent['status']>>> = {
  TENTATIVE: 'Tentative',
  CONFIRMED: 'Confirmed',
  CANCELLED: 'Cancelled',
  CANCELED: 'Cancelled',
  'NEEDS-ACTION': 'NeedsAction',
  COMPLETED: 'Completed',
  'IN-PROCESS': 'InProcess',
};

/** Outlook says "tentative" by its own property alone. */
function statusOf(event: IcalComponent): NonNullable<VEvent['status']> {
  const said = STATUSES[word(event, 'STATUS')];
  if (said !== undefined) return said;
  return busyWord(event) === 'TENTATIVE' ? 'Tentative' : 'Confirmed';
}

function transparencyOf(event: IcalComponent, when: When): NonNullable<VEvent['transparency']> {
  const said = word(event, 'TRANSP');
  if (said.startsWith('TRANSPARENT')) return 'Transparent';
  if (said === 'OPAQUE') return 'Opaque';
  const busy = busyWord(event);
  if (busy !== '') return busy === 'FREE' || busy === 'WORKINGELSEWHERE' ? 'Transparent' : 'Opaque';
  return when.kind === 'date' ? 'Transparent' : 'Opaque';
}

/** In a request BUSYSTATUS is the answer that is still open; what the organizer wants shown stands beside it. */
function busyWord(event: IcalComponent): string {
  return word(event, 'X-MICROSOFT-CDO-INTENDEDSTATUS') || word(event, 'X-MICROSOFT-CDO-BUSYSTATUS');
}

function ownProperties(
  event: IcalComponent,
  main: VEvent | undefined,
): Readonly<Record<string, string | null | undefined>> {
  const kept = main?.properties?.[OWN_PROPERTY.busy];
  const busy = { OOF: 'outOfOffice', WORKINGELSEWHERE: 'elsewhere' }[busyWord(event)] ?? kept;
  return busy === undefined || busy === null ? {} : { [OWN_PROPERTY.busy]: busy };
}

function attendeesOf(event: IcalComponent): Attendee[] {
  const seen = new Set<string>();
  return properties(event, 'ATTENDEE').flatMap((line) => {
    const attendee = readAttendee(line);
    const key = attendee?.mailto?.toLowerCase() ?? attendee?.commonName ?? '';
    if (attendee === undefined || seen.has(key)) return [];
    seen.add(key);
    return [attendee];
  });
}

function organizerOf(event: IcalComponent): VEvent['organizer'] {
  const line = property(event, 'ORGANIZER');
  return (line && readOrganizer(line)) ?? null;
}

/** Labels only: which container and item a tag is, is the server's to resolve. */
function categoriesOf(event: IcalComponent): TagRef[] {
  const labels = new Map<string, string>();
  for (const line of properties(event, 'CATEGORIES')) {
    for (const label of textListOf(line.value)) {
      const key = label.toLowerCase();
      if (!labels.has(key)) labels.set(key, label.slice(0, 255));
    }
  }
  return [...labels.values()].map((label) => ({ containerUid: null, itemUid: null, label, color: null }));
}

const CONFERENCES = ['CONFERENCE', 'X-CONFERENCE', 'X-GOOGLE-CONFERENCE', 'X-MICROSOFT-SKYPETEAMSMEETINGURL'];

function conferenceOf(event: IcalComponent): string | undefined {
  for (const name of CONFERENCES) {
    const value = property(event, name)?.value.trim() ?? '';
    if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return value;
  }
  return undefined;
}

function filesOf(event: IcalComponent): AttachedFile[] {
  return properties(event, 'ATTACH').flatMap((line) => {
    const publicUrl = line.value.trim();
    if (!/^https?:\/\//i.test(publicUrl)) return [];
    return [{ publicUrl, expirationDate: null, name: fileName(line, publicUrl), cid: null }];
  });
}

function fileName(line: ContentLine, url: string): string {
  const said = ['FILENAME', 'X-FILENAME', 'LABEL'].map((name) => firstValue(line.parameters, name)?.trim());
  const last = url
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1);
  return said.find((name) => name) || last || url;
}
