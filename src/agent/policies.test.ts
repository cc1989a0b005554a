import { expect, it } from 'vitest';
import { fakeRegistry } from '../outlook/com/testing/fake-registry.ts';
import { POLICY_KEY, policiesInRegistry } from './find-policies.ts';
import { openSettings } from './host/testing/memory-settings.ts';
import { optionOf, setOption } from './options.ts';
import { managedSettings, policiesIn } from './policies.ts';

it('a policy goes before the user’s choice, refuses another, and leaves the choice as it was', () => {
  const own = openSettings();
  setOption(own, 'interval', '45');
  const managed = managedSettings(own, policiesIn({ Interval: 15 }));
  expect(optionOf(managed, 'interval')).toBe(15);
  expect(() => setOption(managed, 'interval', '20')).toThrow('Your organisation manages this setting');
  setOption(managed, 'language', 'fr');
  expect([optionOf(own, 'interval'), optionOf(own, 'language')]).toEqual([45, 'fr']);
});

it('updates that the organisation switched off are off as an option too, and nobody switches them on', () => {
  const managed = managedSettings(openSettings(), policiesIn({ Updates: 'off' }));
  expect(optionOf(managed, 'updates')).toBe('off');
  expect(() => setOption(managed, 'updates', 'on')).toThrow('Your organisation manages this setting');
});

it('a value that is not of its form counts as not set, and is told', () => {
  const { options, notUnderstood, server, updates } = policiesIn({
    ...{ Interval: 0, Language: 'de', GuardShare: '20', Server: ' ', Updates: 'off', Unknown: 1 },
  });
  expect({ server, updates }).toEqual({ server: undefined, updates: false });
  expect([...options]).toEqual([['updates', 'off']]);
  expect(notUnderstood).toEqual(['Server', 'Interval', 'Language', 'GuardShare']);
});

it('policies of the computer go before those of the user; what is neither text nor number is none', () => {
  const registry = fakeRegistry({
    [`localMachine x64 ${POLICY_KEY}|Interval`]: 15,
    [`localMachine x64 ${POLICY_KEY}|Odd`]: Uint8Array.of(0),
    [`currentUser * ${POLICY_KEY}|Interval`]: 20,
    [`currentUser * ${POLICY_KEY}|Server`]: 'https://mail.example.org',
  });
  expect(policiesInRegistry(registry)).toEqual({ Server: 'https://mail.example.org', Interval: 15 });
});
