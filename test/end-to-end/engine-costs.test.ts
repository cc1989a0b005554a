/** What an item costs in calls and requests; see docs/performance.md, where the bars are. */
import { expect, test } from 'vitest';
import { openCompany } from '../../bench/engine/company.ts';
import { openDesk } from '../../bench/engine/desk.ts';

/** Outlook tells of a change by the second; after two of them an item counts as still. @units milliseconds */
const STILL = 2500;

/** A first run over so many events, the run after it, which reads them once more, and one after the memory was lost. */
async function costs(events: number) {
  const company = await openCompany({ calendars: 1, events, books: 1, cards: 0 });
  const desk = await openDesk(company.url);
  try {
    const written = await desk.run();
    expect(written).toMatchObject({ changes: events, failed: 0 });
    desk.later(STILL);
    const settling = await desk.run();
    await desk.forget();
    const read = await desk.run();
    for (const run of [settling, read]) expect(run).toMatchObject({ changes: 0, failed: 0 });
    return { written, settling, read };
  } finally {
    await desk.close();
    company.close();
  }
}

test('an event costs at most 25 calls to write and 3 to read, and a hundred of them a request', async () => {
  const [few, many] = [await costs(25), await costs(85)];
  const more = 60;
  const calls = (run: 'written' | 'settling' | 'read') => many[run].outlookCalls - few[run].outlookCalls;
  expect(calls('written')).toBeLessThanOrEqual(25 * more);
  // Besides, a page of the table for every hundred, and texts that are asked for to see whether the table's can be believed.
  for (const run of ['settling', 'read'] as const) expect(calls(run)).toBeLessThanOrEqual(3 * more + 6);
  expect(many.written.requests - few.written.requests).toBeLessThanOrEqual(1);
  expect(many.read.requests - few.read.requests).toBeLessThanOrEqual(1);
});
