/** The trial's page before the real server, emulator and agent: everything that people do in it, by mouse and by keyboard. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { openBrowser, withoutBrowser } from './browser.ts';
import { faultsOf, missedByTab } from './faults.ts';
import { eventIn, paneOf, startTrial, type TrialProgram } from './trial-program.ts';

/** @units milliseconds; a browser and the whole connector on a busy machine */
const PATIENCE = { timeout: 600_000 };
/** The same of what has to cross, or to be drawn. */
const WITHIN = { timeout: 60_000 };
type Look = { locale?: string; dark?: boolean; contrast?: boolean; width?: number; height?: number };

describe.skipIf(withoutBrowser !== undefined)(`the trial’s page${withoutBrowser ?? ''}`, PATIENCE, () => {
  let browser: Browser;
  let trial: TrialProgram;
  beforeAll(async () => {
    [browser, trial] = await Promise.all([openBrowser(), startTrial()]);
  });
  afterAll(async () => {
    await browser?.close();
    trial?.program.kill('SIGTERM');
  });

  const complaints: string[] = [];
  const shown = async ({ locale = 'en-GB', dark, contrast, width = 1400, height = 1000 }: Look = {}): Promise<Page> => {
    const context = await browser.newContext({
      locale,
      timezoneId: 'Europe/Paris',
      colorScheme: dark ? 'dark' : 'light',
      forcedColors: contrast ? 'active' : 'none',
      reducedMotion: 'reduce',
      viewport: { width, height },
    });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text());
    });
    await page.goto(await trial.another());
    await page.locator('[data-event]').first().waitFor();
    return page;
  };
  const panes = (page: Page) => ({ outlook: paneOf(page, 'Outlook'), server: paneOf(page, 'BlueMind') });

  it.each<[string, Look]>([
    ['as most see it', {}],
    ['French and dark, on a telephone', { locale: 'fr-FR', dark: true, width: 320, height: 640 }],
    ['with a contrast theme', { contrast: true, width: 1000 }],
    ['French, on a large screen', { locale: 'fr-FR', width: 3840, height: 2160 }],
  ])('%s: nothing that axe finds, no text that is cut', async (_name, look) => {
    const page = await shown(look);
    const french = look.locale === 'fr-FR';
    const { outlook, server } = panes(page);
    const faults: unknown[] = [];
    const examine = async (what: string) => {
      faults.push(...(await faultsOf(page)).map((fault) => [what, fault]));
    };
    await examine('at first');
    for (const view of french ? ['Jour', 'Semaine', 'Mois'] : ['Day', 'Week', 'Month']) {
      await page.getByRole('tab', { name: view, exact: true }).click();
      await examine(view);
    }
    await page.locator('[data-event]').first().press('Enter');
    await page.getByRole('dialog').locator('input[type=date], input[type=time]').first().waitFor();
    await examine('the form of an appointment');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: french ? 'Jour' : 'Day', exact: true }).click();
    await server.locator('select').selectOption({ index: 2 });
    await examine('a day of a calendar that has little');
    await outlook.getByRole('tab', { name: 'BlueMind' }).click();
    await examine('the BlueMind tab');
    await page.getByRole('tab', { name: 'Contacts' }).click();
    await server.getByRole('listitem').first().waitFor();
    await examine('contacts');
    await server.getByRole('listitem').first().getByRole('button').click();
    await page.getByRole('dialog').waitFor();
    await examine('the form of a contact');
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('by keyboard alone: Tab comes by every control, and keys make, move, lengthen and delete', async () => {
    const page = await shown();
    const { outlook, server } = panes(page);
    expect(await missedByTab(page)).toEqual([]);
    await outlook.getByRole('button', { name: 'New appointment' }).press('Enter');
    await page.keyboard.type('Keys only');
    await page.keyboard.press('Enter');
    const [here, there] = [eventIn(outlook, 'Keys only'), eventIn(server, 'Keys only')];
    await there.waitFor();
    const before = await timeOf(here);
    await here.press('Alt+ArrowUp');
    await expect.poll(() => timeOf(here), WITHIN).not.toBe(before);
    await here.press('Alt+Shift+ArrowDown');
    await expect.poll(async () => lengthOf(await timeOf(here)), WITHIN).toBe(90);
    await expect.poll(async () => (await timeOf(there)) === (await timeOf(here)), WITHIN).toBe(true);
    await there.press('Delete');
    await page.keyboard.press('Escape');
    await there.press('Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
    await here.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('an appointment is dragged in Outlook and made longer in BlueMind; each arrives on the other side', async () => {
    const page = await shown();
    const { outlook, server } = panes(page);
    await makeAt(page, outlook, 'To be dragged', '13:00', '13:30');
    const [here, there] = [eventIn(outlook, 'To be dragged'), eventIn(server, 'To be dragged')];
    await there.waitFor();
    await drag(page, here, 0.5, await heightOfHalfAnHour(here));
    await expect.poll(() => timeOf(here), WITHIN).toBe('13:30–14:00');
    await expect.poll(() => timeOf(there), WITHIN).toBe('13:30–14:00');
    await there.scrollIntoViewIfNeeded();
    await there.hover();
    await drag(page, there, 1, await heightOfHalfAnHour(there));
    await expect.poll(() => timeOf(there), WITHIN).toBe('13:30–14:30');
    await expect.poll(() => timeOf(here), WITHIN).toBe('13:30–14:30');
    await page.context().close();
  });

  it('one occurrence is dragged and another deleted; the whole series moves, and goes', async () => {
    const page = await shown({ width: 1800 });
    const { outlook, server } = panes(page);
    await makeAt(page, outlook, 'Every day', '06:00', '06:30', 'daily');
    const [here, there] = [eventIn(outlook, 'Every day'), eventIn(server, 'Every day')];
    await there.first().waitFor();
    const [first, count] = [here.last(), await here.count()];
    await drag(page, first, 0.5, await heightOfHalfAnHour(first));
    const times = (all: Locator) => async () => (await all.allTextContents()).map(timeIn).sort();
    const usual = (many: number) => Array.from({ length: many }, () => '06:00–06:30');
    await expect.poll(times(there), WITHIN).toEqual([...usual(count - 1), '06:30–07:00']);
    await there.last().press('Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(times(here), WITHIN).toEqual(usual(count - 1));
    await page.getByRole('button', { name: 'Later', exact: true }).click();
    await expect.poll(times(here), WITHIN).toEqual(usual(7));
    await here.first().press('Enter');
    await page.getByLabel('The whole series').click();
    await page.getByLabel('Start time').fill('05:00');
    await page.getByRole('button', { name: 'Save' }).click();
    const early = Array.from({ length: 7 }, () => '05:00–05:30');
    await expect.poll(times(there), WITHIN).toEqual(early);
    await there.first().press('Delete');
    await page.getByRole('alertdialog').getByLabel('The whole series').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await here.first().waitFor({ state: 'detached' });
    expect(await here.count()).toBe(0);
    await page.context().close();
  });

  it.each(['outlook', 'server'] as const)(
    'what is moved into another folder of %s is moved on both sides',
    async (side) => {
      const page = await shown();
      const { outlook, server } = panes(page);
      const from = panes(page)[side];
      const title = `Handed over in ${side}`;
      await makeAt(page, from, title, '11:00', '11:30');
      for (const pane of [outlook, server]) await eventIn(pane, title).first().waitFor(WITHIN);
      await eventIn(from, title).first().press('Enter');
      await page.getByRole('button', { name: 'Move to…' }).click();
      await page.getByRole('menuitem', { name: 'Team calendar' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      for (const pane of [outlook, server])
        await eventIn(pane, title)
          .first()
          .waitFor({ state: 'detached', ...WITHIN });
      // In Outlook its name says whose it is.
      const team = await from.locator('option', { hasText: 'Team calendar' }).getAttribute('value');
      await from.getByRole('combobox').selectOption(must(team ?? undefined));
      for (const pane of [outlook, server]) await eventIn(pane, title).first().waitFor(WITHIN);
      expect([await eventIn(outlook, title).count(), await eventIn(server, title).count()]).toEqual([1, 1]);
      await page.context().close();
    },
  );

  it('contacts and folders cross as well; what may only be read offers nothing else', async () => {
    const page = await shown();
    const { outlook, server } = panes(page);
    await server.getByRole('combobox').selectOption({ label: 'Company calendar (read only)' });
    expect(await server.getByRole('button', { name: 'New appointment' }).isDisabled()).toBe(true);
    await page.getByRole('tab', { name: 'Contacts' }).click();
    await server.getByRole('button', { name: 'New contact' }).click();
    await page.getByLabel('Name').fill('Zelda Quist');
    await page.getByLabel('E-mail').fill('zelda@example.com');
    await page.keyboard.press('Enter');
    await outlook.getByRole('button', { name: /^Zelda Quist/ }).click();
    await page.getByLabel('Company').fill('Quist & Co');
    await page.getByRole('button', { name: 'Save' }).click();
    await server.getByText('Quist & Co · zelda@example.com').waitFor();
    await outlook.getByRole('button', { name: 'Folders in Outlook' }).click();
    await page.getByRole('menuitem', { name: 'New address book…' }).click();
    await page.getByLabel('Name').fill('Choir');
    await page.keyboard.press('Enter');
    await expect.poll(() => server.locator('option', { hasText: 'Choir' }).count(), WITHIN).toBe(1);
    await page.context().close();
  });
});

/** As the calendar shows it: `13:00–13:30`. */
async function timeOf(event: Locator): Promise<string> {
  return timeIn((await event.textContent()) ?? '');
}

function timeIn(text: string): string {
  return /^\d\d:\d\d–\d\d:\d\d/.exec(text)?.[0] ?? text;
}

/** @returns minutes */
function lengthOf(time: string): number {
  const [from = 0, to = 0] = time.split('–').map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)));
  return to - from;
}

async function makeAt(page: Page, pane: Locator, title: string, from: string, to: string, repeats = 'never') {
  await pane.getByRole('button', { name: 'New appointment' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Start time').fill(from);
  await page.getByLabel('End time').fill(to);
  await page.getByLabel('Repeats').selectOption(repeats);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await eventIn(pane, title).first().waitFor();
}

/** @returns pixels; the event lasts half an hour */
async function heightOfHalfAnHour(event: Locator): Promise<number> {
  await event.scrollIntoViewIfNeeded();
  const { y } = must((await event.boundingBox()) ?? undefined);
  const slot = await event.evaluate((one) => {
    const body = one.closest('.trial-calendar');
    const hours = [...(body?.querySelectorAll('*') ?? [])].filter((cell) => /^\d\d$/.test(cell.textContent ?? ''));
    const [first, second] = hours
      .filter((cell) => cell.children.length === 0)
      .map((cell) => cell.getBoundingClientRect());
    return first === undefined || second === undefined ? 0 : (second.top - first.top) / 2;
  });
  expect([y > 0, slot > 10]).toEqual([true, true]);
  return slot;
}

/** Takes an event by a point of it, 0 its upper edge, 1 its lower, and lets go so many pixels further down. */
async function drag(page: Page, event: Locator, by: number, down: number): Promise<void> {
  await event.scrollIntoViewIfNeeded();
  const box = must((await event.boundingBox()) ?? undefined);
  const [x, y] = [box.x + box.width / 2, box.y + (by === 1 ? box.height - 2 : box.height * by)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + down / 2, { steps: 5 });
  await page.mouse.move(x, y + down, { steps: 5 });
  await page.mouse.up();
}
