/** An executor with a folder of its own, and short ways to run programs over it, for contract tests. */
import { expect } from 'vitest';
import { must } from '../../base/assert.ts';
import type { Appointment } from '../model/appointment.ts';
import type { OutlookContact, OutlookDistList } from '../model/contact.ts';
import type { AppointmentRead } from '../program/appointment-read.ts';
import { lowBits } from '../program/errors.ts';
import { createFolder, deleteFolder, type FolderRow, folderRow, openFolder, openSession } from '../program/folders.ts';
import type { Given } from '../program/item-place.ts';
import type { Executor, Handle, ObjectRef, Outcome, Program } from '../program/program.ts';
import { readAppointment } from '../program/read-appointment.ts';
import { type ContactRead, readContact } from '../program/read-contact.ts';
import { type DistListRead, readDistList } from '../program/read-dist-list.ts';
import { type Part, readParts } from '../program/reading.ts';
import { openedScan, openScan, type ScanRow, scannedRows, scanPage } from '../program/scan.ts';
import { type Script, script } from '../program/script.ts';
import type { Values } from '../program/values.ts';
import { writeAppointment } from '../program/write-appointment.ts';
import { writeContact } from '../program/write-contact.ts';
import { writeDistList } from '../program/write-dist-list.ts';
import { countsYears } from '../program/write-pattern.ts';
import { askYearlyInterval, yearlyIntervalFrom } from '../program/yearly-interval.ts';
import type { Arrange } from './arrange.ts';

/** What a contract test is run over. */
export type ContractOutlook = {
  readonly executor: Executor;
  /** Lets more than two seconds of Outlook's time pass. */
  readonly pause: () => Promise<void>;
  readonly dispose: () => Promise<void>;
  /** Where this Outlook can be told what to do. */
  readonly arrange?: Arrange | undefined;
};

export type Bench = ContractOutlook & {
  readonly given: Given & { readonly session: ObjectRef; readonly folder: ObjectRef };
  readonly folderId: string;
  readonly storeId: string;
  run(program: Program): Promise<Values>;
  /** Deletes the folder and gives back what is open; a second time does nothing. */
  close(): Promise<void>;
  /** Runs a program written in place. */
  do(write: (run: Script) => readonly Handle[]): Promise<Values>;
  /** The low 20 bits of the error that a program fails with. */
  errorOf(write: (run: Script) => readonly Handle[]): Promise<number | Exclude<Outcome['kind'], 'failed'>>;
  read<T>(part: Part<T>): Promise<T>;
  appointment(entryId: string): Promise<AppointmentRead>;
  contact(entryId: string): Promise<ContactRead>;
  distList(entryId: string): Promise<DistListRead>;
  /** Writes a value: a new item, or what differs from `before`; gives the item's entry id. */
  writeAppointment(after: Appointment, before?: AppointmentRead): Promise<string>;
  writeContact(after: OutlookContact, before?: ContactRead): Promise<string>;
  writeDistList(after: OutlookDistList, before?: DistListRead): Promise<string>;
  rows(): Promise<readonly ScanRow[]>;
};

/** Makes a folder for a test and opens it. */
export async function openBench(outlook: ContractOutlook, kind: 'calendar' | 'contacts'): Promise<Bench> {
  const { executor } = outlook;
  const run = async (program: Program) => done(await executor.run(program));
  const session = must((await run(openSession())).Session) as ObjectRef;
  const row = await makeFolder(executor, { session }, kind);
  const folder = must((await run(openFolder({ session }, row))).GetFolderFromID) as ObjectRef;
  const given = { session, folder };
  const { storeId } = row;
  const read = async <T>(part: Part<T>): Promise<T> => {
    const [result] = await readParts(executor, { label: 'read', given: { session }, parts: [part], sliceSize: 1 });
    if (result?.kind !== 'value') throw new Error(`read: ${JSON.stringify(result)}`);
    return result.value;
  };
  const write = async (
    written: { program: Program; entryId: Handle | undefined } | undefined,
    id: string | undefined,
  ) => {
    const values = written === undefined ? {} : await run(written.program);
    return id ?? String(values[must(written?.entryId)]);
  };
  let isClosed = false;
  const place = (entryId: string) => ({ entryId, storeId });
  const counts = async () => {
    const program = askYearlyInterval(given);
    return yearlyIntervalFrom(await run(program));
  };
  return {
    ...outlook,
    given,
    folderId: row.entryId,
    storeId,
    run,
    async close() {
      if (isClosed) return;
      isClosed = true;
      await run(deleteFolder({ session }, { place: row, description: MARK }));
      await executor.release([folder, session]);
    },
    do: (steps) => run(script('test', given, steps)),
    errorOf: async (steps) => {
      const outcome = await executor.run(script('test', given, steps));
      return outcome.kind === 'failed' ? lowBits(outcome.hresult) : outcome.kind;
    },
    read,
    appointment: (id) => read(readAppointment(place(id))),
    contact: (id) => read(readContact(place(id))),
    distList: (id) => read(readDistList(place(id))),
    writeAppointment: async (after, before) => {
      const years = after.recurrence !== undefined && countsYears(before?.recurrence, after.recurrence);
      const yearlyInterval = years ? await counts() : 'months';
      return write(writeAppointment({ given, storeId, before, after, yearlyInterval }), before?.snapshot.entryId);
    },
    writeContact: (after, before) => write(writeContact({ given, storeId, before, after }), before?.snapshot.entryId),
    writeDistList: (after, before) => write(writeDistList({ given, storeId, before, after }), before?.snapshot.entryId),
    rows: async () => {
      const { table } = openedScan(await run(openScan(folder, 'long')));
      const rows: ScanRow[] = [];
      for (;;) {
        const page = scannedRows(await run(scanPage(table, 3)), 'long');
        if (page.length === 0) break;
        rows.push(...page);
      }
      await executor.release([table]);
      return rows;
    },
  };
}

const MARK = 'connector contract';

/** A folder of its own; one that an interrupted run has left behind keeps its name, so the next number is tried. */
async function makeFolder(executor: Executor, given: Given, kind: 'calendar' | 'contacts'): Promise<FolderRow> {
  for (let n = 1; n < 100; n++) {
    const program = createFolder(given, { kind, name: `Connector contract ${n}`, description: MARK });
    const outcome = await executor.run(program);
    if (outcome.kind === 'done') return folderRow(outcome.values);
  }
  return expect.fail('no folder could be made for the contract tests');
}

function done(outcome: Outcome): Values {
  if (outcome.kind !== 'done') expect.fail(`the program did not end: ${JSON.stringify(outcome)}`);
  return outcome.values;
}
