import { expect, it } from 'vitest';
import { runWith, statusWith } from './testing/status.ts';
import { trayLook } from './tray-look.ts';

const looks = (status: Parameters<typeof trayLook>[0], language: 'en' | 'fr' = 'en') => {
  const { state, tip } = trayLook(status, language);
  return [state, tip.split('\n')[1]];
};

it('the icon shows what the user can do something about before what comes back by itself', () => {
  expect(looks(statusWith({ state: 'unconnected', account: null }))).toEqual(['away', 'No account is connected.']);
  expect(looks(statusWith({ state: 'running' }))).toEqual(['running', 'Synchronizing…']);
  expect(looks(statusWith({ state: 'paused' }))).toEqual(['attention', 'The server refuses the password.']);
  const offline = runWith('SERVER_UNREACHABLE');
  expect(looks(statusWith({ last: offline }))).toEqual(['away', 'BlueMind cannot be reached just now.']);
  expect(looks(statusWith({ last: runWith('OUTLOOK_UNAVAILABLE') }))).toEqual(['away', 'Waits for Outlook.']);
  expect(looks(statusWith({ last: offline, attention: { held: 2, items: 0 } }))[0]).toBe('attention');
  expect(looks(statusWith({ last: runWith('STORAGE_FULL') }))).toEqual(['attention', 'Synchronization fails.']);
  expect(looks(statusWith({ attention: { held: 0, items: 1 } }))).toEqual(['attention', '1 item is not in step.']);
});

it('when all is well it says since when, in the user’s language', () => {
  expect(looks(statusWith({ last: null }))).toEqual(['inStep', 'Not synchronized yet.']);
  expect(looks(statusWith())[1]).toMatch(/^In step \(\d\d:\d\d/);
  expect(looks(statusWith(), 'fr')[1]).toMatch(/^À jour \(\d\d:\d\d\)\.$/);
  expect(trayLook(statusWith(), 'fr').menu).toEqual({ synchronize: 'Synchroniser', open: 'Ouvrir', quit: 'Quitter' });
});
