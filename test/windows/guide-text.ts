/** The user's guide as a test follows it: a step that names a sentence fails once the guide says something else. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Guide = {
  /**
   * The guide says this, in one paragraph, list item or row of a table.
   * @param names of windows and buttons that it must have, as it writes names; the … at their end it may leave out
   * @throws Error when it says something else
   */
  says(sentence: string, ...names: readonly string[]): void;
};

export function readGuide(language: 'en' | 'fr', page = 'README'): Guide {
  const file = fileURLToPath(new URL(`../../docs/guide/${language}/${page}.md`, import.meta.url));
  const units = unitsOf(readFileSync(file, 'utf8'));
  return {
    says: (sentence, ...names) => {
      const found = units.filter((unit) => unit.includes(plain(sentence)));
      if (found.length === 0) throw new Error(`${file} does not say: ${sentence}`);
      for (const name of names) {
        const written = new RegExp(`\\*([^*]+ ▸ )?${escaped(plain(name.replace(/…$/, '')))}…?( ▸ [^*]+)?\\*`);
        if (!found.some((unit) => written.test(unit))) throw new Error(`${file} has another name than “${name}” there`);
      }
    },
  };
}

/** Paragraphs, list items and rows of tables below the first chapter's heading; without the heads of tables. */
function unitsOf(markdown: string): readonly string[] {
  const [, ...chapters] = markdown.split(/^## .*$/m);
  return chapters
    .flatMap((chapter) => chapter.replace(/^\|.*\|\n\| --- .*$/gm, '').split(/\n\n|\n(?=\||\d+\. )/))
    .map(plain)
    .filter((unit) => unit !== '');
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
