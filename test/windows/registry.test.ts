import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runWindows, startWindowsNode, windowsPath } from '../../tools/windows/wine.ts';

const OFFICE = 'HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Office';
const USER = 'HKEY_CURRENT_USER\\Software';
const OPTIONS = 'Microsoft\\Office\\16.0\\Outlook\\Options\\Calendar';

/** What Microsoft 365 in French leaves behind, and an option that the user has set. */
const INSTALLED = [
  'Windows Registry Editor Version 5.00\r\n',
  '[HKEY_LOCAL_MACHINE\\Software\\Classes\\Outlook.Application\\CurVer]\r\n@="Outlook.Application.16"\r\n',
  `[${OFFICE}\\ClickToRun\\Configuration]\r\n"Platform"="x86"\r\n"VersionToReport"="16.0.17928.20114"\r\n`,
  `[${OFFICE}\\16.0\\Outlook\\InstallRoot]\r\n"Path"="C:\\\\Program Files\\\\Office16\\\\"\r\n`,
  `[${USER}\\Microsoft\\Office\\16.0\\Common\\LanguageResources]\r\n"UILanguage"=dword:0000040c\r\n`,
  `[-${USER}\\${OPTIONS}]\r\n`,
  `[${USER}\\${OPTIONS}]\r\n"RemindDefault"=dword:0000001e\r\n"Text"="30"\r\n`,
  `[${USER}\\Policies\\${OPTIONS}]\r\n"WorkDay"=dword:00000010\r\n`,
].join('\r\n');

it('the options of the calendar are read and written where Outlook keeps them, and the installed Outlook is known', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'registry-')), 'installed.reg');
  writeFileSync(file, `\ufeff${INSTALLED}`, 'utf16le');
  expect(await runWindows('reg', ['import', windowsPath(file)])).toMatchObject({ code: 0 });
  const { stdout, stderr } = await startWindowsNode(fileURLToPath(new URL('registry.ts', import.meta.url))).exited;
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    before: { RemindDefault: 30 },
    after: { RemindDefault: 30, WorkDay: 0x7c, CalDefStart: 0xffffffff },
    policy: { WorkDay: 0x10 },
    missing: {},
    keys: ['Options'],
    installed: {
      version: 16,
      build: '16.0.17928.20114',
      bits: 32,
      path: 'C:\\Program Files\\Office16\\OUTLOOK.EXE',
      installer: 'clickToRun',
      language: 'fr-FR',
      newOutlook: false,
    },
  });
  const written = await runWindows('reg', ['query', `${USER}\\${OPTIONS}`, '/v', 'WorkDay']);
  expect(written.stdout).toMatch(/WorkDay\s+REG_DWORD\s+0x7c/);
});
