/**
 * The connector as one CommonJS file, which a single executable takes: command line, agent and all that they import. Native modules
 * stay files beside the executable, where they are signed and scanned as such, and are loaded from there.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import type { PublicKey } from '../../src/update/keys.ts';
import trusted from '../../src/update/trusted-keys.json' with { type: 'json' };

/** Native modules by the name that sources import, and the file of `native/` that is loaded in place of it. */
const NATIVE: Readonly<Record<string, string>> = {
  '@napi-rs/keyring': 'keyring.node',
  '@koromix/koffi-win32-x64': 'koffi.node',
};

const root = join(import.meta.dirname, '..', '..');

/** What is bundled: the program, and its threads, which Node loads from files: the one that calls Outlook, and the icon's. */
const BUNDLES = {
  'app.cjs': join('src', 'cli', 'installed.ts'),
  'thread.cjs': join('src', 'outlook', 'com', 'apartment-thread.ts'),
  'tray.cjs': join('src', 'desktop', 'tray-thread.ts'),
} as const;

/** What a program says of itself, and whose updates it follows; by default the keys that the project trusts. */
export type Release = { readonly version: string; readonly keys?: readonly PublicKey[] | undefined };

/** Writes one of the {@link BUNDLES} into `folder`, alone. Returns the names of the packages that are in it. */
export async function buildBundle(
  folder: string,
  bundle: keyof typeof BUNDLES,
  release: Release,
): Promise<readonly string[]> {
  const packages = new Set<string>();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // Nothing of `node_modules` is there at run time.
    ssr: { noExternal: true, target: 'node' },
    plugins: [released(release), nativeModules(), noting(packages)],
    build: {
      ssr: join(root, BUNDLES[bundle]),
      outDir: folder,
      emptyOutDir: true,
      target: 'node22',
      minify: 'oxc',
      sourcemap: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: bundle, codeSplitting: false } },
    },
  });
  return [...packages].sort();
}

/** The files that the program reads its version and its keys from, as this release has them. */
function released({ version, keys = trusted.keys }: Release): Plugin {
  const files = new Map<string, unknown>([
    [join(root, 'package.json'), { version }],
    [join(root, 'src', 'update', 'trusted-keys.json'), { keys }],
  ]);
  return {
    name: 'release',
    enforce: 'pre',
    load: (id) => (files.has(id) ? JSON.stringify(files.get(id)) : undefined),
  };
}

function nativeModules(): Plugin {
  return {
    name: 'native-modules',
    enforce: 'pre',
    resolveId: (id) => {
      if (Object.hasOwn(NATIVE, id)) return `\0native:${id}`;
      // As a module it asks where its file lies; as CommonJS it does not.
      if (id === 'koffi') return createRequire(import.meta.url).resolve('koffi');
      // Its libraries for other systems, which are never asked for.
      return id.startsWith('@koromix/') ? { id, external: true } : undefined;
    },
    load: (id) => {
      const file = NATIVE[id.replace('\0native:', '')];
      if (!id.startsWith('\0native:') || file === undefined) return undefined;
      return `const { join, dirname } = require('node:path');
const load = require('node:module').createRequire(process.execPath);
module.exports = load(join(dirname(process.execPath), 'native', ${JSON.stringify(file)}));`;
    },
  };
}

/** Whose code is in the bundle: what the bill of materials lists. */
function noting(packages: Set<string>): Plugin {
  return {
    name: 'noting-packages',
    generateBundle: (_options, bundle) => {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of Object.keys(chunk.modules)) {
          const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
          if (name !== undefined) packages.add(name);
        }
      }
    },
  };
}
