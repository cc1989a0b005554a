/**
 * Run by Windows' Node: the icon beside the clock, looked at from outside. Prints what it finds, one line each; it waits after `menu`,
 * so that somebody can make a picture.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import koffi from 'koffi';
import { versionBytes } from '../../src/desktop/notify-icon.ts';
import { shell } from '../../src/desktop/shell.ts';
import type { TrayLook } from '../../src/desktop/tray.ts';
import { WINDOW_CLASS } from '../../src/desktop/tray-window.ts';
import { openWindowsTray, windowsLanguage } from '../../src/desktop/windows-tray.ts';

const user = koffi.load('user32.dll');
const FindWindowW = user.func('uintptr __stdcall FindWindowW(str16 class, str16 title)');
const { PostMessageW, Shell_NotifyIconW, RegisterWindowMessageW } = shell();
const [COMMAND, FROM_ICON] = [0x111, 0x8001];
const [MODIFY, DELETE] = [1, 2];
/** What Windows sends for the icon: the menu is wanted, a click, Enter, a click on the notice. */
const [MENU, SELECT, KEY_SELECT, NOTICE_CLICKED] = [0x7b, 0x400, 0x401, 0x405];

const say = (what: string, found: unknown) => console.log(`${what}: ${JSON.stringify(found)}`);
const heard: string[] = [];
const tray = await openWindowsTray((event) => heard.push(event));
const look: TrayLook = {
  state: 'inStep',
  tip: 'BlueMind Connector\nÀ jour (14:05).',
  menu: { synchronize: 'Synchroniser', open: 'Ouvrir', quit: 'Quitter' },
};
tray.show(look);

const window = BigInt(FindWindowW(WINDOW_CLASS, null));
/** Whether Windows shows an icon of this window. */
const isThere = () => Shell_NotifyIconW(MODIFY, versionBytes(window)) !== 0;
const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 200 && !isSo(); tries++) await sleep(50);
  return isSo();
};

say('language', windowsLanguage());
say('added', await until(isThere));
// By their numbers in the menu, and one that is none.
for (const id of [1, 2, 3, 4]) PostMessageW(window, COMMAND, id, 0);
for (const event of [SELECT, KEY_SELECT, NOTICE_CLICKED]) PostMessageW(window, FROM_ICON, 0, event);
await until(() => heard.length >= 6);
say('heard', heard);

// The desktop begins anew, without our icon.
Shell_NotifyIconW(DELETE, versionBytes(window));
say('gone', !isThere());
PostMessageW(window, RegisterWindowMessageW('TaskbarCreated'), 0, 0);
say('added again', await until(isThere));

tray.show({ ...look, state: 'attention', tip: 'x'.repeat(300) });
tray.tell({ title: 'En attente de vous', text: '12 suppressions ou conflits attendent votre décision.' });
await sleep(500);
say('notice', isThere());
await sleep(1500);
PostMessageW(window, FROM_ICON, (100 << 16) | 100, MENU);
await sleep(500);
// The thread is inside Windows' menu now, and must hear nevertheless.
say('menu', Number(FindWindowW('#32768', null)) !== 0);
await sleep(1500);
await tray.close();
say('window', Number(FindWindowW(WINDOW_CLASS, null)));
say('removed', !isThere());
