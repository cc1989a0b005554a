import { expect, it } from 'vitest';
import { openSettings } from '../../agent/host/testing/memory-settings.ts';
import { statusWith } from '../../agent/tray/testing/status.ts';
import type { Updates } from '../../agent/updates.ts';
import { fakeTray } from '../../desktop/testing/fake-tray.ts';
import { NEW_STATE, type UpdateState } from '../../update/state.ts';
import { iconOver } from './tray-icon.ts';

const staged = { at: 'staged', offer: { version: '2.0.0' } } as UpdateState['step'];

/** Updates with one that waits; Outlook is found to run when told. */
function waiting(running: () => Promise<boolean>): Updates {
  const outlook = { running, quit: async () => true, start: async () => {} };
  return {
    off: () => undefined,
    updater: { read: () => ({ ...NEW_STATE, step: staged }) },
    outlook,
  } as unknown as Updates;
}

async function icon(updates: Updates | undefined) {
  const tray = fakeTray();
  const done: string[] = [];
  const host = {
    want: (why: string) => done.push(why) > 0,
    link: (dialog: string) => `http://x/${dialog}`,
    stop: () => void done.push('stop'),
  };
  const parts = {
    host,
    updates,
    clock: { now: () => 0 },
    log: { failure: (_what: string, error: unknown) => void done.push(String(error)) },
  };
  const made = await iconOver({ ...parts, agent: { storage: { settings: openSettings() } } }, tray.open, 'en');
  return { tray, done, ...made };
}

it('the icon follows the agent, its menu works on it, and it goes with it', async () => {
  const { tray, done, changed, close } = await icon(undefined);
  changed(statusWith());
  await expect.poll(() => tray.looks.length).toBe(1);
  tray.press('synchronize');
  tray.press('quit');
  expect(done).toEqual(['asked', 'stop']);
  await close();
  expect(tray.isThere()).toBe(false);
});

it('an update that Outlook stands in the way of is told; what took long to find out does not undo what came after', async () => {
  const slow = Promise.withResolvers<boolean>();
  let asked = 0;
  const { tray, done, changed } = await icon(waiting(() => (asked++ === 0 ? slow.promise : Promise.resolve(true))));
  changed(statusWith({ state: 'running' }));
  changed(statusWith());
  await expect.poll(() => tray.notices.map(({ title }) => title)).toEqual(['An update waits']);
  slow.resolve(true);
  await slow.promise;
  await new Promise(setImmediate);
  expect(tray.looks.map(({ state }) => state)).toEqual(['inStep']);
  expect(done).toEqual([]);
});
