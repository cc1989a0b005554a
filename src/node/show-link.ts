import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Program = readonly [string, ...string[]];

/**
 * Shows a page of the agent: as a window of its own where Microsoft Edge is, which every Windows has; else in the user's browser.
 * Returns whether there was something to show it with.
 */
export async function showLink(url: string): Promise<boolean> {
  for (const [program, ...args] of openersOf(process.platform, process.env, existsSync))
    if (await starts(program, [...args, url])) return true;
  return false;
}

/** Programs that show a link, the best first. The link is their last word, or goes on with it where that ends with `=`. */
export function openersOf(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  isThere: (path: string) => boolean,
): readonly Program[] {
  if (platform === 'darwin') return [['open']];
  if (platform !== 'win32') return [['xdg-open']];
  const places = ['ProgramFiles(x86)', 'ProgramFiles', 'LOCALAPPDATA'].map((name) => env[name]);
  const edges = places.flatMap((place) =>
    place === undefined ? [] : [join(place, 'Microsoft', 'Edge', 'Application', 'msedge.exe')],
  );
  // `start` takes the first quoted word for a title, and `&` in a link for a second command; explorer takes a link as it is.
  return [...edges.filter(isThere).map((edge): Program => [edge, '--app=']), ['explorer.exe']];
}

function starts(program: string, words: readonly string[]): Promise<boolean> {
  const [url = '', ...before] = words.toReversed();
  const last = before[0]?.endsWith('=') === true ? [`${before[0]}${url}`] : [...before, url];
  return new Promise((resolve) => {
    const child = spawn(program, last, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
