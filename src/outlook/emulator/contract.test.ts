import { describe } from 'vitest';
import { outlookContract } from '../testing/outlook-contract.ts';
import type { Profile } from './open-emulator.ts';
import type { EmulatorSwitches } from './switches.ts';
import { emulatedOutlook } from './testing/world.ts';

type World = { readonly switches?: Partial<EmulatorSwitches>; readonly profile?: Partial<Profile> };

function overEmulator(world: World, supports = { globalIds: true }): void {
  outlookContract(async () => {
    const emulator = emulatedOutlook(world);
    return {
      executor: emulator.executor,
      pause: async () => emulator.clock.advance(3000),
      dispose: async () => emulator.close(),
    };
  }, supports);
}

describe('the emulator as most sources have it', () => {
  overEmulator({});
});

describe('the emulator as the other sources have it', () => {
  overEmulator({
    switches: {
      chaoticHresults: true,
      moveInStore: 'new',
      arrayOrder: 'columnRow',
      rowCountRaises: true,
      missingCell: 'error',
      emptySaveBumps: true,
      emailDisplayName: 'fullName',
      birthdayEvents: 'left',
      allDayDefaults: false,
      yearlyInterval: 'years',
      organizerTypeWritable: false,
    },
  });
});

describe('the emulator as Outlook 2010 on a French machine far away', () => {
  overEmulator(
    {
      switches: { version: 14, birthdayEvents: 'never', modificationDrift: 2 },
      profile: { locale: 'fr-FR', zone: { windows: 'Tokyo Standard Time', iana: 'Asia/Tokyo' } },
    },
    { globalIds: false },
  );
});

describe('the emulator as a mailbox on Exchange, from within Outlook', () => {
  overEmulator({ switches: { inProcess: true, guard: 'deny' }, profile: { storeKind: 'exchange' } });
});
