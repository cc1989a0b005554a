import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALOGS } from '../../src/agent/api/routes.ts';
import { must } from '../../src/base/assert.ts';
import { answers, containers, FAILED, RUN, refusal, STATUS } from './answers.ts';
import { openBrowser, withoutBrowser } from './browser.ts';
import { faultsOf, missedByTab } from './faults.ts';
import { type Look, openStage, type Stage } from './stage.ts';

const WINDOWS = DIALOGS.filter((dialog) => dialog !== 'trial');
const LOOKS: readonly Look[] = [
  { language: 'en' },
  { language: 'fr', dark: true },
  { language: 'fr', width: 320, height: 640 },
  { language: 'en', contrast: true, width: 1000 },
];
/** What the connector can be in, besides well. */
const STATES = {
  well: {},
  unconnected: { status: { ...STATUS, account: null, state: 'unconnected', last: null, next: null } },
  paused: {
    status: {
      ...STATUS,
      state: 'paused',
      paused: { failure: { ...FAILED, code: 'LOGIN_REFUSED' }, since: RUN.startedAt },
      push: 'off',
      attention: { held: 2, items: 1 },
      warnings: [{ code: 'INTERVAL_SHORT', message: 'Short.' }],
    },
  },
  running: {
    status: {
      ...STATUS,
      state: 'running',
      progress: {
        startedAt: RUN.startedAt,
        why: 'push',
        cancelling: false,
        folders: [
          { name: 'Calendar', kind: 'calendar', state: 'done', done: 12, total: 12 },
          { name: 'Team', kind: 'calendar', state: 'running', done: 3, total: 40 },
          { name: 'Contacts', kind: 'addressbook', state: 'failed', done: 0, total: null },
          { name: 'Directory', kind: 'addressbook', state: 'waiting', done: 0, total: null },
        ],
      },
    },
  },
} as const satisfies Record<string, Parameters<typeof openStage>[1]>;

/** `npm run test:long` looks at every window in every state and in twice as many ways. */
const LONG = process.env['RUNS'] !== undefined;
/** Windows in which one types or chooses: those that the ordinary run examines. */
const TYPED = ['connect', 'own-books', 'held', 'report'] as const;
/** @units milliseconds; a browser on a busy machine */
const PATIENCE = { timeout: 180_000 };

describe.skipIf(withoutBrowser !== undefined)(`the windows in a real browser${withoutBrowser ?? ''}`, PATIENCE, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  const staged = async (options: Parameters<typeof openStage>[1], work: (stage: Stage) => Promise<void>) => {
    const stage = await openStage(browser, options);
    try {
      await work(stage);
      expect(stage.complaints).toEqual([]);
    } finally {
      await stage.close();
    }
  };

  it.each(Object.entries(STATES).filter(([name]) => LONG || name === 'well'))(
    '%s: no window has a fault that axe finds, or text that is cut',
    async (_name, state) => {
      await staged(state, async (stage) => {
        const faults: unknown[] = [];
        for (const [at, dialog] of (LONG ? WINDOWS : TYPED).entries()) {
          for (const look of [LOOKS[at % 4], LOOKS[(at + 2) % 4]].slice(0, LONG && state === STATES.well ? 2 : 1)) {
            const page = await stage.show(dialog, look);
            faults.push(...(await faultsOf(page)).map((fault) => ({ dialog, ...look, fault })));
            await page.context().close();
          }
        }
        expect(faults).toEqual([]);
      });
    },
  );

  it('every window says a failure in the language of its user, with the code', async () => {
    const broken = answers({
      containers: refusal('SERVER_UNREACHABLE'),
      history: refusal('SERVER_UNREACHABLE'),
      held: refusal('SERVER_UNREACHABLE'),
      options: refusal('SERVER_UNREACHABLE'),
      runs: refusal('SERVER_UNREACHABLE'),
    });
    await staged({ table: broken }, async (stage) => {
      for (const dialog of ['calendars', 'books', 'own-books', 'history', 'held', 'options', 'status'] as const) {
        const page = await stage.show(dialog, { language: 'fr' });
        await page.getByText('Le serveur est injoignable. Vérifiez votre réseau et réessayez.').first().waitFor();
        await page.getByText('[SERVER_UNREACHABLE]').first().waitFor();
      }
    });
  });

  it('500 calendars are there at once, are searched while one types, and only what changed is saved', async () => {
    const saved: unknown[] = [];
    const table = answers({
      containers: ({ kind }) => containers(500, kind),
      'containers/save': (input) => {
        saved.push(input);
        return containers(500, input.kind);
      },
    });
    await staged({ table }, async (stage) => {
      const page = await stage.show('calendars');
      expect(await page.getByRole('listitem').count()).toBe(500);
      expect(await page.getByRole('checkbox', { name: /^Jane Doe/ }).isDisabled()).toBe(true);
      await page.getByText('Your own calendar is always in Outlook').waitFor();
      await page.keyboard.type('equipe noel');
      await page.getByText('1 entry').waitFor();
      await page.getByRole('checkbox', { name: /Équipe Élan/ }).click();
      await page.getByRole('searchbox').fill('');
      await page.getByRole('checkbox', { name: 'Shared 3, Owner 3, Read only' }).click();
      await page.getByRole('checkbox', { name: 'Shared 3, Owner 3, Read only' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Close' }).waitFor();
      expect(saved).toEqual([{ kind: 'calendar', subscribe: [], unsubscribe: ['calendar:0'] }]);
    });
  });

  it('Connect says beside the box what is wrong with it, before and after asking the server', async () => {
    const status = { ...STATUS, account: null, state: 'unconnected' } as const;
    const table = answers({ 'account/connect': refusal('LOGIN_REFUSED') });
    await staged({ status, table }, async (stage) => {
      const page = await stage.show('connect');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('server');
      await page.keyboard.type('mail.example.com');
      await page.keyboard.press('Tab');
      await page.keyboard.type('jane');
      await page.keyboard.press('Enter');
      await page.getByText('Enter your whole login').waitFor();
      await page.keyboard.type('@example.com');
      await page.keyboard.press('Tab');
      await page.keyboard.type('wrong');
      await page.keyboard.press('Enter');
      await page.getByText('The server refuses this login and password.').waitFor();
      expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true');
      await page.getByLabel('Password').press('End');
      await page.keyboard.type('!');
      expect(await page.getByLabel('Password').getAttribute('aria-invalid')).not.toBe('true');
    });
  });

  it('My address books: Add, F2 and Delete work from the keyboard alone, and Esc takes nothing along', async () => {
    const asked: unknown[] = [];
    const kind = { kind: 'addressbook' };
    const note = (deed: string) => (input: { readonly kind: 'calendar' | 'addressbook' }) => {
      asked.push([deed, input]);
      return must(containers(2, input.kind)[1]);
    };
    const table = answers({
      'containers/add': note('add'),
      'containers/rename': note('rename'),
      'containers/delete': note('delete'),
    });
    await staged({ table }, async (stage) => {
      const page = await stage.show('own-books');
      await page.keyboard.type(' Friends ');
      await page.keyboard.press('Enter');
      await expect.poll(() => asked.length).toBe(1);
      const book = page.getByRole('button', { name: 'Suppliers', exact: true });
      await book.focus();
      await page.keyboard.press('F2');
      await page.keyboard.press('Escape');
      await book.focus();
      await page.keyboard.press('F2');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('Vendors');
      await page.keyboard.press('Enter');
      await expect.poll(() => asked.length).toBe(2);
      await book.focus();
      await page.keyboard.press('Delete');
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await book.focus();
      await page.keyboard.press('Delete');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
      await expect
        .poll(() => asked)
        .toEqual([
          ['add', { ...kind, name: 'Friends' }],
          ['rename', { ...kind, uid: 'addressbook:mine', name: 'Vendors' }],
          ['delete', { ...kind, uid: 'addressbook:mine', confirmed: true }],
        ]);
    });
  });

  it('Waiting for you shows both values of a conflict beside each other, and a press on one keeps it', async () => {
    const asked: unknown[] = [];
    const table = answers({
      'held/decide': (input) => {
        asked.push(input);
        return { decided: 1 };
      },
    });
    await staged({ table }, async (stage) => {
      const page = await stage.show('held', { width: 900 });
      await page.getByRole('region', { name: 'BlueMind: Lunch with Zoë' }).getByText('“Chez Ann”').waitFor();
      const outlook = page.getByRole('region', { name: 'Outlook: Lunch with Zoë' });
      await outlook.getByText('“Canteen”').waitFor();
      await outlook.getByRole('button', { name: 'Keep Outlook’s: Lunch with Zoë' }).press('Enter');
      await expect
        .poll(() => asked, { timeout: 20_000 })
        .toEqual([{ rows: [{ pair: 'p1', key: 'k3' }], decision: 'outlook' }]);
    });
  });

  it('Synchronize follows the run that goes on, and says when the connector cannot be heard', async () => {
    const stage = await openStage(browser);
    const page = await stage.show('synchronize');
    stage.tell({ kind: 'status', status: STATES.running.status as typeof STATUS });
    await page.getByText('3 of 40').waitFor();
    expect(await page.getByRole('button', { name: 'Synchronize' }).isDisabled()).toBe(true);
    stage.tell({ kind: 'status', status: { ...STATUS, last: { ...RUN, changes: 1 } } });
    await page.getByText('1 change was carried out.').waitFor();
    await stage.api.close();
    await page.getByText('The connector cannot be heard at present.').waitFor();
    await page.context().close();
  });

  it('every window is worked by keyboard alone: Tab reaches everything that can be clicked, in a ring that does not end early', async () => {
    await staged(undefined, async (stage) => {
      for (const dialog of LONG ? WINDOWS : TYPED) {
        const page = await stage.show(dialog, { width: 900, height: 900 });
        expect([dialog, await missedByTab(page)]).toEqual([dialog, []]);
        await page.context().close();
      }
    });
  });
});
