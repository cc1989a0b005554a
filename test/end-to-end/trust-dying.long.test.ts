/** The process dies before or after every effect of a reset or a restore; a run follows: nothing is lost, nothing is there twice. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { reset } from '../../src/agent/reset.ts';
import { restore } from '../../src/agent/restore.ts';
import type { Working } from '../../src/agent/working.ts';
import { must } from '../../src/base/assert.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { changeInOutlook } from './edits.ts';
import { events, type Json, smallDesk } from './small-desk.ts';
import { CALENDAR, lineTo } from './world.ts';

const small = smallDesk();

class Died extends Error {}

/** Every moment in the long run; in the ordinary one every third, from just after the first effect. */
const [FIRST, STEP] = process.env['RUNS'] === undefined ? [1, 3] : [0, 1];

/** Does `work`, which dies just before or just after its effect number `at` on an item. Returns whether it died. */
async function dying(at: number, work: (working: Working) => Promise<unknown>): Promise<boolean> {
  let moment = -1;
  const counted = async <T>(counts: boolean, effect: () => Promise<T>): Promise<T> => {
    if (!counts) return effect();
    moment += 2;
    if (moment - 1 === at) throw new Died();
    const done = await effect();
    if (moment === at) throw new Died();
    return done;
  };
  const { agent, emulator } = small().desk;
  const session = lineTo(small().server.url);
  const isEffect = ({ steps }: { readonly steps: readonly Json[] }) =>
    steps.some((step) => step.do === 'call' && (step.member === 'Save' || step.member === 'Delete'));
  const working: Working = {
    storage: agent.storage,
    account: must(agent.storage.accounts.all()[0]),
    session: { ...session, call: (call) => counted(call.path.endsWith('/_mupdates'), () => session.call(call)) },
    executor: {
      ...emulator.executor,
      run: (program) => counted(isEffect(program), () => emulator.executor.run(program)),
    },
    registry: undefined,
    clock: systemClock,
    newId: randomUUID,
  };
  try {
    await work(working);
    return false;
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    return true;
  } finally {
    await session.close();
  }
}

const isCalendar = ({ folders }: { readonly folders: { readonly server: string } }) => folders.server === CALENDAR;
const titles = (rows: readonly (readonly [string, string])[]) => rows.map(([, title]) => title);

async function expectOnce(wanted: readonly string[]): Promise<void> {
  await small().run();
  expect(await small().run()).toMatchObject({ changes: 0, failed: 0, held: 0 });
  expect(titles(await small().onServer(CALENDAR))).toEqual(wanted);
  expect(titles(await small().inOutlook(CALENDAR))).toEqual(wanted);
}

it.each(['send', 'drop'] as const)(
  '[U2] a reset (%s) that dies at any effect leaves nothing out and nothing twice',
  async (unsent) => {
    await small().change({ add: events(3) });
    await small().run();
    let at = FIRST;
    for (let died = true; died; at += STEP) {
      const [[id] = ['']] = await small().inOutlook(CALENDAR);
      await changeInOutlook(small().desk.emulator, id, { Location: `Place ${at}` });
      died = await dying(at, (working) => reset(working, 'Calendar', { unsent }));
      await expectOnce(['Event 00', 'Event 01', 'Event 02']);
      // What was not sent is on the server or in the history.
      const kept = [...small().desk.agent.storage.history.entries({})].map(({ content }) => JSON.stringify(content));
      const { server } = await small().desk.agent.look(must(small().desk.agent.pairs().find(isCalendar)).id);
      expect([JSON.stringify(server), ...kept].some((text) => text.includes(`Place ${at}`))).toBe(true);
    }
    expect(at).toBeGreaterThan(6);
  },
);

it.each(['server', 'outlook', 'both'] as const)(
  '[U1] a restore to %s that dies at any effect is completed by the next one, once',
  async (to) => {
    let at = FIRST;
    for (let died = true; died; at += STEP) {
      await small().change({ add: events(2) });
      await small().run();
      await small().change({ delete: [{ uid: 'event-0' }] });
      await small().run();
      const [entry] = [...small().desk.agent.storage.history.rows({})];
      died = await dying(at, (working) => restore(working, must(entry).id, to));
      // Whether it was made already or not: it is asked for again after a run, and is there once.
      await small().run();
      await small().desk.agent.trust.restore(must(entry).id, to);
      await expectOnce(['Event 00', 'Event 01']);
      for (const [uid] of await small().onServer(CALENDAR)) await small().change({ delete: [{ uid }] });
      await small().run();
    }
    expect(at).toBeGreaterThan(2);
  },
);
