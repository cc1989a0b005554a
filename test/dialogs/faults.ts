/** What is wrong with a window as it stands in the browser: for people who do not see it, and for those who do not use a mouse. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, what is wider than the window, and what runs out of the window's head or foot. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.waitForTimeout(100);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
  const cut = await page.evaluate(() => {
    const wide = [...document.querySelectorAll<HTMLElement>('main, header, footer, button, label, td, th, li')];
    return wide
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .map((one) => `cut: ${one.tagName} ${one.textContent?.slice(0, 60)}`);
  });
  const over = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header, footer')]
      .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0)
      .map((one) => `over: ${one.tagName} ${one.textContent?.slice(0, 60)}`),
  );
  return [...found, ...cut, ...over];
}

/** Names of enabled controls that Tab does not come by. */
export async function missedByTab(page: Page): Promise<string[]> {
  const all = await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, input, select, textarea, [role=combobox], a[href], [data-event]',
    );
    const reachable = [...controls].filter(
      (one) => !one.matches(':disabled') && one.tabIndex >= 0 && one.checkVisibility(),
    );
    for (const [at, one] of reachable.entries()) one.dataset['tab'] = String(at);
    return reachable.map((one) => `${one.tagName} ${one.textContent || one.getAttribute('aria-label') || one.id}`);
  });
  const seen = new Set<string>();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let presses = 0; presses < all.length * 2 + 10; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const here = document.activeElement as HTMLInputElement | null;
      // Of a group of radio buttons Tab comes by the chosen one; the arrows reach the others.
      if (here?.type === 'radio')
        for (const one of document.getElementsByName(here.name)) (one as HTMLElement).dataset['seen'] = 'yes';
      return here?.dataset['tab'];
    });
    if (at !== undefined) seen.add(at);
  }
  const grouped = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-seen]')].map((one) => one.dataset['tab'] ?? ''),
  );
  for (const at of grouped) seen.add(at);
  return all.filter((_name, at) => !seen.has(String(at)));
}
