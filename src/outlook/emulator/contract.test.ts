import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { type ContractSupports, outlookContract } from '../testing/outlook-contract.ts';
import type { Profile } from './open-emulator.ts';
import type { EmulatorSwitches } from './switches.ts';
import { arrangeOf } from './testing/arranged-emulator.ts';
import { emulatedOutlook } from './testing/world.ts';

type World = { readonly switches?: Partial<EmulatorSwitches>; readonly profile?: Partial<Profile> };

const folder = mkdtempSync(join(tmpdir(), 'outlook-contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Only a mailbox on Exchange counts what is open. */
const UNLIMITED = { EC57: 'only a server limits what is open' };

function overEmulator(world: World, supports: ContractSupports = { globalIds: true, left: UNLIMITED }): void {
  outlookContract(async () => {
    const emulator = emulatedOutlook(world);
    return {
      executor: emulator.executor,
      pause: async () => emulator.clock.advance(3000),
      dispose: async () => emulator.close(),
      arrange: arrangeOf(emulator, folder),
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
    { globalIds: false, left: UNLIMITED },
  );
});

describe('the emulator as a mailbox on Exchange, from within Outlook', () => {
  const world = { switches: { inProcess: true, guard: 'deny' }, profile: { storeKind: 'exchange' } } as const;
  overEmulator(world, { globalIds: true, left: {} });
});

describe('the emulator as a mailbox over IMAP', () => {
  overEmulator({ profile: { storeKind: 'imap' } }, { globalIds: true, hiddenItems: false, left: UNLIMITED });
});
