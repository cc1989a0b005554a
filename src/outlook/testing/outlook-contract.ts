/**
 * What any executor must show: the behaviours of Outlook that the connector relies on, with their numbers in the fact sheets.
 * It runs over the emulator everywhere, over COM, and over a real Outlook; a difference found there becomes a behaviour.
 */
import { afterEach, beforeEach, describe } from 'vitest';
import { must } from '../../base/assert.ts';
import type { ArrangedBehaviour } from './arrange.ts';
import { type Bench, type ContractOutlook, openBench } from './bench.ts';
import { appointmentContract } from './contract-appointments.ts';
import { arrangedContract } from './contract-arranged.ts';
import { cardsContract } from './contract-cards.ts';
import { contactContract } from './contract-contacts.ts';
import { folderContract } from './contract-folders.ts';
import { itemContract } from './contract-items.ts';
import { meetingsContract } from './contract-meetings.ts';
import { patternContract } from './contract-pattern.ts';
import { recurrenceContract } from './contract-recurrence.ts';
import { rowsContract } from './contract-rows.ts';
import { tablesContract } from './contract-tables.ts';
import { timesContract } from './contract-times.ts';

export type { ContractOutlook } from './bench.ts';

/** What an Outlook can do; the suite skips by it and by nothing else. */
export type ContractSupports = {
  /** Takes a calendar-world id from a program: Outlook 2013 and later. */
  readonly globalIds: boolean;
  /** Whether there are hidden items (`GetStorage`); an IMAP store refuses them. There are unless told. */
  readonly hiddenItems?: boolean;
  /**
   * Behaviours that need an Outlook that can be told what to do ({@link ContractOutlook.arrange}) and are left out, each with the reason;
   * all of them unless told, for the reasons of {@link ARRANGED}.
   */
  readonly left?: Partial<Readonly<Record<ArrangedBehaviour, string>>>;
};

export function outlookContract(open: () => Promise<ContractOutlook>, supports: ContractSupports): void {
  const benchFor = (kind: 'calendar' | 'contacts') => {
    let bench: Bench | undefined;
    beforeEach(async () => {
      bench = await openBench(await open(), kind);
    });
    afterEach(async () => {
      const opened = must(bench);
      bench = undefined;
      try {
        await opened.close();
      } finally {
        await opened.dispose();
      }
    });
    return () => must(bench);
  };
  describe('Outlook', () => {
    describe('address books', () => {
      const bench = benchFor('contacts');
      folderContract(bench);
      itemContract(bench);
      contactContract(bench);
      tablesContract(bench);
      cardsContract(bench);
    });
    describe('calendars', () => {
      const bench = benchFor('calendar');
      appointmentContract(bench, supports);
      recurrenceContract(bench);
      timesContract(bench, supports);
      rowsContract(bench);
      patternContract(bench);
      meetingsContract(bench, supports);
      arrangedContract(bench, supports);
    });
  });
}
