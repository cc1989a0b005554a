/** A real browser for the windows: Debian's Chromium, driven over its own protocol. Nothing is downloaded. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const program = PLACES.find((place) => place !== undefined && existsSync(place));

/** Said beside the names of tests that need a browser, where there is none. */
export const withoutBrowser =
  program === undefined ? ' (skipped: no Chromium; `apt-get install chromium`, or name one in CHROMIUM)' : undefined;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: program ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
