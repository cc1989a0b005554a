/** What Windows knows of Outlook and of our add-in; nothing is changed. */
import { existsSync } from 'node:fs';
import { installedOutlook } from '../../outlook/com/installed-outlook.ts';
import type { Hive, RegistryReader } from '../../outlook/com/windows-registry.ts';
import { bad, type Finding, good, skipped, warning } from './finding.ts';

type IsThere = (file: string) => boolean;

const ADD_IN = 'BlueMind.Connector';
const HIVES = ['currentUser', 'localMachine'] as const satisfies readonly Hive[];

/** Of this computer, which runs Windows. */
export async function checkThisWindows(): Promise<Finding[]> {
  // Loaded here: elsewhere there is nothing that it could call.
  const { registryReader } = await import('../../outlook/com/windows-registry.ts');
  return checkWindows(registryReader(), existsSync);
}

export function checkWindows(registry: RegistryReader, isThere: IsThere): Finding[] {
  return [
    checkOutlook(registry, isThere),
    checkAddIn(registry, isThere),
    checkAccess(registry),
    checkStart(registry, isThere),
  ];
}

function checkOutlook(registry: RegistryReader, isThere: IsThere): Finding {
  const installed = installedOutlook(registry);
  if (installed?.path === undefined || !isThere(installed.path))
    return bad('Outlook', 'The classic Outlook is not installed; the new Outlook cannot be reached by the connector.');
  if (installed.newOutlook)
    return bad('Outlook', 'The new Outlook is switched on; switch it off at its top right, and use the classic one.');
  return good('Outlook', `The classic Outlook, version ${installed.version}, is installed.`);
}

function checkAddIn(registry: RegistryReader, isThere: IsThere): Finding {
  const check = 'Add-in';
  const registered = `Software\\Microsoft\\Office\\Outlook\\Addins\\${ADD_IN}`;
  const behaviour = HIVES.map((hive) => registry.value({ hive, key: registered }, 'LoadBehavior')).find(isKnown);
  if (behaviour === undefined) return bad(check, 'The add-in is not registered in Outlook; run the installer again.');
  for (const branch of ['', 'Wow6432Node\\']) {
    const library = HIVES.map((hive) => {
      const id = textOf(registry, hive, `Software\\Classes\\${ADD_IN}\\CLSID`);
      return textOf(registry, hive, `Software\\Classes\\${branch}CLSID\\${id}\\InprocServer32`);
    }).find(isKnown);
    if (library === undefined || !isThere(library))
      return bad(check, 'A library of the add-in is missing; run the installer again.');
  }
  if (behaviour !== 3)
    return warning(
      check,
      'Outlook has switched the add-in off; switch it on under File, Options, Add-ins, COM Add-ins.',
    );
  return good(check, 'The add-in is registered for Outlook of 64 and of 32 bits, and switched on.');
}

/**
 * Whether Outlook asks before programs outside of it read addresses, which the connector does where its add-in is not loaded.
 * @source learn.microsoft.com "Outlook COM add-in security settings", the policy PromptOOMAddressBookAccess; ObjectModelGuard: observed by others
 */
function checkAccess(registry: RegistryReader): Finding {
  const check = 'Access to addresses';
  const version = installedOutlook(registry)?.version;
  if (version === undefined) return skipped(check, 'There is no classic Outlook to ask.');
  const office = `Microsoft\\Office\\${version}.0\\Outlook\\Security`;
  const policy = HIVES.map((hive) =>
    registry.value({ hive, key: `Software\\Policies\\${office}` }, 'PromptOOMAddressBookAccess'),
  ).find(isKnown);
  if (policy === 0)
    return warning(check, 'A policy denies it to programs outside of Outlook; the connector then needs its add-in.');
  const views = ['x64', 'x86'] as const;
  const guard = views
    .map((view) => registry.value({ hive: 'localMachine', key: `Software\\${office}`, view }, 'ObjectModelGuard'))
    .find(isKnown);
  if (policy === 1 || (policy === undefined && guard === 1))
    return warning(
      check,
      'Outlook asks each time a program outside of it reads addresses; change it under Trust Center, Programmatic Access.',
    );
  return policy === 2 || guard === 2
    ? good(check, 'Outlook does not ask.')
    : good(check, 'Outlook asks only where the antivirus program is out of date or unknown to it.');
}

function checkStart(registry: RegistryReader, isThere: IsThere): Finding {
  const run = String.raw`Software\Microsoft\Windows\CurrentVersion\Run`;
  const command = HIVES.map((hive) => textOf(registry, hive, run, 'BlueMindConnector')).find(isKnown);
  if (command === undefined) return skipped('Start at logon', 'The connector was not set up to start at logon.');
  const [, program = ''] = /^"([^"]+)"/.exec(command) ?? [];
  return isThere(program)
    ? good('Start at logon', 'The agent starts when you log on.')
    : bad('Start at logon', `The program that starts at logon is missing (${program}); run the installer again.`);
}

/** A text of the registry; the key's own unless a name is given. */
function textOf(registry: RegistryReader, hive: Hive, key: string, name = ''): string | undefined {
  const value = registry.value({ hive, key }, name);
  return typeof value === 'string' ? value : undefined;
}

function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined;
}
