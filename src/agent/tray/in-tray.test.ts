import { expect, it } from 'vitest';
import { fakeTray } from '../../desktop/testing/fake-tray.ts';
import { openSettings } from '../host/testing/memory-settings.ts';
import { setOption } from '../options.ts';
import { type InTray, inTray } from './in-tray.ts';
import { runWith, statusWith } from './testing/status.ts';

const held = (count: number) => statusWith({ attention: { held: count, items: 0 } });

async function world(settings = openSettings()) {
  const tray = fakeTray();
  const done: string[] = [];
  let now = 0;
  const open = (): Promise<InTray> =>
    inTray({
      ...{ open: tray.open, settings, language: 'en', clock: { now: () => now } },
      on: {
        synchronize: () => done.push('synchronize'),
        open: (dialog) => done.push(`open ${dialog}`),
        quit: () => done.push('quit'),
        failed: (error) => done.push(String(error)),
      },
    });
  let shown = await open();
  /** Some minutes later things stand so; the titles of what was told then. */
  const show = (...given: Parameters<InTray['show']>) => {
    now += 5 * 60_000;
    const before = tray.notices.length;
    shown.show(...given);
    return tray.notices.slice(before).map(({ title }) => title);
  };
  const again = async () => {
    await shown.close();
    shown = await open();
  };
  return { tray, done, settings, show, again, soon: (...given: Parameters<InTray['show']>) => shown.show(...given) };
}

it('when all is well nothing is told, and the icon is changed only when it shows something else', async () => {
  const { tray, show } = await world();
  const told = [statusWith(), statusWith({ state: 'running' }), statusWith(), statusWith()].flatMap((status) =>
    show(status, undefined),
  );
  expect(told).toEqual([]);
  expect(tray.looks.map(({ state }) => state)).toEqual(['inStep', 'running', 'inStep']);
});

it('what waits is told once, also over a new start; more of it, or the same after it was over, is told again', async () => {
  const { show, again } = await world();
  expect(show(held(3), undefined)).toEqual(['Waiting for you']);
  expect(show({ ...held(3), state: 'running' }, undefined)).toEqual([]);
  expect(show(held(3), undefined)).toEqual([]);
  await again();
  expect(show(held(2), undefined)).toEqual([]);
  expect(show(held(3), undefined)).toEqual(['Waiting for you']);
  expect(show(held(0), undefined)).toEqual([]);
  expect(show(held(1), undefined)).toEqual(['Waiting for you']);
});

it('several things are told one after the other, the most important first', async () => {
  const { tray, show, soon } = await world();
  const paused = {
    failure: { code: 'LOGIN_REFUSED', message: '', retry: 'never', after: null },
    since: 'then',
  } as const;
  const status = { ...held(1), state: 'paused', paused } as const;
  const update = { version: '2.0.0', byHand: false };
  expect(show(status, update)).toEqual(['Enter your BlueMind password']);
  soon(status, update);
  expect(tray.notices).toHaveLength(1);
  expect([show(status, update), show(status, update), show(status, update)]).toEqual([
    ['Waiting for you'],
    ['An update waits'],
    [],
  ]);
});

it('failures are told when they repeat, and never that a computer is not online or Outlook is closed', async () => {
  const { show } = await world();
  const failing = (...run: Parameters<typeof runWith>) => show(statusWith({ last: runWith(...run) }), undefined);
  expect(failing('SERVER_UNREACHABLE', 50)).toEqual([]);
  expect(failing('OUTLOOK_UNAVAILABLE', 50)).toEqual([]);
  expect(failing('SERVER_ERROR', 4)).toEqual([]);
  expect(failing('SERVER_ERROR', 5)).toEqual(['Synchronization fails']);
  expect(show(statusWith({ state: 'running' }), undefined)).toEqual([]);
  expect(failing('SERVER_ERROR', 6)).toEqual([]);
  expect(failing('CERTIFICATE_UNTRUSTED', 1, 'never')).toEqual([]);
  expect(failing('CERTIFICATE_UNTRUSTED', 2, 'never')).toEqual(['Synchronization fails']);
});

it('where notices are off the icon still shows what waits, and they are told once they are on', async () => {
  const { tray, settings, show } = await world();
  setOption(settings, 'notices', 'off');
  expect(show(held(1), undefined)).toEqual([]);
  expect(tray.looks.at(-1)?.state).toBe('attention');
  setOption(settings, 'notices', 'on');
  expect(show(held(1), undefined)).toEqual(['Waiting for you']);
});

it('the menu does what it says; a click on a notice opens what it is about; without an account all leads to Connect', async () => {
  const { tray, done, show, again } = await world();
  show(statusWith({ state: 'unconnected', account: null }), undefined);
  for (const event of ['open', 'synchronize'] as const) tray.press(event);
  show(held(1), undefined);
  for (const event of ['notice', 'open', 'synchronize', 'quit'] as const) tray.press(event);
  expect(done).toEqual(['open connect', 'open connect', 'open held', 'open status', 'synchronize', 'quit']);
  await again();
  expect(tray.isThere()).toBe(true);
});
