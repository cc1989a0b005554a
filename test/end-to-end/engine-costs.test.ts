/** What an item costs in calls and requests; see docs/performance.md, where the bars are. */
import { expect, test } from 'vitest';
import { openCompany } from '../../bench/engine/company.ts';
import { openDesk } from '../../bench/engine/desk.ts';

/** A first run over so many events, and the run after the memory was lost. */
async function costs(events: number) {
  const company = await openCompany({ calendars: 1, events, books: 1, cards: 0 });
  const desk = await openDesk(company.url);
  try {
    const written = await desk.run();
    expect(written).toMatchObject({ changes: events, failed: 0 });
    await desk.forget();
    const read = await desk.run();
    expect(read).toMatchObject({ changes: 0, failed: 0 });
    return { written, read };
  } finally {
    await desk.close();
    company.close();
  }
}

test('an event costs at most 25 calls to write and 7 to read, and a hundred of them a request', async () => {
  const [few, many] = [await costs(20), await costs(120)];
  const more = 100;
  expect(many.written.outlookCalls - few.written.outlookCalls).toBeLessThanOrEqual(25 * more);
  expect(many.read.outlookCalls - few.read.outlookCalls).toBeLessThanOrEqual(7 * more);
  expect(many.written.requests - few.written.requests).toBeLessThanOrEqual(more / 100);
  expect(many.read.requests - few.read.requests).toBeLessThanOrEqual(more / 100);
});
