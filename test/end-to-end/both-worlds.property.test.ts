/** The random world between the real sides: BlueMind over real HTTP on one side, the emulated Outlook on the other, SQLite between. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runs } from '../../src/base/testing/runs.ts';
import { calendarWorld, EVENT_SPEECH, type ServerWorld } from '../../src/bluemind/testing/event-world.ts';
import { faultyNetwork } from '../../src/bluemind/testing/faulty-network.ts';
import { janesSession, liveServer } from '../../src/bluemind/testing/live-server.ts';
import { seriesKit } from '../../src/domain/content-kit.ts';
import type { Series } from '../../src/domain/event.ts';
import { outlookCalendarWorld } from '../../src/outlook/testing/event-world.ts';
import { testStorage } from '../../src/storage/testing.ts';
import { PATIENCE } from '../../src/sync/testing/arbitrary-world.ts';
import { openRounds, openWorld } from '../../src/sync/testing/open-world.ts';

let world: ServerWorld;
beforeAll(async () => {
  const server = await liveServer();
  const network = await faultyNetwork(server.url);
  world = { server, network, session: janesSession(network.url), other: janesSession(server.url) };
});
afterAll(async () => {
  await Promise.all([world.session.close(), world.other.close()]);
  await world.network.close();
  await world.server.close();
});

test(
  '[S1] [S2] nothing is lost and everything comes to rest between a failing network and a failing Outlook',
  async () => {
    const property = fc.asyncProperty(openRounds, async (rounds) => {
      const { storage, state, history } = testStorage<Series>();
      const outlook = await outlookCalendarWorld();
      try {
        const sides = { server: calendarWorld(world), outlook };
        const options = { sides, kit: seriesKit, speech: EVENT_SPEECH, state, history, tick: outlook.tick };
        expect(await openWorld(options, rounds)).toEqual([]);
      } finally {
        await outlook.close();
        storage.close();
      }
    });
    await fc.assert(property, runs(15));
  },
  PATIENCE,
);
