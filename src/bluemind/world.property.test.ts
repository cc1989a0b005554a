import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { seriesKit } from '../domain/content-kit.ts';
import type { Series } from '../domain/event.ts';
import { PATIENCE } from '../sync/testing/arbitrary-world.ts';
import { memoryState } from '../sync/testing/memory-state.ts';
import { memoryWorldSide } from '../sync/testing/memory-world-side.ts';
import { type OpenRound, openRounds, openWorld } from '../sync/testing/open-world.ts';
import { calendarWorld, EVENT_SPEECH, type ServerWorld } from './testing/event-world.ts';
import { FAULTS, faultyNetwork } from './testing/faulty-network.ts';
import { janesSession, liveServer } from './testing/live-server.ts';

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
  '[S1] [S2] nothing is lost and everything comes to rest over a network that fails in every way',
  async () => {
    const property = fc.asyncProperty(openRounds, async (rounds) => {
      const state = memoryState<Series>();
      const sides = { server: calendarWorld(world), outlook: memoryWorldSide<Series>('outlook') };
      const found = await openWorld(
        { sides, kit: seriesKit, speech: EVENT_SPEECH, state, history: state.history, tick: () => {} },
        rounds,
      );
      expect(found).toEqual([]);
    });
    await fc.assert(property, {
      ...runs(30),
      examples: FAULTS.map((_, kind): [OpenRound[]] => [[secondRequest(kind)]]),
    });
    expect([...world.network.happened.keys()].sort(), 'every kind of fault has happened').toEqual([...FAULTS].sort());
  },
  PATIENCE,
);

/** A round whose second request meets this kind of fault. */
function secondRequest(kind: number): OpenRound {
  const add = { on: 'outlook', deed: 'add', pick: 0, field: 0 } as const;
  const weather = { server: kind + 2 * FAULTS.length, outlook: undefined };
  return { before: [add], during: [], crashAt: undefined, weather, loseCursors: false };
}
