/** Run by Windows' Node: chooses *Quit* from the menu of the agent's icon, and says whether there was one. */
import koffi from 'koffi';
import { shell } from '../../src/desktop/shell.ts';
import { TRAY_COMMANDS } from '../../src/desktop/tray.ts';
import { WINDOW_CLASS } from '../../src/desktop/tray-window.ts';

const FindWindowW = koffi.load('user32.dll').func('uintptr __stdcall FindWindowW(str16 class, str16 title)');
const COMMAND = 0x111;

const window = BigInt(FindWindowW(WINDOW_CLASS, null));
if (window !== 0n) shell().PostMessageW(window, COMMAND, 1 + TRAY_COMMANDS.indexOf('quit'), 0);
console.log(window === 0n ? 'no icon' : 'chosen');
