import type { Language } from './fault-text.ts';

/** A Windows regional setting, with the parts that Outlook's object model shows. @source outlook-objects.md sections 3.2, 9 */
export type Locale = {
  readonly id: LocaleId;
  readonly language: Language;
  /** HKCU\Control Panel\International\sList */
  readonly listSeparator: string;
  /** Order of day, month and year in short dates, and their separator. */
  readonly dateOrder: 'mdy' | 'dmy';
  readonly dateSeparator: string;
  readonly clock: 12 | 24;
};
export type LocaleId = 'en-US' | 'en-GB' | 'fr-FR' | 'de-DE';

const LOCALES: Readonly<Record<LocaleId, Omit<Locale, 'id'>>> = {
  'en-US': { language: 'en', listSeparator: ',', dateOrder: 'mdy', dateSeparator: '/', clock: 12 },
  'en-GB': { language: 'en', listSeparator: ',', dateOrder: 'dmy', dateSeparator: '/', clock: 24 },
  'fr-FR': { language: 'fr', listSeparator: ';', dateOrder: 'dmy', dateSeparator: '/', clock: 24 },
  'de-DE': { language: 'de', listSeparator: ';', dateOrder: 'dmy', dateSeparator: '.', clock: 24 },
};

/** The locale of this id; unknown ids are en-US. */
export function localeOf(id: string): Locale {
  const known = id in LOCALES ? (id as LocaleId) : 'en-US';
  return { id: known, ...LOCALES[known] };
}

/** The current time zone of Windows: its registry key name, and the same zone's IANA id. */
export type CurrentZone = { readonly windows: string; readonly iana: string };
