/** The windows as the agent serves them, in a browser, before an agent of the test's own. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Dialog } from '../../src/agent/api/routes.ts';
import type { AgentEvent, Status } from '../../src/agent/api/shapes.ts';
import { type LocalApi, type Mounted, openLocalApi } from '../../src/agent/host/local-api.ts';
import { pagesIn } from '../../src/agent/host/pages.ts';
import { buildDialogs } from '../../tools/build-dialogs.ts';
import { answers, STATUS } from './answers.ts';

export type Look = {
  readonly language?: 'en' | 'fr';
  readonly dark?: boolean;
  readonly contrast?: boolean;
  readonly width?: number;
  readonly height?: number;
};

export type Stage = {
  readonly api: LocalApi;
  /** A window in a profile of its own, as somebody sees it who likes it so. */
  show(dialog: Dialog, look?: Look): Promise<Page>;
  tell(event: AgentEvent): void;
  /** What the pages complained of: errors, refused loads, warnings of the content policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
};

export async function openStage(
  browser: Browser,
  { status = STATUS, table = answers() }: { readonly status?: Status; readonly table?: Mounted } = {},
): Promise<Stage> {
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  const api = await openLocalApi({
    port: 0,
    portOption: '--port',
    clock: { now: () => Date.now() },
    tables: [table],
    pages: pagesIn(await buildDialogs()),
    first: () => ({ kind: 'status', status }),
    onFailure: () => {},
  });
  return {
    api,
    complaints,
    tell: (event) => api.tell(event),
    show: async (dialog, { language = 'en', dark = false, contrast = false, width = 640, height = 720 } = {}) => {
      const context = await browser.newContext({
        locale: language === 'fr' ? 'fr-FR' : 'en-GB',
        timezoneId: 'Europe/Paris',
        colorScheme: dark ? 'dark' : 'light',
        forcedColors: contrast ? 'active' : 'none',
        reducedMotion: 'reduce',
        viewport: { width, height },
      });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(`${dialog}: ${error.message}`));
      page.on('console', (message) => {
        // A refused request is what some tests are about; the browser tells each of them.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          complaints.push(`${dialog}: ${message.text()}`);
      });
      await page.addInitScript(watchTitle);
      await page.goto(api.link(dialog));
      await page.locator('main').waitFor();
      await page
        .locator('[role=progressbar].fui-Spinner__spinner, .fui-Spinner')
        .first()
        .waitFor({ state: 'detached' });
      const titles = await page.evaluate(() => [...(globalThis as Watched).titles]);
      if (titles.length > 1)
        complaints.push(`${dialog}: its title changed or moved as it was drawn: ${titles.join(' → ')}`);
      return page;
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await api.close();
    },
  };
}

type Watched = typeof globalThis & { titles: Set<string> };

/** Notes in every frame that is painted what the window's title says, where it stands and how it looks: from the page's own frame to the drawn window. */
function watchTitle(): void {
  const titles = new Set<string>();
  (globalThis as Watched).titles = titles;
  const look = () => {
    const title = document.querySelector('h1');
    if (title !== null) {
      const { x, y, width, height } = title.getBoundingClientRect();
      const { color, font } = getComputedStyle(title);
      titles.add([title.textContent, x, y, width, height, color, font].join(' '));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
