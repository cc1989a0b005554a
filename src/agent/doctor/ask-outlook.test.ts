import { expect, it } from 'vitest';
import { emulatedOutlook } from '../../outlook/emulator/testing/world.ts';
import type { Executor } from '../../outlook/program/program.ts';
import { askOutlook } from './ask-outlook.ts';

const results = async (...given: Parameters<typeof emulatedOutlook>) => {
  const { executor } = emulatedOutlook(...given);
  const findings = await askOutlook(executor);
  return Object.fromEntries(findings.map(({ check, result, says }) => [check, `${result}: ${says}`]));
};

it('a running Outlook tells its version, its bits, where its calendar is, whether it has the add-in, and whom it trusts', async () => {
  expect(await results({ switches: { addIn: 'loaded' } })).toEqual({
    'Running Outlook': 'good: Outlook 16.0.0.17928 runs, with 64 bits.',
    'Default store': expect.stringMatching(/^good: Outlook’s own calendar and contacts are in “.+”\.$/),
    'Add-in in Outlook': 'good: Outlook has loaded the add-in.',
    Trust: expect.stringMatching(/^good: Outlook does not trust calls from outside/),
  });
});

it('an add-in that is not loaded, or that Outlook does not know, is told with what to do', async () => {
  const told = async (addIn: 'unloaded' | 'absent') => (await results({ switches: { addIn } }))['Add-in in Outlook'];
  expect(await told('unloaded')).toMatch(/^warning: .*switch it on under File/);
  expect(await told('absent')).toMatch(/^bad: .*run the installer again/);
});

/** An Outlook whose members answer with these errors. */
function refusing(errors: Readonly<Record<string, number>>): Executor {
  const { executor } = emulatedOutlook();
  return {
    ...executor,
    run: async (program) => {
      const outcome = await executor.run(program);
      if (outcome.kind !== 'done') return outcome;
      const refused = Object.entries(errors).map(([member, error]) => [member, { error }]);
      return { ...outcome, values: { ...outcome.values, ...Object.fromEntries(refused) } };
    },
  };
}

it('what Outlook refuses is told with its number, and the rest is asked all the same', async () => {
  const findings = await askOutlook(refusing({ DisplayName: 0x80004005, IsTrusted: 0x80004005 }));
  expect(findings.map(({ result }) => result)).toEqual(['good', 'bad', 'bad', 'warning']);
  expect(findings.filter(({ says }) => says.includes('0x80004005'))).toHaveLength(2);
});

it('an Outlook that stays busy, or was closed, fails as a whole', async () => {
  await expect(results({ switches: { busyCalls: 1000 } })).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
  const closing = refusing({ Connect: 0x800706ba });
  await expect(askOutlook(closing)).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
  const { application, executor } = emulatedOutlook();
  application.invoke('call', 'Quit', []);
  await expect(askOutlook(executor)).rejects.toMatchObject({ code: 'OUTLOOK_UNAVAILABLE' });
});
