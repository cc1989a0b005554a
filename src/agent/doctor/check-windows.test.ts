import { expect, it } from 'vitest';
import type { RegistryValue } from '../../outlook/com/registry-value.ts';
import { fakeRegistry } from '../../outlook/com/testing/fake-registry.ts';
import type { RegistryReader } from '../../outlook/com/windows-registry.ts';
import { checkWindows } from './check-windows.ts';

const OUTLOOK = String.raw`C:\Office\OUTLOOK.EXE`;
const PROGRAM = String.raw`C:\Ours\BlueMindConnector.exe`;
const ADD_IN = 'currentUser * Software\\Microsoft\\Office\\Outlook\\Addins\\BlueMind.Connector|LoadBehavior';
const NEW_OUTLOOK = 'currentUser * Software\\Microsoft\\Office\\16.0\\Outlook\\Preferences|UseNewOutlook';

/** A computer on which all is well, but for what `rest` says. */
function keys(rest: Readonly<Record<string, RegistryValue | undefined>> = {}) {
  const classes = 'currentUser * Software\\Classes';
  return fakeRegistry({
    'classes * Outlook.Application\\CurVer|': 'Outlook.Application.16',
    'localMachine * Software\\Microsoft\\Office\\16.0\\Outlook\\InstallRoot|Path': 'C:\\Office\\',
    [ADD_IN]: 3,
    [`${classes}\\BlueMind.Connector\\CLSID|`]: '{1}',
    [`${classes}\\CLSID\\{1}\\InprocServer32|`]: '64.dll',
    [`${classes}\\Wow6432Node\\CLSID\\{1}\\InprocServer32|`]: '32.dll',
    'currentUser * Software\\Microsoft\\Windows\\CurrentVersion\\Run|BlueMindConnector': `"${PROGRAM}" agent`,
    ...rest,
  });
}

const files = [OUTLOOK, PROGRAM, '64.dll', '32.dll'];
const resultsOf = (registry: RegistryReader, there: readonly string[] = files) =>
  checkWindows(registry, (file) => there.includes(file)).map(({ check, result }) => `${check}: ${result}`);

it('a whole installation beside a classic Outlook is good', () => {
  expect(resultsOf(keys())).toEqual([
    ...['Outlook: good', 'Add-in: good', 'Access to addresses: good', 'Start at logon: good'],
  ]);
});

it('without Outlook, or with the new one switched on, it says so', () => {
  expect(resultsOf(keys(), files.slice(1))).toContain('Outlook: bad');
  expect(resultsOf(keys({ [NEW_OUTLOOK]: 1 }))).toContain('Outlook: bad');
});

it('an add-in that Outlook switched off, is not registered, or lacks a library is told', () => {
  expect(resultsOf(keys({ [ADD_IN]: 2 }))).toContain('Add-in: warning');
  expect(resultsOf(keys({ [ADD_IN]: undefined }))).toContain('Add-in: bad');
  expect(resultsOf(keys(), [OUTLOOK, PROGRAM, '64.dll'])).toContain('Add-in: bad');
});

it('a program that is gone from where it starts is told', () => {
  expect(resultsOf(keys(), [OUTLOOK, '64.dll', '32.dll'])).toContain('Start at logon: bad');
});

it('a policy or a setting by which Outlook asks or refuses is told; the policy goes first', () => {
  const policy =
    'currentUser * Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Security|PromptOOMAddressBookAccess';
  const guard = 'localMachine * Software\\Microsoft\\Office\\16.0\\Outlook\\Security|ObjectModelGuard';
  const access = (values: Parameters<typeof keys>[0]) =>
    checkWindows(keys(values), (file) => files.includes(file)).find(({ check }) => check === 'Access to addresses')
      ?.says;
  expect(access({ [policy]: 0, [guard]: 2 })).toMatch(/^A policy denies it/);
  expect(access({ [policy]: 1 })).toMatch(/^Outlook asks each time/);
  expect(access({ [guard]: 1 })).toMatch(/^Outlook asks each time/);
  expect(access({ [policy]: 2, [guard]: 1 })).toBe('Outlook does not ask.');
  expect(access({ [guard]: 0 })).toMatch(/^Outlook asks only where the antivirus/);
});
