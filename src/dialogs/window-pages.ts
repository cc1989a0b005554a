/**
 * A page for each window and language: `connect.en.html`, `connect.fr.html`, … They are the window's frame, so that its title and what it is for
 * are on the screen before any script has run, and they name the scripts of that window, so that all come at once.
 */
import type { Plugin, Rolldown } from 'vite';
import { must } from '../base/assert.ts';
import { en } from './locales/en.ts';
import { fr } from './locales/fr.ts';

type Words = { readonly title: string; readonly intro?: string };
/** A window before its scripts: its words, the modules that draw it, below `src/dialogs/`, and how it looks until then. */
export type Frame = {
  readonly words: Readonly<Record<'en' | 'fr', Words>>;
  readonly modules: readonly string[];
  readonly look: 'window' | 'window window-wide' | 'trial-page';
};

const COMMON = ['app/app.tsx', 'windows.tsx'];
const PRODUCT = { en: en.product, fr: fr.product } as const;

const DIALOGS = {
  connect: { words: 'connect', module: 'connect/connect.tsx' },
  synchronize: { words: 'synchronize', module: 'synchronize/synchronize.tsx' },
  calendars: { words: 'calendars', module: 'subscribe/subscribe.tsx' },
  books: { words: 'books', module: 'subscribe/subscribe.tsx' },
  'own-books': { words: 'ownBooks', module: 'own-books/own-books.tsx' },
  options: { words: 'options', module: 'options/options.tsx' },
  history: { words: 'history', module: 'history/history.tsx', wide: true },
  import: { words: 'import', module: 'import/import.tsx' },
  held: { words: 'held', module: 'held/held.tsx', wide: true },
  updates: { words: 'updates', module: 'updates/updates.tsx' },
  report: { words: 'report', module: 'report/report.tsx' },
  status: { words: 'status', module: 'status/status.tsx' },
} as const satisfies Readonly<Record<string, { words: keyof typeof en; module: string; wide?: boolean }>>;

/** The frames of all windows but the trial's page. */
export function dialogFrames(): Readonly<Record<string, Frame>> {
  return Object.fromEntries(
    Object.entries(DIALOGS).map(([name, { words, module, ...more }]): [string, Frame] => [
      name,
      {
        words: { en: en[words], fr: fr[words] },
        modules: [...COMMON, module],
        look: 'wide' in more ? 'window window-wide' : 'window',
      },
    ]),
  );
}

/** @param frames by the window's name, which is the last part of its path */
export function windowPages(frames: Readonly<Record<string, Frame>>): Plugin {
  return {
    name: 'window-pages',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const index = must(bundle['index.html']);
        const html = withStyles('source' in index ? String(index.source) : '', bundle);
        for (const [name, { words, modules, look }] of Object.entries(frames)) {
          const scripts = scriptsOf(bundle, modules);
          for (const language of ['en', 'fr'] as const) {
            const { title } = words[language];
            const page = html
              .replace('<html lang="en">', `<html lang="${language}">`)
              .replace(/<title>.*<\/title>/, `<title>${text(`${title} – ${PRODUCT[language]}`)}</title>`)
              .replace('</head>', `${scripts.map(preload).join('')}</head>`)
              .replace('<div id="root"></div>', `<div id="root">${drawn(words[language], look)}</div>`);
            this.emitFile({ type: 'asset', fileName: `${name}.${language}.html`, source: page });
          }
        }
      },
    },
  };
}

/** The styles in the page itself: the frame waits for nothing. */
function withStyles(html: string, bundle: Rolldown.OutputBundle): string {
  return html.replace(/<link rel="stylesheet"[^>]*href="\.\/([^"]+)">/, (_all, file: string) => {
    const styles = must(bundle[file]);
    return `<style>${'source' in styles ? String(styles.source) : ''}</style>`;
  });
}

function drawn({ title, intro }: Words, look: Frame['look']): string {
  const said = intro === undefined ? '' : `<p class="window-intro">${text(intro)}</p>`;
  return (
    `<div class="${look}"><header class="window-head"><div class="window-titles">` +
    `<h1 class="window-title">${text(title)}</h1>${said}</div><span class="window-menu"></span></header></div>`
  );
}

/** The files of the chunks that hold these modules, and of all that they import. */
function scriptsOf(bundle: Rolldown.OutputBundle, modules: readonly string[]): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const files = new Set<string>();
  const add = (file: string) => {
    const chunk = chunks.find(({ fileName }) => fileName === file);
    if (chunk === undefined || files.has(file)) return;
    files.add(file);
    for (const imported of chunk.imports) add(imported);
  };
  for (const module of modules) {
    const isIt = (id: string) => id.endsWith(`/src/dialogs/${module}`);
    // A module that several import lies in a chunk of another name; the one it is asked for by leads there.
    const asked = chunks.find(({ facadeModuleId }) => facadeModuleId !== null && isIt(facadeModuleId));
    add(must(asked ?? chunks.find(({ moduleIds }) => moduleIds.some(isIt))).fileName);
  }
  return [...files];
}

function preload(file: string): string {
  return `<link rel="modulepreload" crossorigin href="./${file}">`;
}

function text(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
