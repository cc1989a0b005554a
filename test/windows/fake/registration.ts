/** Outlook's class. @source Outlook's type library */
export const CLSID = '{0006F03A-0000-0000-C000-000000000046}';
export const PROG_ID = 'Outlook.Application';

/**
 * The registration of a local server, as a file for regedit. Under HKEY_LOCAL_MACHINE: Wine does not look for classes among those of
 * the user, as Windows does.
 * @param command what starts the server
 */
export function registration(command: string): string {
  const text = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const key = (path: string, value: string) =>
    `[HKEY_LOCAL_MACHINE\\Software\\Classes\\${path}]\r\n@=${text(value)}\r\n`;
  return [
    'Windows Registry Editor Version 5.00\r\n',
    key(`${PROG_ID}\\CLSID`, CLSID),
    key(`${PROG_ID}\\CurVer`, `${PROG_ID}.16`),
    key(`CLSID\\${CLSID}`, 'Microsoft Outlook'),
    key(`CLSID\\${CLSID}\\ProgID`, `${PROG_ID}.16`),
    key(`CLSID\\${CLSID}\\LocalServer32`, command),
  ].join('\r\n');
}
