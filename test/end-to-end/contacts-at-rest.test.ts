/** What a run costs that has nothing to do: the same for any number of contacts. */
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { contactsWorld } from '../../bench/contacts/world.ts';
import { PHOTOS_PER_RUN } from '../../src/bluemind/book-service.ts';
import { newFolder } from './world.ts';

/** Requests and calls of a run that has nothing to do, and of one that brings a single change. */
async function costs(count: number) {
  const home = newFolder();
  const world = await contactsWorld({ home, count });
  try {
    const first = await world.run();
    expect(first).toMatchObject({ changes: 2 * count + 1, failed: 0 });
    // Outlook's times are whole seconds: what was written just now is read once more when its second is over.
    await setTimeout(2100);
    await world.run();
    const rest = await world.run();
    await world.changeOnServer(1);
    return { rest, one: await world.run() };
  } finally {
    await world.close();
    rmSync(home, { recursive: true, force: true });
  }
}

test('a run with nothing to do makes no request per contact and no call per contact into Outlook', async () => {
  const [few, many] = [await costs(15), await costs(45)];
  expect(few.rest).toMatchObject({ changes: 0, failed: 0 });
  expect(many.rest).toEqual(few.rest);
  expect(many.rest.requests).toBeLessThan(PHOTOS_PER_RUN + 30);
  expect(many.one).toMatchObject({ changes: 1, failed: 0 });
  expect(many.one.requests - many.rest.requests).toBeLessThan(10);
  expect(many.one.calls - many.rest.calls).toBeLessThan(100);
});
