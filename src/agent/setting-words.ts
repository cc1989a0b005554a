/** Calendar settings on the user's screen, in English and French. */
import type { CalendarSetting, CalendarSettings } from '../domain/calendar-settings.ts';
import type { Weekday } from '../domain/recurrence.ts';
import type { Locale } from '../sync/explain.ts';
import type { SettingsReport } from './calendar-settings.ts';
import type { SettingLine } from './settings-plan.ts';
import type { Words } from './value-words.ts';

const NAMES = {
  workingDays: { en: 'working days', fr: 'jours ouvrés' },
  hours: { en: 'working hours', fr: 'heures de travail' },
  shortestSlot: { en: 'shortest slot', fr: 'durée minimale' },
  zone: { en: 'time zone', fr: 'fuseau horaire' },
  weekStart: { en: 'first day of the week', fr: 'premier jour de la semaine' },
  reminder: { en: 'default reminder', fr: 'rappel par défaut' },
  allDayReminder: { en: 'default reminder of whole days', fr: 'rappel par défaut des journées entières' },
} as const satisfies Record<CalendarSetting, Words>;

const DAYS = {
  MO: { en: 'Mon', fr: 'lun.' },
  TU: { en: 'Tue', fr: 'mar.' },
  WE: { en: 'Wed', fr: 'mer.' },
  TH: { en: 'Thu', fr: 'jeu.' },
  FR: { en: 'Fri', fr: 'ven.' },
  SA: { en: 'Sat', fr: 'sam.' },
  SU: { en: 'Sun', fr: 'dim.' },
} as const satisfies Record<Weekday, Words>;

const UNSAID: Words = { en: 'not set', fr: 'non défini' };
const NO_DAY: Words = { en: 'none', fr: 'aucun' };
const NO_REMINDER: Words = { en: 'none', fr: 'aucun' };

const LINES = {
  done: {
    en: 'Calendar settings: {setting} set in {side} to {after} (before: {before})',
    fr: 'Paramètres de l’agenda : {setting} dans {side} : {after} (avant : {before})',
  },
  planned: {
    en: 'Calendar settings: set {setting} in {side} to {after} (now: {before})',
    fr: 'Paramètres de l’agenda : mettre {setting} dans {side} à {after} (actuellement : {before})',
  },
  held: {
    en: 'Calendar settings: {setting} left as {before} in {side}, where {after} is wanted',
    fr: 'Paramètres de l’agenda : {setting} reste {before} dans {side} au lieu de {after}',
  },
} as const satisfies Record<SettingLine['outcome'], Words>;

const WHY = {
  ST1: { en: 'it was changed on the other side', fr: 'modifié de l’autre côté' },
  ST2: { en: 'both sides meet for the first time', fr: 'première synchronisation' },
  ST3: { en: 'it was changed on both sides', fr: 'modifié des deux côtés' },
  ST4: {
    en: 'this account may not change its settings on the server',
    fr: 'ce compte ne peut pas modifier ses paramètres sur le serveur',
  },
} as const satisfies Record<SettingLine['rule'], Words>;

export function dayInWords(day: Weekday, locale: Locale): string {
  return DAYS[day][locale];
}

export function settingName(setting: CalendarSetting, locale: Locale): string {
  return NAMES[setting][locale];
}

/** A line with its reason: `Calendar settings: working days set in Outlook to Mon, Tue (before: not set) – … [ST1]`. */
export function settingInWords(line: SettingLine, locale: Locale): string {
  const value = (of: SettingLine['before']) => valueInWords(line.setting, of, locale);
  const side = line.on === 'server' ? 'BlueMind' : 'Outlook';
  const what = LINES[line.outcome][locale]
    .replace('{setting}', NAMES[line.setting][locale])
    .replace('{side}', side)
    .replace('{after}', () => value(line.after))
    .replace('{before}', () => value(line.before));
  return `${what} – ${WHY[line.rule][locale]} [${line.rule}]`;
}

/** What a run did about the settings, a sentence for each. */
export function settingsInWords(report: SettingsReport | undefined): readonly string[] {
  const failure = report?.failure;
  return [
    ...(report?.lines ?? []).map((line) => settingInWords(line, 'en')),
    ...(failure === undefined ? [] : [`Calendar settings: ${failure.message} [${failure.code}]`]),
  ];
}

/** `Mon–Fri`, `08:00–18:00`, `15 min`, `Europe/Paris`. */
export function valueInWords<S extends CalendarSetting>(
  setting: S,
  value: CalendarSettings[S],
  locale: Locale,
): string {
  if (value === undefined) return UNSAID[locale];
  const settings = { [setting]: value } as Partial<CalendarSettings>;
  const { workingDays, hours, weekStart, zone, ...minutes } = settings;
  if (workingDays !== undefined) return daysInWords(workingDays, locale);
  if (hours !== undefined) return `${timeInWords(hours.start)}–${timeInWords(hours.end)}`;
  if (weekStart !== undefined) return DAYS[weekStart][locale];
  if (zone !== undefined) return zone;
  const [length] = Object.values(minutes);
  return length === 'none' ? NO_REMINDER[locale] : `${length} min`;
}

/** Three days or more in a row are said as from–to. */
function daysInWords(days: readonly Weekday[], locale: Locale): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return NO_DAY[locale];
  const week = Object.keys(DAYS);
  const inRow = days.length > 2 && week.indexOf(last) - week.indexOf(first) === days.length - 1;
  return inRow ? `${DAYS[first][locale]}–${DAYS[last][locale]}` : days.map((day) => DAYS[day][locale]).join(', ');
}

/** @param minutes since midnight */
function timeInWords(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
