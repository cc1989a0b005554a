import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../src/agent/doctor/finding.ts';
import { endPrefix, startWindowsNode, type WindowsProcess } from '../../tools/windows/wine.ts';
import { control, type RemoteOutlook, registerFake, startClient, startFake } from './outlook-world.ts';

let fake: WindowsProcess | undefined;
let client: RemoteOutlook | undefined;

beforeAll(async () => {
  // Nothing of other tests is left in the table of running objects.
  endPrefix();
  await registerFake();
});
afterAll(async () => {
  await client?.close();
  await fake?.end();
});

async function findings(): Promise<Readonly<Record<string, string>>> {
  const { code, stdout, stderr } = await startWindowsNode(fileURLToPath(new URL('doctor.ts', import.meta.url))).exited;
  expect([code, stderr]).toEqual([0, '']);
  const found = JSON.parse(stdout) as readonly Finding[];
  return Object.fromEntries(found.map(({ check, result, says }) => [check, `${result}: ${says}`]));
}

it('an Outlook that does not run is not started, and said so', async () => {
  expect(await findings()).toEqual({
    'Running Outlook': 'skipped: Outlook does not run now; start it and check again to see more.',
  });
});

it('a running one is asked over COM, and nothing of it is held afterwards', async () => {
  fake = await startFake();
  client = await startClient();
  expect(await client.connect()).toBe(true);
  const held = await control(client.executor, 'Held');
  await control(client.executor, 'Set', JSON.stringify({ addIn: 'loaded' }));
  expect(await findings()).toEqual({
    'Running Outlook': 'good: Outlook 16.0.0.17928 runs, with 64 bits.',
    'Default store': expect.stringMatching(/^good: .*“.+”\.$/),
    'Add-in in Outlook': 'good: Outlook has loaded the add-in.',
    Trust: expect.stringMatching(/^good: Outlook does not trust calls from outside/),
  });
  expect(await control(client.executor, 'Held')).toBe(held);
  await control(client.executor, 'Set', JSON.stringify({ addIn: 'absent' }));
  expect((await findings())['Add-in in Outlook']).toMatch(/^bad: Outlook does not know the add-in/);
  await control(client.executor, 'Set', JSON.stringify({ busyCalls: 100_000 }));
  expect(await findings()).toEqual({ 'Running Outlook': expect.stringMatching(/^bad: .*\[OUTLOOK_UNAVAILABLE\]$/) });
});
