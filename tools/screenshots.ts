/**
 * `npm run screenshots`: pictures of every window (English, French, dark) and of the trial's page into docs/pictures. The windows stand
 * before an agent that answers from a script, so that they look the same each time; the page stands before a real trial, this week.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DIALOGS, type Dialog } from '../src/agent/api/routes.ts';
import { openBrowser, withoutBrowser } from '../test/dialogs/browser.ts';
import { type Look, openStage } from '../test/dialogs/stage.ts';
import { paneOf, startTrial } from '../test/dialogs/trial-program.ts';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'pictures');
const LOOKS = { en: {}, fr: { language: 'fr' }, dark: { dark: true } } as const satisfies Record<string, Look>;
const WIDE: readonly Dialog[] = ['history', 'held'];

if (withoutBrowser !== undefined) throw new Error(`no pictures${withoutBrowser}`);
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const browser = await openBrowser();

/** Still, so that a picture is the same each time: no caret, no focus that has just been drawn. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

const stage = await openStage(browser);
for (const dialog of DIALOGS.filter((one) => one !== 'trial')) {
  for (const [look, how] of Object.entries(LOOKS)) {
    const page = await stage.show(dialog, { ...how, width: WIDE.includes(dialog) ? 900 : 560, height: 600 });
    await take(page, `${dialog}-${look}`);
    await page.context().close();
  }
}
await stage.close();

const trial = await startTrial();
for (const [look, locale, colorScheme] of [
  ['en', 'en-GB', 'light'],
  ['fr', 'fr-FR', 'light'],
  ['dark', 'en-GB', 'dark'],
] as const) {
  const viewport = { width: 1280, height: 820 };
  const context = await browser.newContext({ locale, colorScheme, viewport, timezoneId: 'Europe/Paris' });
  const page = await context.newPage();
  await page.goto(await trial.another());
  for (const side of ['Outlook', 'BlueMind'] as const)
    await paneOf(page, side).locator('[data-event]').first().waitFor({ timeout: 60_000 });
  await page.getByText(/^(Last run|Dernière exécution)/).waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'BlueMind' }).click();
  await page.waitForTimeout(500);
  await take(page, `trial-${look}`);
  await context.close();
}
trial.program.kill('SIGTERM');
await browser.close();
const sizes = readdirSync(FOLDER).map((name) => statSync(join(FOLDER, name)).size);
console.log(`${sizes.length} pictures, ${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024)} KB`);
