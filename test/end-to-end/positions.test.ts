/** Where sources disagree on what Outlook does, the connector works in every position. `npm run test:long` tries each by itself. */
import { it } from 'vitest';
import { type Position, worksIn } from './positions.ts';

const POSITIONS: Readonly<Record<string, Position>> = {
  'as most sources have it': {},
  'as the other sources have it': {
    switches: {
      chaoticHresults: true,
      shuffledEvents: true,
      doubledItemChange: true,
      moveInStore: 'new',
      arrayOrder: 'columnRow',
      rowCountRaises: true,
      missingCell: 'error',
      textCut: 'utf8Bytes',
      bodyColumn: 'otherEnd',
      localColumns: 'today',
      categoriesFilter: 'matches',
      instantSearch: 'raises',
      emptySaveBumps: true,
      staleWhileHeld: false,
      emailDisplayName: 'fullName',
      birthdayEvents: 'left',
      syncObjects: 'raises',
      smtpAddressProperty: false,
      allDayDefaults: false,
      yearlyInterval: 'years',
      overlappingOccurrences: true,
      foreignZoneExceptions: 'served',
      allDayOff: 'businessHours',
      organizerTypeWritable: false,
    },
  },
  'as a mailbox on Exchange, far away, from within Outlook': {
    switches: { inProcess: true, guard: 'deny', shortTermEntryIds: true, modificationDrift: 2 },
    profile: {
      storeKind: 'exchange',
      locale: 'de-DE',
      zone: { windows: 'Tokyo Standard Time', iana: 'Asia/Tokyo' },
    },
  },
};

it.each(Object.entries(POSITIONS))('a mixed world crosses both ways with Outlook %s', async (_, position) => {
  await worksIn(position);
});
