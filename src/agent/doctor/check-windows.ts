/** What Windows knows of Outlook and of our add-in; read with `reg query`, nothing is changed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { bad, type Finding, good, skipped, warning } from './finding.ts';

/** The values of a key by their names, `''` for its own; undefined where there is no such key. */
export type ReadKey = (key: string) => Readonly<Record<string, string>> | undefined;

const ADD_IN = 'BlueMind.Connector';
const HIVES = ['HKCU', 'HKLM'] as const;

export function checkWindows(read: ReadKey = queryKey, isThere: (file: string) => boolean = existsSync): Finding[] {
  return [checkOutlook(read, isThere), checkAddIn(read, isThere), checkStart(read, isThere)];
}

function checkOutlook(read: ReadKey, isThere: (file: string) => boolean): Finding {
  const paths = String.raw`Software\Microsoft\Windows\CurrentVersion\App Paths\OUTLOOK.EXE`;
  const path = read(`HKLM\\${paths}`)?.[''];
  if (path === undefined || !isThere(path))
    return bad('Outlook', 'The classic Outlook is not installed; the new Outlook cannot be reached by the connector.');
  const version = /(\d+)$/.exec(read(String.raw`HKCR\Outlook.Application\CurVer`)?.[''] ?? '')?.[1] ?? 'unknown';
  const preferences = read(String.raw`HKCU\Software\Microsoft\Office\16.0\Outlook\Preferences`);
  if (Number(preferences?.['UseNewOutlook'] ?? 0) === 1)
    return bad('Outlook', 'The new Outlook is switched on; switch it off at its top right, and use the classic one.');
  return good('Outlook', `The classic Outlook, version ${version}, is installed.`);
}

function checkAddIn(read: ReadKey, isThere: (file: string) => boolean): Finding {
  const check = 'Add-in';
  const registered = HIVES.map((hive) => read(`${hive}\\Software\\Microsoft\\Office\\Outlook\\Addins\\${ADD_IN}`));
  const behaviour = registered.find((values) => values !== undefined)?.['LoadBehavior'];
  if (behaviour === undefined) return bad(check, 'The add-in is not registered in Outlook; run the installer again.');
  for (const branch of ['', 'Wow6432Node\\']) {
    const library = HIVES.map((hive) => {
      const id = read(`${hive}\\Software\\Classes\\${ADD_IN}\\CLSID`)?.[''];
      return read(`${hive}\\Software\\Classes\\${branch}CLSID\\${id}\\InprocServer32`)?.[''];
    }).find((file) => file !== undefined);
    if (library === undefined || !isThere(library))
      return bad(check, 'A library of the add-in is missing; run the installer again.');
  }
  if (Number(behaviour) !== 3)
    return warning(
      check,
      'Outlook has switched the add-in off; switch it on under File, Options, Add-ins, COM Add-ins.',
    );
  return good(check, 'The add-in is registered for Outlook of 64 and of 32 bits, and switched on.');
}

function checkStart(read: ReadKey, isThere: (file: string) => boolean): Finding {
  const run = String.raw`Software\Microsoft\Windows\CurrentVersion\Run`;
  const commands = HIVES.map((hive) => read(`${hive}\\${run}`)?.['BlueMindConnector']);
  const command = commands.find((one) => one !== undefined);
  if (command === undefined) return skipped('Start at logon', 'The connector was not set up to start at logon.');
  const [, program = ''] = /^"([^"]+)"/.exec(command) ?? [];
  return isThere(program)
    ? good('Start at logon', 'The agent starts when you log on.')
    : bad('Start at logon', `The program that starts at logon is missing (${program}); run the installer again.`);
}

function queryKey(key: string): Readonly<Record<string, string>> | undefined {
  try {
    const text = execFileSync('reg', ['query', key, '/reg:64'], {
      ...{ encoding: 'utf8', windowsHide: true },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const values = text.matchAll(/^ {4}(.+?) {4}REG_\w+ {4}(.*?)\r?$/gm);
    // The name of a key's own value is in Windows' language: it stands in brackets.
    return Object.fromEntries(
      [...values].map(([, name = '', value = '']) => [/^\(.+\)$/.test(name) ? '' : name, value]),
    );
  } catch {
    return undefined;
  }
}
