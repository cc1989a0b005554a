/** The words of the note at the end of an item's text, in the user's language. */
import type { LocalDate, WallTime } from '../../../domain/time.ts';

/** Languages that the note speaks. */
export type NoteLanguage = 'en' | 'fr';

type Words = Readonly<Record<NoteLanguage, string>>;

const MONTHS: Readonly<Record<NoteLanguage, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
};

/** `16 March 2026, 14:00`, or the date alone. */
export function noteDate(at: LocalDate | WallTime, language: NoteLanguage): string {
  const month = MONTHS[language][Number(at.slice(5, 7)) - 1] ?? at.slice(5, 7);
  const date = `${Number(at.slice(8, 10))} ${month} ${at.slice(0, 4)}`;
  return at.length > 10 ? `${date}${language === 'fr' ? ' à' : ','} ${at.slice(11, 16)}` : date;
}

/** What a note can say; gaps are named in braces. */
export const NOTE_WORDS = {
  page: { en: 'Page: {url}', fr: 'Page : {url}' },
  conference: { en: 'Conference: {url}', fr: 'Visioconférence : {url}' },
  file: { en: 'File: {name} {url}', fr: 'Fichier : {name} {url}' },
  partial: {
    en: 'Outlook cannot hold how this series repeats and shows its occurrences from {from} to {to}. Change the repetition in BlueMind.',
    fr: 'Outlook ne peut pas représenter la périodicité de cette série et en montre les occurrences du {from} au {to}. Modifiez la périodicité dans BlueMind.',
  },
  partialDays: {
    en: 'Outlook cannot hold how this series repeats and shows the first occurrence of each day from {from} to {to}. Change the repetition in BlueMind.',
    fr: 'Outlook ne peut pas représenter la périodicité de cette série et montre la première occurrence de chaque jour du {from} au {to}. Modifiez la périodicité dans BlueMind.',
  },
  first: {
    en: 'Outlook cannot hold how this series repeats and shows only its beginning. See the whole series in BlueMind.',
    fr: 'Outlook ne peut pas représenter la périodicité de cette série et n’en montre que le début. Consultez la série entière dans BlueMind.',
  },
  single: {
    en: 'Part of a series: you are invited to single occurrences of it only.',
    fr: 'Fait partie d’une série : vous n’êtes invité qu’à certaines de ses occurrences.',
  },
  missing: { en: 'Not shown in Outlook: {at} {title}', fr: 'Non affiché dans Outlook : {at} {title}' },
  lingering: {
    en: 'Still shown in Outlook, removed in BlueMind: {at} {title}',
    fr: 'Encore affiché dans Outlook, supprimé dans BlueMind : {at} {title}',
  },
  more: {
    en: 'Not shown in Outlook: {count} more occurrences. See them in BlueMind.',
    fr: 'Non affichées dans Outlook : {count} autres occurrences. Consultez-les dans BlueMind.',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** A line of the note; text of others is put in as it is, without line ends. */
export function noteLine(
  say: keyof typeof NOTE_WORDS,
  language: NoteLanguage,
  gaps: Readonly<Record<string, string>> = {},
): string {
  return NOTE_WORDS[say][language]
    .replace(/\{(\w+)\}/g, (_, name: string) => gaps[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}
