/** [F12] The process dies just before or just after every effect on whole folders; the next runs complete what was begun, once. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runPairs } from '../../src/agent/run.ts';
import type { Working } from '../../src/agent/working.ts';
import { must } from '../../src/base/assert.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import type { Executor } from '../../src/outlook/program/program.ts';
import { type Office, openOffice } from './folder-world.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await office.run();
});
afterEach(() => office.close());

class Died extends Error {}

/** Every effect in the long run; in the ordinary one every third moment, before some effects and after others. */
const STEP = process.env['RUNS'] === undefined ? 3 : 1;

const ON_SERVER = /\/mgmt\/|_subscribe$|_unsubscribe$/;
const IN_OUTLOOK = /^(create|mark|move|rename|delete) folder$/;

/** A run that dies at its effect number `at`: at even ones before the effect, at odd ones after it. Returns whether it died. */
async function dyingRun(at: number): Promise<boolean> {
  let effect = -1;
  const dying = async <T>(counts: boolean, work: () => Promise<T>): Promise<T> => {
    if (!counts) return work();
    effect += 2;
    if (effect - 1 === at) throw new Died();
    const done = await work();
    if (effect === at) throw new Died();
    return done;
  };
  const { agent, emulator } = office.desk;
  const session: Session = {
    ...office.session,
    call: (call) => dying(call.method !== 'GET' && ON_SERVER.test(call.path), () => office.session.call(call)),
  };
  const executor: Executor = {
    ...emulator.executor,
    run: (program) => dying(IN_OUTLOOK.test(program.label), () => emulator.executor.run(program)),
  };
  const { storage } = agent;
  const account = must(storage.accounts.all()[0]);
  const working: Working = {
    storage,
    account,
    session,
    executor,
    registry: undefined,
    clock: systemClock,
    newId: randomUUID,
  };
  try {
    await runPairs(working, {});
    return false;
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    return true;
  }
}

const booksNamed = (name: string) => {
  const { store } = office.server.kernel;
  return store.containers.ofType('addressbook').filter((one) => one.name === name);
};

it('[F12] a folder that becomes a book becomes one, whenever the process dies', async () => {
  let died = true;
  let at = 0;
  for (; died; at += STEP) {
    const name = `Book ${at}`;
    await office.tree.make(name, 'contacts', await office.tree.find('Contacts'));
    await office.write(name, 'Zoe');
    died = await dyingRun(at);
    await office.run();
    expect(booksNamed(name).map(({ uid }) => office.onServer(uid))).toEqual([['Zoe']]);
    expect(await office.inOutlook(name)).toEqual(['Zoe']);
  }
  expect(at).toBeGreaterThan(6);
  expect((await office.run()).notes).toEqual([]);
});

it('[F12] a book that is deleted is deleted, with its history, whenever the process dies', async () => {
  let died = true;
  let at = 0;
  for (; died; at += STEP) {
    const name = `Book ${at}`;
    await office.book(`book:UserCreated_${at}`, name, 5);
    await office.run();
    await office.desk.agent.containers.remove('addressbook', name, { confirmed: true });
    died = await dyingRun(at);
    await office.run();
    expect([booksNamed(name), await office.inOutlook(name)]).toEqual([[], undefined]);
    const kept = [...office.desk.agent.storage.history.rows({})].map(({ title }) => title);
    expect(kept).toEqual(expect.arrayContaining([0, 1, 2, 3, 4].map((one) => `${name} ${one}`)));
  }
  expect(at).toBeGreaterThan(4);
  expect((await office.run()).notes).toEqual([]);
});

it('[F12] a folder that is taken down or put back ends where it belongs, whenever the process dies', async () => {
  let died = true;
  let at = 0;
  for (; died; at += STEP) {
    const [left, shared] = [`Book ${at}`, `Team ${at}`];
    await office.book(`book:UserCreated_${at}`, left, 4);
    office.shared(`calendar:UserCreated:${at}`, shared, 'Write');
    await office.run();
    office.unsubscribe(`book:UserCreated_${at}`);
    await office.tree.remove(await office.tree.find(`${shared} (John Roe)`));
    died = await dyingRun(at);
    await office.run();
    expect([office.onServer(`book:UserCreated_${at}`)?.length, await office.inOutlook(left)]).toEqual([4, undefined]);
    expect(await office.folders()).toEqual(expect.arrayContaining([`-${left}`, `${shared} (John Roe)`]));
    expect(await office.folders()).not.toContain(left);
  }
  expect(at).toBeGreaterThan(4);
  expect((await office.run()).notes).toEqual([]);
});
