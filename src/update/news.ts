/** What is new, by version, newest first, in the languages of the windows. The release takes its words from here too. */
import EN from './news/en.json' with { type: 'json' };
import FR from './news/fr.json' with { type: 'json' };

/** `date` is `2026-03-02`, '' before the release. */
export type News = { readonly version: string; readonly date: string; readonly lines: readonly string[] };

const NEWS = { en: EN, fr: FR } as const satisfies Record<'en' | 'fr', readonly News[]>;

export function newsIn(language: keyof typeof NEWS): readonly News[] {
  return NEWS[language];
}
