import type { Busy, Event, Exception, Importance, Privacy, Series } from '../../domain/event.ts';
import type { Attendee } from '../../domain/person.ts';
import { type ByDay, NO_PARTS, type Recurrence } from '../../domain/recurrence.ts';
import type { When } from '../../domain/time.ts';
import { addressOf, type DemoPerson } from './demo-people.ts';

export const PARIS = 'Europe/Paris';

/** What a demo event says beyond its title and time; the rest has everyday values. */
export type Details = {
  readonly location?: string;
  readonly text?: string;
  readonly minutes?: number;
  readonly busy?: Busy;
  readonly privacy?: Privacy;
  readonly importance?: Importance;
  readonly categories?: readonly string[];
  readonly organizer?: DemoPerson;
  readonly attendees?: readonly DemoPerson[];
  readonly cancelled?: boolean;
};

export function event(title: string, when: When, details: Details = {}): Event {
  const text = details.text ?? '';
  return {
    title,
    when,
    location: details.location ?? '',
    body: { plain: text, html: text === '' ? undefined : `<p>${text}</p>` },
    reminders: details.minutes === undefined ? [] : [{ minutes: details.minutes, action: 'display' }],
    busy: details.busy ?? (when.kind === 'date' ? 'free' : 'busy'),
    privacy: details.privacy ?? 'public',
    importance: details.importance ?? 'normal',
    categories: details.categories ?? [],
    organizer: details.organizer && { name: nameOf(details.organizer), address: addressOf(details.organizer) },
    attendees: (details.attendees ?? []).map(attendee),
    cancelled: details.cancelled ?? false,
    url: '',
    conference: undefined,
    files: [],
  };
}

function attendee(person: DemoPerson, index: number): Attendee {
  return {
    name: nameOf(person),
    address: addressOf(person),
    role: index > 3 ? 'optional' : 'required',
    kind: 'individual',
    response: index % 3 === 2 ? 'needsAction' : 'accepted',
  };
}

function nameOf(person: DemoPerson): string {
  return `${person.given} ${person.family}`;
}

export function single(uid: string, main: Event): Series {
  return { kind: 'event', uid, main, recurrence: undefined, excluded: [], added: [], exceptions: [] };
}

export function repeating(
  uid: string,
  main: Event,
  rule: Partial<Recurrence> & Pick<Recurrence, 'frequency'>,
  changes: { readonly excluded?: readonly string[]; readonly exceptions?: readonly Exception[] } = {},
): Series {
  const recurrence: Recurrence = {
    interval: 1,
    end: { kind: 'never' },
    ...NO_PARTS,
    ...rule,
  };
  return {
    kind: 'event',
    uid,
    main,
    recurrence,
    excluded: changes.excluded ?? [],
    added: [],
    exceptions: changes.exceptions ?? [],
  };
}

export function every(...days: readonly ByDay['day'][]): readonly ByDay[] {
  return days.map((day) => ({ day, offset: 0 }));
}
