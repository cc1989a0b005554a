import { expect, it } from 'vitest';
import { installedOutlook } from './installed-outlook.ts';
import { fakeRegistry as registry } from './testing/fake-registry.ts';

const OFFICE = 'Software\\Microsoft\\Office';
const CURRENT = 'classes * Outlook.Application\\CurVer|';

it('Microsoft 365 tells everything in its configuration', () => {
  expect(
    installedOutlook(
      registry({
        [CURRENT]: 'Outlook.Application.16',
        [`localMachine x64 ${OFFICE}\\ClickToRun\\Configuration|Platform`]: 'x64',
        [`localMachine x64 ${OFFICE}\\ClickToRun\\Configuration|VersionToReport`]: '16.0.17928.20114',
        [`localMachine x64 ${OFFICE}\\16.0\\Outlook\\InstallRoot|Path`]: 'C:\\Program Files\\Office\\root\\Office16\\',
        [`currentUser * ${OFFICE}\\16.0\\Common\\LanguageResources|UILanguageTag`]: 'fr-fr',
      }),
    ),
  ).toEqual({
    version: 16,
    build: '16.0.17928.20114',
    bits: 64,
    path: 'C:\\Program Files\\Office\\root\\Office16\\OUTLOOK.EXE',
    installer: 'clickToRun',
    language: 'fr-fr',
    newOutlook: false,
  });
});

it('Outlook 2010 of 32 bits tells its bits and numbers its language', () => {
  expect(
    installedOutlook(
      registry({
        [CURRENT]: 'Outlook.Application.14',
        [`localMachine x86 ${OFFICE}\\14.0\\Outlook\\InstallRoot|Path`]: 'C:\\Program Files (x86)\\Office14',
        [`localMachine x86 ${OFFICE}\\14.0\\Outlook|Bitness`]: 'x86',
        [`currentUser * ${OFFICE}\\14.0\\Common\\LanguageResources|UILanguage`]: 1036,
      }),
    ),
  ).toEqual({
    version: 14,
    build: undefined,
    bits: 32,
    path: 'C:\\Program Files (x86)\\Office14\\OUTLOOK.EXE',
    installer: 'msi',
    language: 'fr-FR',
    newOutlook: false,
  });
});

it('where no bits are written down, the half of the registry tells them', () => {
  const path = `${OFFICE}\\15.0\\Outlook\\InstallRoot|Path`;
  expect(installedOutlook(registry({ [`localMachine x86 ${path}`]: 'C:\\a' }))).toMatchObject({
    version: 15,
    bits: 32,
  });
  expect(installedOutlook(registry({ [`localMachine x64 ${path}`]: 'C:\\a' }))).toMatchObject({
    version: 15,
    bits: 64,
  });
});

it('whoever switched to the new Outlook is known', () => {
  const values = {
    [CURRENT]: 'Outlook.Application.16',
    [`currentUser * ${OFFICE}\\16.0\\Outlook\\Preferences|UseNewOutlook`]: 1,
  };
  expect(installedOutlook(registry(values))).toMatchObject({ newOutlook: true, bits: undefined, language: undefined });
});

it('no Outlook is none, and neither is one before 2010', () => {
  expect(installedOutlook(registry({}))).toBeUndefined();
  expect(installedOutlook(registry({ [CURRENT]: 'Outlook.Application.12' }))).toBeUndefined();
});
