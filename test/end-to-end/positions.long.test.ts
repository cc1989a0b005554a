/** Every position of every switch of the emulator by itself, the rest as most sources have it. */
import { expect, it } from 'vitest';
import { DEFAULT_SWITCHES, type EmulatorSwitches } from '../../src/outlook/emulator/switches.ts';
import { type Position, worksIn } from './positions.ts';

/** The other positions; undefined: none in which a run can come to its end, see why. */
const OTHERS: { readonly [K in keyof EmulatorSwitches]: readonly EmulatorSwitches[K][] | 'no run ends' } = {
  chaoticHresults: [true],
  shuffledEvents: [true],
  doubledItemChange: [true],
  // Denied members are what the connector must read; OUTLOOK_DENIED says so (`outlook/side.test.ts`).
  guard: ['prompt'],
  guardDenial: ['abort'],
  promptAnswer: 'no run ends',
  promptSeconds: [30],
  promptGrantMinutes: [1],
  doubledStartup: [true],
  busyCalls: [3],
  busyAnswer: ['rejected'],
  closedAnswer: ['disconnected'],
  unregistered: [true],
  failingStarts: [2],
  missingDefaultFolder: ['nothing'],
  moveInStore: ['keep', 'new'],
  arrayOrder: ['columnRow'],
  rowCountRaises: [true],
  shortTermEntryIds: [true],
  noLongTermEntryIds: [true],
  missingCell: ['error'],
  textCut: ['utf16Bytes', 'utf8Bytes'],
  bodyColumn: ['refused', 'empty', 'otherEnd'],
  localColumns: ['today'],
  categoriesFilter: ['matches'],
  instantSearch: ['on', 'raises'],
  accessorLimit: [510],
  accessorBodies: ['served'],
  modificationDrift: [2, 60],
  emptySaveBumps: [true],
  staleWhileHeld: [false],
  emailDisplayName: ['fullName'],
  birthdayEvents: ['left', 'never'],
  syncObjects: ['empty', 'raises'],
  resolveContacts: [false],
  smtpAddressProperty: [false],
  fileAsOrder: [0x8016, 0x8018],
  openItemLimit: [30],
  latency: 'no run ends',
  allDayDefaults: [false],
  yearlyInterval: ['years'],
  overlappingOccurrences: [true],
  foreignZoneExceptions: ['served'],
  omittedExceptions: [1],
  allDayOff: ['businessHours'],
  organizerTypeWritable: [false],
  version: [14, 15],
  commits: ['save'],
  addIn: ['unloaded', 'loaded'],
  inProcess: [true],
};

const positions = Object.entries(OTHERS).flatMap(([name, values]): [string, Position][] =>
  values === 'no run ends'
    ? []
    : values.flatMap((value): [string, Position][] =>
        (['pst', 'exchange'] as const).map((storeKind) => [
          `${name} ${value} (${storeKind})`,
          { switches: { [name]: value }, profile: { storeKind } },
        ]),
      ),
);

it('knows another position than the default for every switch', () => {
  for (const [name, values] of Object.entries(OTHERS))
    expect(values).not.toContain(DEFAULT_SWITCHES[name as keyof EmulatorSwitches]);
});

it.each(positions)('a mixed world crosses both ways with %s', async (_, position) => {
  await worksIn(position);
});
