/**
 * How soon a window is seen, and what its scripts weigh: `node bench/dialogs.ts`. The agent of the pictures answers, idle; each window is
 * opened in a browser profile of its own, so that nothing is in any cache. First paint is what the browser tells as
 * `first-contentful-paint`: the window's title and what it is for. The whole window is there when all that it asked the agent for is drawn.
 */
import { gzipSync } from 'node:zlib';
import { DIALOGS } from '../src/agent/api/routes.ts';
import { openBrowser } from '../test/dialogs/browser.ts';
import { openStage } from '../test/dialogs/stage.ts';

const TIMES = Number(process.argv[2] ?? 7);
const browser = await openBrowser();
const stage = await openStage(browser);
for (const dialog of DIALOGS.filter((one) => one !== 'trial')) {
  const paints: number[] = [];
  let weight = 0;
  for (let time = 0; time < TIMES; time++) {
    const page = await stage.show(dialog);
    const seen = await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      scripts: performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.js')),
    }));
    paints.push(seen.paint);
    const texts = await page.evaluate(
      (scripts) => Promise.all(scripts.map(async (script) => (await fetch(script)).text())),
      seen.scripts,
    );
    weight = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
    await page.context().close();
  }
  paints.sort((a, b) => a - b);
  const [median, worst] = [paints[Math.floor(TIMES / 2)], paints.at(-1)].map((paint) =>
    Math.round(paint ?? Number.NaN),
  );
  console.log(
    `${dialog.padEnd(12)} first paint ${median} ms (worst ${worst}) · scripts ${Math.round(weight / 1024)} KB gzipped`,
  );
}
await stage.close();
await browser.close();
