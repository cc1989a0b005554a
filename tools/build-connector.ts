/**
 * Programs of Node with all that they import in a few files below dist: made as the installed program is, but that their files are those
 * of the sources and native modules stay where they are. The command line so starts in a third of the time that Node takes for the
 * sources, which is what tests need that start it a hundred times; the engine's bench is measured as it would be installed.
 */
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';
import { buildOnce } from './build-once.ts';
import { digestOf } from './source-digest.ts';

const root = join(import.meta.dirname, '..');

/** The command line, in dist/connector, built unless it is there. @returns the file that Node runs */
export function buildConnector(): Promise<string> {
  return bundled({ main: join(root, 'src', 'cli', 'main.ts'), folder: 'connector', sources: ['src'], minify: false });
}

type Bundle = {
  readonly main: string;
  /** In dist. */
  readonly folder: string;
  /** Folders of the sources; a change in one of them makes it anew. */
  readonly sources: readonly string[];
  readonly minify: boolean;
};

/** A program and all that it imports, unless it is there. @returns the file that Node runs */
export async function bundled({ main, folder, sources, minify }: Bundle): Promise<string> {
  const made = join(root, 'dist', folder);
  await buildOnce(join(made, 'made-of.txt'), digestOf(sources), async () => {
    // Takes longer to load than all that is asked of it when nothing changed.
    const { build } = await import('vite');
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      // Nothing of `node_modules` is looked for at run time.
      ssr: { noExternal: true, external: ['koffi', '@napi-rs/keyring'], target: 'node' },
      plugins: [placesOfSources()],
      build: {
        ssr: main,
        outDir: made,
        emptyOutDir: true,
        target: 'node22',
        minify,
        // Packages in CommonJS ask for what Node brings.
        rolldownOptions: { output: { format: 'es', banner: requireFrom(main) } },
      },
    });
  });
  return join(made, `${basename(main, '.ts')}.js`);
}

/** A module asks for files beside its source, wherever its code came to lie. */
function placesOfSources(): Plugin {
  return {
    name: 'places-of-sources',
    enforce: 'pre',
    transform: (code, id) =>
      code.includes('import.meta.url')
        ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        : undefined,
  };
}

function requireFrom(file: string): string {
  const from = JSON.stringify(pathToFileURL(file).href);
  return `import { createRequire as requireFor } from 'node:module'; const require = requireFor(${from});`;
}
