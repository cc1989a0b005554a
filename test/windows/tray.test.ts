import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endPrefix, startWindows, startWindowsNode, type WindowsProcess } from '../../tools/windows/wine.ts';
import { OUT } from './installation.ts';
import { openScreen, type Screen } from './screen.ts';

/** Where the pictures go, for people to look at. */
const PICTURES = join(OUT, 'tray');
let screen: Screen;
let desktop: WindowsProcess | undefined;

beforeAll(async () => {
  // A Windows that was started without a screen shows nothing on one.
  endPrefix();
  mkdirSync(PICTURES, { recursive: true });
  screen = await openScreen(91);
  // The desktop, with the corner where icons are.
  desktop = startWindows('explorer', ['/desktop=tray,640x480'], { env: { DISPLAY: screen.name } });
});
afterAll(async () => {
  await desktop?.end();
  endPrefix();
  await screen.end();
});

it('the icon is there, its menu and clicks are heard, it returns with the desktop, tells notices and goes at the end', async () => {
  const script = fileURLToPath(new URL('tray.ts', import.meta.url));
  const found = startWindowsNode(script, [], { env: { DISPLAY: screen.name } });
  for (const moment of ['notice', 'menu']) {
    await found.until((stdout) => (stdout.includes(`${moment}: `) ? true : undefined));
    const picture = join(PICTURES, `${moment}.png`);
    screen.picture(picture);
    expect(statSync(picture).size).toBeGreaterThan(1000);
  }
  const { code, stdout, stderr } = await found.exited;
  expect([code, stderr]).toEqual([0, '']);
  expect(Object.fromEntries(stdout.trim().split(/\r?\n/).map(entryOf))).toEqual({
    language: 'en',
    added: true,
    heard: ['synchronize', 'open', 'quit', 'open', 'open', 'notice'],
    gone: true,
    'added again': true,
    notice: true,
    menu: true,
    window: 0,
    removed: true,
  });
});

function entryOf(line: string): [string, unknown] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), JSON.parse(line.slice(at + 2))];
}
