import type { ChildProcess } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { openBrowser, withoutBrowser } from './browser.ts';
import { eventIn, paneOf, startTrial } from './trial-program.ts';

/** @units milliseconds; a browser and the whole connector on a busy machine */
const PATIENCE = { timeout: 240_000 };

let program: ChildProcess | undefined;
let browser: Browser | undefined;
afterEach(async () => {
  await browser?.close();
  program?.kill('SIGTERM');
  [program, browser] = [undefined, undefined];
});

describe.skipIf(withoutBrowser !== undefined)(`the windows before the real agent${withoutBrowser ?? ''}`, () => {
  it('from the trial’s page to every window: what is done there is done on both sides', PATIENCE, async () => {
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1000, height: 900 } });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const started = await startTrial();
    program = started.program;
    await page.goto(started.link);
    await crossesBothWays(page);
    await paneOf(page, 'Outlook').getByRole('tab', { name: 'BlueMind' }).click();
    await page.getByRole('tab', { name: 'Contacts' }).click();
    const opened = (name: string) => open(page, name);

    const synchronize = await open(page, 'Status');
    await synchronize.getByText('Jane Doe (jane.doe@demo.test)').waitFor();
    // A pane may be drawn anew at any time: that an event is not shown is no proof that its deletion has arrived.
    const compared = async () => {
      await synchronize.getByRole('button', { name: 'Compare both sides' }).click();
      await synchronize.getByText(/both sides are equal|Missing in/).waitFor();
      return synchronize.getByText('both sides are equal').isVisible();
    };
    await expect.poll(compared, { timeout: 60_000, interval: 1000 }).toBe(true);
    await synchronize.getByRole('button', { name: 'Other windows' }).click();
    await synchronize.getByRole('menuitem', { name: 'Synchronize' }).click();
    await synchronize.getByRole('button', { name: 'What would change?' }).click();
    await synchronize.getByText('Nothing: everything is in step.').waitFor();
    await synchronize.getByRole('button', { name: 'Synchronize', exact: true }).click();
    await synchronize.getByText('Everything was in step: 0 changes.').waitFor();

    const connect = await opened('Connect');
    await connect.getByRole('button', { name: 'Test' }).click();
    await connect.getByText('It works: connected as Jane Doe.').waitFor();
    await connect.getByLabel('New password').fill('wrong');
    await connect.getByRole('button', { name: 'Change password' }).click();
    await connect.getByText('The server refuses this login and password.').waitFor();

    const books = await opened('My address books');
    await books.getByLabel('Name of a new address book').fill('Suppliers');
    await books.getByRole('button', { name: 'Add' }).click();
    await books.getByRole('button', { name: 'Rename Suppliers' }).click();
    await books.getByLabel('New name for Suppliers').fill('Vendors');
    await books.keyboard.press('Enter');
    await books.getByRole('button', { name: 'Rename Vendors' }).waitFor();
    const folders = paneOf(page, 'Outlook').locator('select option');
    await expect.poll(() => folders.filter({ hasText: 'Vendors' }).count(), { timeout: 60_000 }).toBe(1);
    await page.getByRole('tab', { name: 'Calendar' }).click();

    const calendars = await opened('Calendars');
    const team = calendars.getByRole('checkbox', { name: /Team/ });
    await team.click();
    await calendars.getByRole('button', { name: 'Save' }).click();
    await calendars.getByRole('button', { name: 'Close' }).waitFor();
    await expect.poll(() => folders.filter({ hasText: 'Team' }).count(), { timeout: 60_000 }).toBe(0);

    await books.getByRole('button', { name: 'Delete Vendors' }).click();
    await books.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await books.getByRole('button', { name: 'Rename Vendors' }).waitFor({ state: 'detached' });

    const options = await opened('Advanced options');
    await options.getByRole('combobox').click();
    await options.getByRole('option', { name: 'Français' }).click();
    await options.getByRole('heading', { name: 'Options avancées' }).waitFor();
    await options.getByRole('button', { name: 'Préparer un rapport…' }).click();
    await options.getByText('Voici tout ce qu’il contient.').waitFor();
    // The other windows speak French at once.
    await connect.getByRole('heading', { name: 'Connexion' }).waitFor();
  });
});

/** What is made in Outlook's pane arrives in BlueMind's, and what becomes of it there comes back. */
async function crossesBothWays(page: Page): Promise<void> {
  const [outlook, server] = [paneOf(page, 'Outlook'), paneOf(page, 'BlueMind')];
  // What is made before both sides have met counts as having been there before, and is left alone until it is imported.
  await page.getByText(/^Last run/).waitFor();
  await outlook.getByRole('button', { name: 'New appointment' }).click();
  await page.getByLabel('Title').fill('Tea with Ann');
  await page.keyboard.press('Enter');
  await eventIn(outlook, 'Tea with Ann').waitFor();
  await eventIn(server, 'Tea with Ann').press('Enter');
  await page.getByLabel('Title').fill('Coffee with Ann');
  await page.getByRole('button', { name: 'Save' }).click();
  await eventIn(server, 'Coffee with Ann').waitFor();
  await eventIn(outlook, 'Coffee with Ann').waitFor();
  await eventIn(outlook, 'Coffee with Ann').press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await eventIn(server, 'Coffee with Ann').waitFor({ state: 'detached' });
}

/** Opens a window from the page's BlueMind tab. */
async function open(page: Page, name: string): Promise<Page> {
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  await window.locator('main').waitFor();
  return window;
}
