/** Words in English and French. The user's setting decides, else the system; what a window says of the agent is asked for in the same language. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '../locales/en.ts';
import { fr } from '../locales/fr.ts';

export type Language = 'en' | 'fr';
export type MoreWords = Readonly<Record<Language, Readonly<Record<string, object>>>>;

/** The language of the system, as the browser tells it. */
export function systemLanguage(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('fr')) && !startsEnglish() ? 'fr' : 'en';
}

function startsEnglish(): boolean {
  return (navigator.languages[0] ?? 'en').toLowerCase().startsWith('en');
}

/** @param more words of a page that is none of the windows, by their namespace */
export async function startLanguage(more: MoreWords = { en: {}, fr: {} }): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: systemLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en, ...more.en }, fr: { translation: fr, ...more.fr } },
    interpolation: { escapeValue: false },
  });
  shown();
}

export function choose(setting: Language | 'system'): void {
  const language = setting === 'system' ? systemLanguage() : setting;
  if (i18next.language === language) return;
  void i18next.changeLanguage(language).then(shown);
}

export function currentLanguage(): Language {
  return i18next.language === 'fr' ? 'fr' : 'en';
}

/** Screen readers pronounce by it. */
function shown(): void {
  document.documentElement.lang = i18next.language;
}
