import { expect, it } from 'vitest';
import { checkWindows } from './check-windows.ts';

const OUTLOOK = String.raw`C:\Office\OUTLOOK.EXE`;
const PROGRAM = String.raw`C:\Ours\BlueMindConnector.exe`;
const ADD_IN = String.raw`HKCU\Software\Microsoft\Office\Outlook\Addins\BlueMind.Connector`;

/** A computer on which all is well, but for what `rest` says. */
function keys(rest: Record<string, Record<string, string> | undefined> = {}) {
  const classes = String.raw`HKCU\Software\Classes`;
  const all: Record<string, Record<string, string> | undefined> = {
    [String.raw`HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\OUTLOOK.EXE`]: { '': OUTLOOK },
    [String.raw`HKCR\Outlook.Application\CurVer`]: { '': 'Outlook.Application.16' },
    [ADD_IN]: { LoadBehavior: '0x3' },
    [`${classes}\\BlueMind.Connector\\CLSID`]: { '': '{1}' },
    [`${classes}\\CLSID\\{1}\\InprocServer32`]: { '': '64.dll' },
    [`${classes}\\Wow6432Node\\CLSID\\{1}\\InprocServer32`]: { '': '32.dll' },
    [String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`]: { BlueMindConnector: `"${PROGRAM}" agent` },
    ...rest,
  };
  return (key: string) => all[key];
}

const files = [OUTLOOK, PROGRAM, '64.dll', '32.dll'];
const resultsOf = (read: ReturnType<typeof keys>, there: readonly string[] = files) =>
  checkWindows(read, (file) => there.includes(file)).map(({ check, result }) => `${check}: ${result}`);

it('a whole installation beside a classic Outlook is good', () => {
  expect(resultsOf(keys())).toEqual(['Outlook: good', 'Add-in: good', 'Start at logon: good']);
});

it('without Outlook, or with the new one switched on, it says so', () => {
  expect(resultsOf(keys(), files.slice(1))).toContain('Outlook: bad');
  const preferences = String.raw`HKCU\Software\Microsoft\Office\16.0\Outlook\Preferences`;
  expect(resultsOf(keys({ [preferences]: { UseNewOutlook: '0x1' } }))).toContain('Outlook: bad');
});

it('an add-in that Outlook switched off, is not registered, or lacks a library is told', () => {
  expect(resultsOf(keys({ [ADD_IN]: { LoadBehavior: '0x2' } }))).toContain('Add-in: warning');
  expect(resultsOf(keys({ [ADD_IN]: undefined }))).toContain('Add-in: bad');
  expect(resultsOf(keys(), [OUTLOOK, PROGRAM, '64.dll'])).toContain('Add-in: bad');
});

it('a program that is gone from where it starts is told', () => {
  expect(resultsOf(keys(), [OUTLOOK, '64.dll', '32.dll'])).toContain('Start at logon: bad');
});
