/**
 * Run by Windows' Node: goes through the installer as a person does, page by page. Tells of each page its texts, one line of JSON, and
 * leaves time for a picture of it before it presses the button that leads on. On the last page it stops; with `press` as the third word it
 * presses there too, and makes no pauses for pictures.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import koffi from 'koffi';

const user = koffi.load('user32.dll');
const FindWindowExW = user.func(
  'uintptr __stdcall FindWindowExW(uintptr above, uintptr after, str16 class, str16 title)',
);
const GetWindow = user.func('uintptr __stdcall GetWindow(uintptr window, uint32 which)');
const GetDlgItem = user.func('uintptr __stdcall GetDlgItem(uintptr window, int id)');
const IsWindowVisible = user.func('int __stdcall IsWindowVisible(uintptr window)');
const IsWindowEnabled = user.func('int __stdcall IsWindowEnabled(uintptr window)');
const SendMessageW = user.func('intptr __stdcall SendMessageW(uintptr window, uint32 what, uintptr wide, void *text)');
const PostMessageW = user.func('int __stdcall PostMessageW(uintptr window, uint32 what, uintptr wide, uintptr long)');

const [title = '', last = '', presses] = process.argv.slice(2);
const [CHILD, NEXT] = [5, 2];
const [GET_TEXT, COMMAND] = [0x0d, 0x111];
/** The button that leads on, and the one that cancels. */
const FORWARD = 1;
const PICTURE = presses === 'press' ? 0 : 1500;

function textOf(window: bigint | number): string {
  const buffer = Buffer.alloc(8192);
  const length = Number(SendMessageW(window, GET_TEXT, buffer.length / 2, buffer));
  return buffer.toString('utf16le', 0, length * 2);
}

/** Of all that is visible in a window, from the front to the back. */
function textsIn(window: bigint | number): string[] {
  const texts: string[] = [];
  for (let child = GetWindow(window, CHILD); Number(child) !== 0; child = GetWindow(child, NEXT)) {
    if (Number(IsWindowVisible(child)) === 0) continue;
    const text = textOf(child).trim();
    if (text !== '') texts.push(text);
    texts.push(...textsIn(child));
  }
  return texts;
}

/** The installer's window: its title goes on with the page's. */
function setupWindow(): bigint | number {
  let window: bigint | number = 0;
  do window = FindWindowExW(0, window, '#32770', null);
  while (Number(window) !== 0 && !textOf(window).startsWith(title));
  return window;
}

/** The next page, once it is another and its button can be pressed. */
async function pageAfter(before: string): Promise<{ readonly window: bigint | number; readonly texts: string[] }> {
  for (;;) {
    const window = setupWindow();
    if (Number(window) !== 0) {
      const texts = textsIn(window);
      const ready = Number(IsWindowEnabled(GetDlgItem(window, FORWARD))) !== 0;
      if (ready && texts.length > 2 && JSON.stringify(texts) !== before) return { window, texts };
    }
    await sleep(100);
  }
}

let before = '';
for (;;) {
  await pageAfter(before);
  // What a page shows may come in steps.
  await sleep(400);
  const { window, texts } = await pageAfter(before);
  before = JSON.stringify(texts);
  console.log(before);
  await sleep(PICTURE);
  const isLast = texts.some((text) => text.includes(last));
  if (!isLast || presses === 'press') PostMessageW(window, COMMAND, FORWARD, GetDlgItem(window, FORWARD));
  if (isLast) break;
}
