/** What the values of fields are called on the user's screen, in English and French: those that are no words of the user's own. */
import type { Card, Gender } from '../domain/contact.ts';
import type { Busy, Importance, Privacy, Series } from '../domain/event.ts';
import type { AttendeeKind, AttendeeRole, Response } from '../domain/person.ts';
import type { Frequency } from '../domain/recurrence.ts';
import type { Locale } from '../sync/explain.ts';

/** The same in each language. */
export type Words = Readonly<Record<Locale, string>>;

const BUSY: Readonly<Record<Busy, Words>> = {
  free: { en: 'free', fr: 'libre' },
  tentative: { en: 'tentative', fr: 'provisoire' },
  busy: { en: 'busy', fr: 'occupé' },
  outOfOffice: { en: 'out of office', fr: 'absent du bureau' },
  elsewhere: { en: 'working elsewhere', fr: 'travaille ailleurs' },
};

const PRIVACY: Readonly<Record<Privacy, Words>> = {
  public: { en: 'public', fr: 'public' },
  personal: { en: 'personal', fr: 'personnel' },
  private: { en: 'private', fr: 'privé' },
  confidential: { en: 'confidential', fr: 'confidentiel' },
};

const IMPORTANCE: Readonly<Record<Importance, Words>> = {
  low: { en: 'low', fr: 'faible' },
  normal: { en: 'normal', fr: 'normale' },
  high: { en: 'high', fr: 'haute' },
};

const GENDER: Readonly<Record<Gender, Words>> = {
  female: { en: 'female', fr: 'féminin' },
  male: { en: 'male', fr: 'masculin' },
};

const RESPONSE: Readonly<Record<Response, Words>> = {
  needsAction: { en: 'no answer yet', fr: 'sans réponse' },
  accepted: { en: 'accepted', fr: 'accepté' },
  declined: { en: 'declined', fr: 'refusé' },
  tentative: { en: 'tentative', fr: 'provisoire' },
  delegated: { en: 'delegated', fr: 'délégué' },
  completed: { en: 'completed', fr: 'terminé' },
};

const ROLE: Readonly<Record<AttendeeRole, Words>> = {
  required: { en: 'required', fr: 'obligatoire' },
  optional: { en: 'optional', fr: 'facultatif' },
  chair: { en: 'chair', fr: 'président' },
  none: { en: 'for information', fr: 'pour information' },
};

const KIND: Readonly<Record<AttendeeKind, Words>> = {
  individual: { en: 'person', fr: 'personne' },
  group: { en: 'group', fr: 'groupe' },
  resource: { en: 'resource', fr: 'ressource' },
  room: { en: 'room', fr: 'salle' },
  unknown: { en: 'unknown', fr: 'inconnu' },
};

/** What an item is. */
const ITEM_KIND: Readonly<Record<(Series | Card)['kind'], Words>> = {
  event: { en: 'appointment', fr: 'rendez-vous' },
  contact: { en: 'contact', fr: 'contact' },
  group: { en: 'distribution list', fr: 'liste de distribution' },
};

const OFTEN: Readonly<Record<Frequency, readonly [once: Words, every: Words]>> = {
  SECONDLY: [
    { en: 'every second', fr: 'chaque seconde' },
    { en: 'every {n} seconds', fr: 'toutes les {n} secondes' },
  ],
  MINUTELY: [
    { en: 'every minute', fr: 'chaque minute' },
    { en: 'every {n} minutes', fr: 'toutes les {n} minutes' },
  ],
  HOURLY: [
    { en: 'every hour', fr: 'chaque heure' },
    { en: 'every {n} hours', fr: 'toutes les {n} heures' },
  ],
  DAILY: [
    { en: 'every day', fr: 'chaque jour' },
    { en: 'every {n} days', fr: 'tous les {n} jours' },
  ],
  WEEKLY: [
    { en: 'every week', fr: 'chaque semaine' },
    { en: 'every {n} weeks', fr: 'toutes les {n} semaines' },
  ],
  MONTHLY: [
    { en: 'every month', fr: 'chaque mois' },
    { en: 'every {n} months', fr: 'tous les {n} mois' },
  ],
  YEARLY: [
    { en: 'every year', fr: 'chaque année' },
    { en: 'every {n} years', fr: 'tous les {n} ans' },
  ],
};

const BY_FIELD: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  busy: BUSY,
  privacy: PRIVACY,
  importance: IMPORTANCE,
  gender: GENDER,
  response: RESPONSE,
  role: ROLE,
  kind: KIND,
};

const TELLING = {
  nothing: { en: 'nothing', fr: 'rien' },
  true: { en: 'yes', fr: 'oui' },
  false: { en: 'no', fr: 'non' },
  quoted: { en: '“{text}”', fr: '« {text} »' },
  minuteBefore: { en: '{n} minute before', fr: '{n} minute avant' },
  minutesBefore: { en: '{n} minutes before', fr: '{n} minutes avant' },
  wholeDay: { en: '{from} (all day)', fr: '{from} (journée entière)' },
  wholeDays: { en: '{from} to {to} (all day)', fr: 'du {from} au {to} (journées entières)' },
  span: { en: '{from} to {to} {zone}', fr: '{from} à {to} {zone}' },
  spanHere: { en: '{from} to {to}', fr: '{from} à {to}' },
  spanKept: { en: '{from} to {to} (kept in {zone})', fr: '{from} à {to} (prévu au fuseau {zone})' },
  floating: { en: 'in any time zone', fr: 'sans fuseau horaire' },
  lastDay: { en: 'last {day}', fr: 'dernier {day}' },
  fromEnd: { en: '{n}. {day} from the end', fr: '{n}. {day} avant la fin' },
  on: { en: ' on {days}', fr: ' : {days}' },
  times: { en: ', {n} times', fr: ', {n} fois' },
  until: { en: ', until {when}', fr: ', jusqu’au {when}' },
  member: { en: '1 member', fr: '1 membre' },
  members: { en: '{n} members', fr: '{n} membres' },
} as const satisfies Record<string, Words>;

/** @param values what stands in the braces */
export function tell(
  what: keyof typeof TELLING,
  locale: Locale,
  values: Readonly<Record<string, string | number>> = {},
) {
  return filled(TELLING[what][locale], values);
}

/** A lead of a reminder; in French nothing is singular, too. */
export function minutesInWords(minutes: number, locale: Locale): string {
  const isOne = locale === 'fr' ? Math.abs(minutes) < 2 : minutes === 1;
  return tell(isOne ? 'minuteBefore' : 'minutesBefore', locale, { n: minutes });
}

/** What a value of a field is called that has a word of its own; undefined where the user's own words stand there. */
export function namedValue(field: string, value: string, locale: Locale): string | undefined {
  // An item's own kind; that of a person is a field of a field.
  const words: Readonly<Record<string, Words>> | undefined =
    field === 'kind' ? ITEM_KIND : BY_FIELD[field.split('.').at(-1) ?? ''];
  return words?.[value]?.[locale];
}

/** `every week`, `every 2 weeks`. */
export function oftenInWords(frequency: Frequency, interval: number, locale: Locale): string {
  return filled(OFTEN[frequency][interval === 1 ? 0 : 1][locale], { n: interval });
}

function filled(words: string, values: Readonly<Record<string, string | number>>): string {
  return words.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));
}
