import { afterAll, beforeAll, describe } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { outlookContract } from '../../src/outlook/testing/outlook-contract.ts';
import type { WindowsProcess } from '../../tools/windows/wine.ts';
import { control, type RemoteOutlook, registerFake, startClient, startFake } from './outlook-world.ts';

describe('Outlook in another process, over COM', () => {
  let fake: WindowsProcess | undefined;
  let client: RemoteOutlook | undefined;

  beforeAll(async () => {
    await registerFake();
    fake = await startFake();
    client = await startClient();
  });
  afterAll(async () => {
    await client?.close();
    await fake?.end();
  });

  outlookContract(
    async () => {
      const { executor, connect } = must(client);
      await connect();
      return {
        executor,
        pause: async () => {
          await control(executor, 'Advance', 3000);
        },
        dispose: () => executor.close(),
      };
    },
    { globalIds: true },
  );
});
