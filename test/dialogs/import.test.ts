import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/agent/api/routes.ts';
import { answers, containers, IMPORT } from './answers.ts';
import { openBrowser, withoutBrowser } from './browser.ts';
import { dropFile } from './drop-file.ts';
import { faultsOf, missedByTab } from './faults.ts';
import { openStage, type Stage } from './stage.ts';

type State = Answer<'import'>;
/** @units milliseconds; a browser on a busy machine */
const PATIENCE = { timeout: 180_000 };
/** `npm run test:long` looks at it in more ways. */
const LONG = process.env['RUNS'] !== undefined;
const IDLE: State = { ...IMPORT, state: 'idle', what: null, files: [], report: null };
const LAST = { id: 'i1', at: '2026-03-02T08:00:00.000Z', sources: ['people.vcf'], items: 3 };
const UNDONE: NonNullable<State['undone']> = {
  ...{ outcome: 'done', sources: ['people.vcf'], removed: 2, changed: 1, gone: 0, failed: 0 },
  stay: [{ title: 'Ann Poe', reason: null }],
};
type Report = NonNullable<State['report']>;
const DAMAGED: Report['sources'][number] = {
  ...{ name: 'old.pst', kind: null },
  failure: { code: 'IMPORT_DAMAGED', message: 'In the words of the agent.' },
};
/** `asked` is what the window has asked for. */
type Scripted = { readonly asked: unknown[]; next(state: Partial<State>): void };
const CALENDAR = containers(2, 'calendar')[0]?.uid;
const BOOK = containers(2, 'addressbook')[0]?.uid;
/** For whom the words of an answer are, as the browser tells it. */
const READER = { language: 'en', habits: 'en-GB', zone: 'Europe/Paris' };

describe.skipIf(withoutBrowser !== undefined)(
  `the import window in a real browser${withoutBrowser ?? ''}`,
  PATIENCE,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser?.close());

    /** An agent that imports by a script; `next` is what it tells from now on. */
    async function staged(work: (stage: Stage, agent: Scripted) => Promise<void>) {
      let state = IDLE;
      let stage: Stage | undefined;
      const asked: unknown[] = [];
      const next = (changed: Partial<State>) => {
        state = { ...state, ...changed };
        stage?.tell({ kind: 'changed', what: 'import' });
      };
      const table = answers({
        import: () => state,
        'import/file': ({ name, size }) => {
          next({ files: [...state.files, { file: state.files.length + 1, name, size, received: 0 }] });
          return { file: state.files.length };
        },
        'import/piece': ({ file, at, bytes }) => {
          asked.push([file, at, Buffer.from(bytes, 'base64').length]);
          return { received: at };
        },
        'import/look': (wish) => {
          asked.push(['look', wish]);
          next({ state: 'looking', what: wish.what });
          return { begun: true };
        },
        'import/take': (wish) => {
          asked.push(['take', wish]);
          next({ state: 'taking' });
          return { begun: true };
        },
        'import/undo': ({ id }) => {
          asked.push(['undo', id]);
          next({ state: 'undoing', what: 'files', report: null });
          return { begun: true };
        },
        'import/cancel': () => {
          asked.push('cancel');
          next({ cancelling: true });
          return { cancelled: true };
        },
        'import/forget': () => {
          next(IDLE);
          return state;
        },
      });
      stage = await openStage(browser, { table });
      try {
        await work(stage, { asked, next });
        expect(stage.complaints).toEqual([]);
      } finally {
        await stage.close();
      }
    }

    it('[A4] what was in Outlook is looked at and imported by the keyboard alone, and can be cancelled', async () => {
      await staged(async (stage, { asked, next }) => {
        const page = await stage.show('import');
        expect(await missedByTab(page)).toEqual([]);
        await page.getByRole('radio', { name: 'What was in Outlook before' }).focus();
        await page.keyboard.press('Enter');
        await page.getByText('Reading').waitFor();
        next({ progress: { source: 'Calendar', share: 0.5, items: 21 } });
        await page.getByText('21 items').waitFor();
        await page.getByRole('button', { name: 'Cancel' }).focus();
        await page.keyboard.press('Space');
        await page.getByText('Ending…').waitFor();
        next({ state: 'looked', report: IMPORT.report, progress: null, cancelling: false });
        await page.getByRole('row', { name: 'Appointments' }).waitFor();
        expect(await page.getByRole('row', { name: 'Appointments' }).locator('td').allTextContents()).toEqual([
          '1',
          '0',
          '0',
          '1',
        ]);
        await page.getByText('has 9000 attendees; 5000 can be kept').waitFor();
        await page.getByRole('button', { name: 'Import 1 item' }).focus();
        await page.keyboard.press('Enter');
        await page.getByText('Importing').waitFor();
        const counts = { ...IMPORT.report?.counts, event: { new: 0, taken: 1, there: 0, left: 0, refused: 0 } };
        const report = { ...IMPORT.report, counts, refused: [] } as NonNullable<State['report']>;
        next({ state: 'taken', report });
        await page.getByText('1 item was imported.').waitFor();
        const wish = { what: 'outlook', calendar: CALENDAR, book: BOOK, ...READER };
        expect(asked).toEqual([['look', wish], 'cancel', ['take', wish]]);
        await undoes(page, { asked, next });
      });
    });

    /** The last import from files, taken back after a question. */
    async function undoes(page: Page, { asked, next }: Scripted) {
      next({ last: LAST });
      await page.getByRole('radio', { name: 'Files' }).focus();
      await page.keyboard.press('Space');
      await page.getByText('3 items from people.vcf').waitFor();
      await page.getByRole('button', { name: 'Undo this import' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).press('Enter');
      expect(asked).not.toContainEqual(['undo', 'i1']);
      await page.getByRole('button', { name: 'Undo this import' }).press('Enter');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).press('Enter');
      await page.getByText('Undoing…').waitFor();
      next({ state: 'undone', undone: UNDONE, last: null });
      await page.getByText('2 items were removed again. 1 item was changed since, and stays.').waitFor();
      await page.getByText('Ann Poe · changed since').waitFor();
      expect(asked).toContainEqual(['undo', 'i1']);
    }

    it('[A4] files are let go of anywhere on the window; the result comes into view, and goes when other files come', async () => {
      await staged(async (stage, { next }) => {
        const page = await stage.show('import', { width: 480, height: 420 });
        await dropFile(page.getByRole('heading', { level: 1 }), 'dropped.ics', 'BEGIN:VCALENDAR');
        await page.getByText('dropped.ics (15').waitFor();
        await page.getByRole('button', { name: 'Preview' }).click();
        await page.getByText('Reading').waitFor();
        next({ state: 'looked', report: IMPORT.report });
        const result = page.getByRole('region', { name: 'Result' });
        await result.waitFor();
        const { y = -1 } = (await result.boundingBox()) ?? {};
        expect(y > 0 && y < 420).toBe(true);
        await dropFile(page.getByRole('heading', { level: 1 }), 'other.ics', 'BEGIN:VCALENDAR');
        await page.getByText('other.ics (15').waitFor();
        expect(await result.count()).toBe(0);
      });
    });

    it.skipIf(!LONG)(
      '[A4] files are dropped or chosen, handed over in pieces, and another target asks for another look',
      async () => {
        await staged(async (stage, { asked, next }) => {
          const page = await stage.show('import');
          await page.getByRole('radio', { name: 'Files' }).click();
          await dropFile(page.getByRole('region', { name: 'Files to import' }), 'dropped.ics', 'BEGIN:VCALENDAR');
          await page.getByText('dropped.ics (15').waitFor();
          const chosen = { name: 'chosen.pst', mimeType: '', buffer: Buffer.alloc(1_250_000) };
          await page.locator('input[type=file]').setInputFiles(chosen);
          await page.getByText('chosen.pst (1.3 MB)').waitFor();
          await page.getByRole('button', { name: 'Preview' }).click();
          await page.getByText('Reading').waitFor();
          next({ state: 'looked', report: IMPORT.report });
          await page.getByRole('button', { name: 'Import 1 item' }).waitFor();
          await page.getByRole('combobox', { name: 'Appointments into' }).selectOption('Suppliers');
          await page.getByRole('button', { name: 'Preview' }).waitFor();
          expect(await page.getByRole('button', { name: /^Import/ }).count()).toBe(0);
          expect(asked).toEqual([
            [1, 0, 15],
            [2, 0, 1_000_000],
            [2, 1_000_000, 250_000],
            ['look', { what: 'files', calendar: CALENDAR, book: BOOK, ...READER }],
          ]);
        });
      },
    );

    it.skipIf(!LONG)(
      '[A4] in French, in the dark and on a small screen, no state has a fault that axe finds, or text that is cut',
      async () => {
        await staged(async (stage, { next }) => {
          const faults: unknown[] = [];
          const failure = { code: 'NO_RIGHT', message: 'You may not.', retry: 'never', after: null } as const;
          const looks = [
            { language: 'fr', dark: true },
            { language: 'fr', width: 320, height: 640 },
            { contrast: true },
          ] as const;
          const states: readonly Partial<State>[] = [
            { ...IMPORT, last: LAST, report: { ...(IMPORT.report as Report), sources: [DAMAGED] } },
            { ...IDLE, state: 'undone', what: 'files', undone: UNDONE },
            { ...IDLE, state: 'taking', what: 'files', progress: { source: 'a.pst', share: 0.3, items: 7 } },
            { ...IDLE, state: 'failed', what: 'outlook', failure },
          ];
          for (const [at, state] of states.entries()) {
            next(state);
            const page = await stage.show('import', looks[at] ?? {});
            faults.push(...(await faultsOf(page)).map((fault) => ({ at, fault })));
            if (at === 0) await page.getByText('Ce qui ne peut pas être repris').waitFor();
            if (at === 0) await page.getByText('old.pst : ce fichier est endommagé.').waitFor();
            await page.context().close();
          }
          expect(faults).toEqual([]);
        });
      },
    );
  },
);
