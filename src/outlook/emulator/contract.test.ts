import { describe } from 'vitest';
import { outlookContract } from '../testing/outlook-contract.ts';
import type { EmulatorSwitches } from './switches.ts';
import { emulatedOutlook } from './testing/world.ts';

function overEmulator(switches: Partial<EmulatorSwitches>): void {
  outlookContract(async () => {
    const emulator = emulatedOutlook({ switches });
    return {
      executor: emulator.executor,
      pause: async () => emulator.clock.advance(3000),
      dispose: async () => emulator.close(),
    };
  });
}

describe('the emulator as it is', () => {
  overEmulator({ birthdayEvents: 'never' });
});
