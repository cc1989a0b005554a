import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { EVENT_SPEECH } from '../bluemind/testing/event-world.ts';
import { seriesKit } from '../domain/content-kit.ts';
import type { Series } from '../domain/event.ts';
import { PATIENCE } from '../sync/testing/arbitrary-world.ts';
import { memoryState } from '../sync/testing/memory-state.ts';
import { memoryWorldSide } from '../sync/testing/memory-world-side.ts';
import { openRounds, openWorld } from '../sync/testing/open-world.ts';
import { outlookCalendarWorld } from './testing/event-world.ts';

test(
  '[S1] [S2] nothing is lost and everything comes to rest over an Outlook that is busy, slow and fails at any step',
  async () => {
    const property = fc.asyncProperty(openRounds, async (rounds) => {
      const state = memoryState<Series>();
      const outlook = await outlookCalendarWorld();
      try {
        const sides = { server: memoryWorldSide<Series>('server'), outlook };
        const world = { sides, kit: seriesKit, speech: EVENT_SPEECH, state, history: state.history };
        expect(await openWorld({ ...world, tick: outlook.tick }, rounds)).toEqual([]);
      } finally {
        await outlook.close();
      }
    });
    await fc.assert(property, runs(40));
  },
  PATIENCE,
);
