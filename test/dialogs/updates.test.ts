import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, NEWS, UPDATES } from './answers.ts';
import { openBrowser, withoutBrowser } from './browser.ts';
import { openStage } from './stage.ts';

/** @units milliseconds; a browser on a busy machine */
const PATIENCE = { timeout: 180_000 };

describe.skipIf(withoutBrowser !== undefined)(
  `updates and reports in a real browser${withoutBrowser ?? ''}`,
  PATIENCE,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser?.close());

    it('an update that waits says what is new and asks when; the answer goes to the agent and is shown', async () => {
      const chosen: string[] = [];
      let now = UPDATES;
      const table = answers({
        updates: () => now,
        'updates/install': ({ when }) => {
          chosen.push(when);
          now = { ...UPDATES, wish: { when, at: '2026-03-03T01:00:00.000Z' } };
          return now;
        },
      });
      const stage = await openStage(browser, { table });
      try {
        const page = await stage.show('updates', { language: 'fr' });
        await page.getByText('Outlook est ouvert et doit être redémarré').waitFor();
        await page
          .getByText(NEWS.lines[0] ?? '')
          .first()
          .waitFor();
        await page.getByRole('button', { name: 'Cette nuit' }).click();
        await page.getByText('Elle sera installée après').waitFor();
        expect(chosen).toEqual(['tonight']);
        now = {
          ...UPDATES,
          last: { at: NEWS.date, version: '0.2.0', from: '0.1.0', did: 'not-up' },
          state: 'idle',
          offer: null,
        };
        stage.tell({ kind: 'changed', what: 'updates' });
        await page.getByText('La version 0.2.0 n’a pas démarré ; la version 0.1.0 est revenue').waitFor();
        expect(stage.complaints).toEqual([]);
      } finally {
        await stage.close();
      }
    });

    it('where nothing the user chooses brings updates, that is said once and the switches cannot be moved', async () => {
      const failure = { code: 'UPDATE_OFF', message: 'It runs from its source.', retry: 'later', after: null } as const;
      const off = { ...UPDATES, off: 'source', state: 'idle', offer: null, wish: null, last: null } as const;
      const checked = { at: '2026-03-03T01:00:00.000Z', failure };
      const stage = await openStage(browser, { table: answers({ updates: () => ({ ...off, checked }) }) });
      try {
        const page = await stage.show('updates');
        await page.getByText('This program runs from its source').waitFor();
        await page.getByRole('switch').nth(1).waitFor();
        expect(await page.getByRole('switch', { disabled: true }).count()).toBe(2);
        expect(await page.getByText('UPDATE_OFF').count()).toBe(0);
        expect(stage.complaints).toEqual([]);
      } finally {
        await stage.close();
      }
    });

    it('a report is a tree that opens by keyboard, and leaves with the note only when the user says so', async () => {
      const sent: unknown[] = [];
      const table = answers({
        'report/send': (input) => {
          sent.push(input);
          return { number: '4711' };
        },
      });
      const stage = await openStage(browser, { table });
      try {
        const page = await stage.show('report');
        await page.getByLabel('Your note').fill('The calendar is empty.');
        await page.getByText('note: "The calendar is empty."').waitFor();
        await page.getByText('items (1)').focus();
        await page.keyboard.press('Enter');
        await page.getByText('0', { exact: true }).focus();
        await page.keyboard.press('Enter');
        await page.getByText('rule: "E3"').waitFor();
        expect(sent).toEqual([]);
        await page.getByRole('button', { name: 'Send to mail.example.com' }).click();
        await page.getByText('Sent. Its number is 4711').waitFor();
        expect(sent).toEqual([{ id: 'r1', note: 'The calendar is empty.' }]);
        expect(stage.complaints).toEqual([]);
      } finally {
        await stage.close();
      }
    });
  },
);
