/** Reports of runs: what, when, how long, why, what failed and what the user can do; over real HTTP, with the emulator. */
import { expect, it } from 'vitest';
import { CANCELLED, Failure } from '../../src/base/failure.ts';
import { connector, inside, json } from './connector.ts';
import { changeInOutlook } from './edits.ts';
import { event, events, type Json, smallDesk } from './small-desk.ts';
import { CALENDAR } from './world.ts';

const small = smallDesk();
const runs = () => small().desk.agent.storage.runs.list(10);

it('a run is noted with its counts and reason, several idle ones as one, a failed and a cancelled one with the failure', async () => {
  await small().change({ add: events(3) });
  await small().run();
  for (const why of ['timer', 'timer', 'push'] as const) await small().run({ why });
  const cancelled = small().desk.agent.run({ signal: { aborted: true } as AbortSignal });
  await expect(cancelled).rejects.toThrow(Failure);
  await small().server.close();
  await expect(small().desk.agent.run()).rejects.toThrow(Failure);
  expect(
    runs().map(({ why, times, changes, failure, endedAt }) => [
      why,
      times,
      changes,
      failure?.code,
      endedAt !== undefined,
    ]),
  ).toEqual([
    ['asked', 1, 0, expect.stringMatching(/^SERVER_/), true],
    ['asked', 1, 0, CANCELLED, true],
    ['timer', 3, 0, undefined, true],
    ['asked', 1, 3, undefined, true],
  ]);
});

it('by the real program: what was done in each folder and why, what is kept, and what to do', async () => {
  await small().change({ add: events(13) });
  await small().run();
  const [[id] = ['']] = await small().inOutlook(CALENDAR);
  await changeInOutlook(small().desk.emulator, id, { Location: 'mine' });
  await small().change({
    modify: [event(0, { location: 'theirs' })],
    delete: events(13)
      .slice(1)
      .map(({ uid }) => ({ uid })),
  });
  await small().run();
  await small().between(async () => {
    const listed = await connector(['runs', '--data', small().home]);
    expect(listed.out).toMatch(
      /^2 {2}\S+ \S+ {2}asked {2}1 change, 12 waiting for you in \d folders, [\d.]+ s\.\n1 {2}\S+ \S+ {2}asked {2}13 changes in \d folders, [\d.]+ s\.\n$/,
    );
    const shown = await inside(['runs', 'show', '2', '--data', small().home]);
    expect(shown.out).toMatch(
      /^Calendar: Update in Outlook: “Event 00” \(place\) – .* \[T3\] – Your version is in the history/m,
    );
    expect(shown.out).toMatch(
      /^Calendar: Delete in Outlook: “Event 05” – .* \[G1\] – Not done – Decide with `connector held list`\.$/m,
    );
    const one = json<Json>(await inside(['runs', 'show', '1', '--json', '--data', small().home]));
    expect(one.folders.find(({ folder }: Json) => folder === 'Calendar')).toMatchObject({
      outcome: 'done',
      seconds: expect.any(Number),
    });
    const unknown = await inside(['runs', 'show', '99', '--data', small().home]);
    expect([unknown.exit, unknown.err]).toEqual([72, expect.stringContaining('[ITEM_NOT_FOUND]')]);
  });
});
