/**
 * Run by Windows' Node: does with the agent's icon what its argument says, chooses a line of its menu or clicks on it (`click`), and says
 * whether there was an icon.
 */
import koffi from 'koffi';
import { shell } from '../../src/desktop/shell.ts';
import { TRAY_COMMANDS } from '../../src/desktop/tray.ts';
import { WINDOW_CLASS } from '../../src/desktop/tray-window.ts';

const FindWindowW = koffi.load('user32.dll').func('uintptr __stdcall FindWindowW(str16 class, str16 title)');
const [COMMAND, FROM_ICON, SELECT] = [0x111, 0x8001, 0x400];

const [deed = 'click'] = process.argv.slice(2);
const line = 1 + (TRAY_COMMANDS as readonly string[]).indexOf(deed);
const window = BigInt(FindWindowW(WINDOW_CLASS, null));
if (window !== 0n && line > 0) shell().PostMessageW(window, COMMAND, line, 0);
else if (window !== 0n) shell().PostMessageW(window, FROM_ICON, 0, SELECT);
console.log(window === 0n ? 'no icon' : 'done');
