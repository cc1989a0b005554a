/**
 * The bill of materials in the form of CycloneDX: whose code is in the program, with version, licence and the digest of the package it
 * came from, as package-lock.json pins them. Without the time of the build, so that it is the same for the same sources.
 * @source CycloneDX 1.6, JSON
 */
import { type LockEntry, lock, type Runtime } from './build-runtime.ts';

type Component = {
  readonly type: 'library' | 'platform';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly 'bom-ref': string;
  readonly licenses: readonly object[];
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
};

/** What the windows bring into a browser is bundled apart; these and what they depend on. */
const OF_WINDOWS = [
  '@fluentui/react-components',
  '@fluentui/react-icons',
  'i18next',
  'react',
  'react-dom',
  'react-i18next',
];
const NATIVE = ['@koromix/koffi-win32-x64', '@napi-rs/keyring-win32-x64-msvc'];

/** @param packages whose code is in the bundle */
export function billOfMaterials(packages: readonly string[], version: string, runtime: Runtime): object {
  const locked = lock();
  const names = new Set([...packages, ...withDependencies(OF_WINDOWS, locked), ...NATIVE]);
  const libraries = [...names].sort().map((name) => component(name, locked[`node_modules/${name}`]));
  const { purl: _, ...node } = component('node', { version: runtime.version, license: 'MIT' });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        name: 'BlueMind Connector for Outlook',
        version,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: [{ ...node, type: 'platform', purl: `pkg:generic/node@${runtime.version}` }, ...libraries],
  };
}

function component(name: string, entry: LockEntry | undefined): Component {
  if (entry?.version === undefined)
    throw new Error(`package-lock.json does not name ${name}, which is in the program.`);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${entry.version}`;
  const [, sha512] = /^sha512-(.+)$/.exec(entry.integrity ?? '') ?? [];
  const content = sha512 === undefined ? undefined : Buffer.from(sha512, 'base64').toString('hex');
  return {
    type: 'library',
    ...{ name, version: entry.version, purl, 'bom-ref': purl },
    licenses: entry.license === undefined ? [] : [licence(entry.license)],
    hashes: content === undefined ? [] : [{ alg: 'SHA-512', content }],
  };
}

/** One licence by its SPDX id, several as the expression they are. */
function licence(spdx: string): object {
  return /[ (]/.test(spdx) ? { expression: spdx } : { license: { id: spdx } };
}

function withDependencies(roots: readonly string[], locked: Readonly<Record<string, LockEntry>>): readonly string[] {
  const found = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...Object.keys(locked[`node_modules/${name}`]?.dependencies ?? {}));
  }
  // Types alone are in no program.
  return [...found].filter((name) => !name.startsWith('@types/'));
}
