import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** A file of the windows, as the browser gets it. */
export type Page = { readonly body: Buffer; readonly type: string };

/** The pages of the windows: a bundle of files, read into memory once, so that no path can lead out of their folder. */
export type Pages = {
  /** By its path in the browser; a path without an extension is a window: its own page in that language, else `index.html`. */
  find(path: string, language: PageLanguage): Page | undefined;
};

export type PageLanguage = 'en' | 'fr';

/** As the windows choose theirs (`dialogs/app/language.ts`). @param accepted the browser's `Accept-Language` */
export function pageLanguage(setting: PageLanguage | 'system', accepted: string): PageLanguage {
  if (setting !== 'system') return setting;
  const tags = accepted.toLowerCase().split(',');
  return !tags[0]?.trim().startsWith('en') && tags.some((tag) => tag.trim().startsWith('fr')) ? 'fr' : 'en';
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export function pagesIn(folder: string): Pages {
  let files: ReadonlyMap<string, Page> | undefined;
  return {
    find: (path, language) => {
      files ??= readAll(folder);
      if (extname(path) !== '') return files.get(path);
      return files.get(`${path}.${language}.html`) ?? files.get('/index.html');
    },
  };
}

function readAll(folder: string): ReadonlyMap<string, Page> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.flatMap(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const type = TYPES[extname(name)];
      if (type === undefined) return [];
      return [[`/${relative(folder, file).split(sep).join('/')}`, { body: readFileSync(file), type }]];
    }),
  );
}
