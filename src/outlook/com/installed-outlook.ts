/**
 * What the registry says about the Outlook of this computer, whether it runs or not: which versions are there, which one starts, how
 * many bits it has, which language it speaks to this user.
 * @source learn.microsoft.com/office/troubleshoot/settings (InstallRoot, Bitness, ClickToRun\Configuration), outlook registry keys
 */
import type { KeyPlace, RegistryReader, View } from './windows-registry.ts';

export type InstalledOutlook = {
  /** Major version: 14 is 2010, 15 is 2013, 16 is 2016 and everything later. */
  readonly version: number;
  /** The whole version, where Click-to-Run tells it: `16.0.17928.20114`. */
  readonly build: string | undefined;
  /** 32 or 64; undefined when nothing says it. */
  readonly bits: 32 | 64 | undefined;
  /** The program, as the registry has it. */
  readonly path: string | undefined;
  readonly installer: 'clickToRun' | 'msi';
  /** A BCP 47 tag of what the user sees (`fr-FR`); undefined when nothing says it. */
  readonly language: string | undefined;
  /** Whether the user has switched to the new Outlook, which has no object model. */
  readonly newOutlook: boolean;
};

/** Versions whose object model the connector works with, the newest first. */
const VERSIONS: readonly number[] = [16, 15, 14];
const VIEWS: readonly View[] = ['x64', 'x86'];

/** The classic Outlook of this computer; undefined when there is none from 2010 on. */
export function installedOutlook(registry: RegistryReader): InstalledOutlook | undefined {
  const version = currentVersion(registry) ?? VERSIONS.find((one) => hasPath(registry, one));
  if (version === undefined || !VERSIONS.includes(version)) return undefined;
  const clickToRun = clickToRunOf(registry, version);
  return {
    version,
    build: clickToRun?.build,
    bits: clickToRun?.bits ?? bitsOf(registry, version),
    path: pathOf(registry, version),
    installer: clickToRun === undefined ? 'msi' : 'clickToRun',
    language: languageOf(registry, version),
    newOutlook: registry.value(userKey(version, 'Outlook\\Preferences'), 'UseNewOutlook') === 1,
  };
}

/** The version that starts when somebody asks for Outlook: `Outlook.Application.16`. */
function currentVersion(registry: RegistryReader): number | undefined {
  const current = registry.value({ hive: 'classes', key: 'Outlook.Application\\CurVer' }, '');
  const number = typeof current === 'string' ? /^Outlook\.Application\.(\d+)$/i.exec(current)?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
}

function pathOf(registry: RegistryReader, version: number): string | undefined {
  for (const place of machineKeys(version, 'Outlook\\InstallRoot')) {
    const path = registry.value(place, 'Path');
    if (typeof path === 'string' && path !== '') return `${path.replace(/\\$/, '')}\\OUTLOOK.EXE`;
  }
  return undefined;
}

function hasPath(registry: RegistryReader, version: number): boolean {
  return pathOf(registry, version) !== undefined;
}

/** Outlook itself writes down how many bits it has, for those that make add-ins. */
function bitsOf(registry: RegistryReader, version: number): 32 | 64 | undefined {
  for (const place of machineKeys(version, 'Outlook')) {
    const bits = registry.value(place, 'Bitness');
    if (bits === 'x64') return 64;
    if (bits === 'x86') return 32;
  }
  // Office of 32 bits lives in the half of the registry that 32-bit programs see.
  const half = VIEWS.find((view) => {
    const path = registry.value(machineKey(version, 'Outlook\\InstallRoot', view), 'Path');
    return typeof path === 'string';
  });
  return half === undefined ? undefined : half === 'x64' ? 64 : 32;
}

function clickToRunOf(
  registry: RegistryReader,
  version: number,
): { readonly build: string | undefined; readonly bits: 32 | 64 | undefined } | undefined {
  if (version < 15) return undefined;
  const keys = ['ClickToRun\\Configuration', `${version}.0\\ClickToRun\\Configuration`];
  for (const view of VIEWS) {
    for (const key of keys) {
      const place: KeyPlace = { hive: 'localMachine', key: `Software\\Microsoft\\Office\\${key}`, view };
      const platform = registry.value(place, 'Platform');
      if (platform !== 'x64' && platform !== 'x86') continue;
      const build = registry.value(place, 'VersionToReport');
      return { build: typeof build === 'string' ? build : undefined, bits: platform === 'x64' ? 64 : 32 };
    }
  }
  return undefined;
}

/** Newer versions name the language, older ones number it. */
function languageOf(registry: RegistryReader, version: number): string | undefined {
  const place = userKey(version, 'Common\\LanguageResources');
  const tag = registry.value(place, 'UILanguageTag');
  if (typeof tag === 'string' && /^[a-z]{2,3}(-[a-z\d]+)*$/i.test(tag)) return tag;
  const number = registry.value(place, 'UILanguage');
  return typeof number === 'number' ? LANGUAGES[number] : undefined;
}

/** The languages that the connector speaks, by their number (LCID). @source MS-LCID */
const LANGUAGES: Readonly<Record<number, string>> = {
  1033: 'en-US',
  2057: 'en-GB',
  4105: 'en-CA',
  3081: 'en-AU',
  1036: 'fr-FR',
  2060: 'fr-BE',
  3084: 'fr-CA',
  4108: 'fr-CH',
  5132: 'fr-LU',
};

function userKey(version: number, key: string): KeyPlace {
  return { hive: 'currentUser', key: `Software\\Microsoft\\Office\\${version}.0\\${key}` };
}

function machineKeys(version: number, key: string): readonly KeyPlace[] {
  return VIEWS.map((view) => machineKey(version, key, view));
}

function machineKey(version: number, key: string, view: View): KeyPlace {
  return { hive: 'localMachine', key: `Software\\Microsoft\\Office\\${version}.0\\${key}`, view };
}
