import { afterAll, beforeAll, expect, it } from 'vitest';
import { endPrefix } from '../../tools/windows/wine.ts';
import { control, type RemoteOutlook, registerFake, startClient } from './outlook-world.ts';

let client: RemoteOutlook | undefined;

beforeAll(async () => {
  // Nothing of other tests is left in the table of running objects.
  endPrefix();
  await registerFake();
  client = await startClient();
});
afterAll(() => client?.close());

it('an Outlook that does not run is started when that is wanted, and not before', async () => {
  expect(await client?.connect()).toBe(false);
  expect(await client?.connect({ start: true })).toBe(true);
  if (client === undefined) throw new Error('bug: no client');
  const version = await client.executor.run({
    label: 'version',
    steps: [{ do: 'get', on: 'application', member: 'Version', as: 'version' }],
    returns: ['version'],
  });
  expect(version).toEqual({ kind: 'done', values: { version: '16.0.0.17928' } });
  await control(client.executor, 'End');
});
