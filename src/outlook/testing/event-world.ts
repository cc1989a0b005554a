/** A calendar of an emulated Outlook, with an executor that fails, as a side of the random world. */
import type { Event, Series } from '../../domain/event.ts';
import { blankAppointment, outlookEventMapping } from '../../mapping/outlook/event/event.ts';
import type { WorldSide } from '../../sync/testing/open-world.ts';
import { emulatedOutlook } from '../emulator/testing/world.ts';
import { busyExecutor, failingExecutor, retryingExecutor, slowExecutor } from '../program/executors.ts';
import { finish } from '../program/finish.ts';
import type { Executor, Program, Step } from '../program/program.ts';
import { outlookSide } from '../side.ts';
import { outlookFolders } from '../side-folders.ts';
import { appointmentKind } from '../side-kind.ts';
import { outlookSession } from '../side-session.ts';

export type OutlookWorld = WorldSide<Series> & {
  tick(): void;
  close(): Promise<void>;
};

/** What steps fail with: a modal dialog, somebody else's save, no memory, an item that is locked, a process that dies. */
const ERRORS = [0x8001010a, 0x80040109, 0x8007000e, 0x80030021, 'crash'] as const;

/** A calendar folder of its own in an Outlook of its own. */
export async function outlookCalendarWorld(): Promise<OutlookWorld> {
  const outlook = emulatedOutlook();
  const { clock } = outlook;
  const weather = changeable(outlook.executor);
  const mapping = outlookEventMapping({ zone: 'Europe/Paris', ownAddress: 'jane@demo.test', now: clock.now() });
  const kind = appointmentKind({ mapping, blank: blankAppointment });
  const patient = retryingExecutor(weather.executor, { clock, random: () => 0.5 });
  // A few items are read by way of a table, fewer by themselves.
  const side = outlookSide({ executor: patient, kind, clock, tableFrom: 3 });
  const clean = outlookSide({ executor: outlook.executor, kind, clock });
  const folders = outlookFolders(outlook.executor);
  const { id: folder } = await folders.create({ kind: 'calendar', name: 'World', containerUid: 'world' });
  const session = outlookSession(outlook.executor);
  const run = async (program: Program) => finish(await outlook.executor.run(program), program.label);
  const onItem = async (id: string, ...steps: Step[]) => {
    clock.advance(1100);
    const open: Step[] = [
      { do: 'get', on: 'application', member: 'Session', as: 'session' },
      { do: 'call', on: 'session', member: 'GetItemFromID', args: [id], as: 'item' },
    ];
    await run({ label: 'user', steps: [...open, ...steps], returns: [] });
  };
  return {
    side,
    folder,
    user: {
      items: async () => (await clean.view(folder, new Map(), undefined)).moved,
      add: async (content) => {
        clock.advance(1100);
        const { given, storeId } = await session.folder(folder);
        const after = mapping.write(blankAppointment(), content);
        const written = kind.write({ given, storeId, before: undefined, after, yearlyInterval: 'months' });
        if (written?.entryId === undefined) throw new Error('bug: a new item is written');
        return String((await run(written.program))[written.entryId]);
      },
      edit: (id, content) => onItem(id, ...putsOf(content.main), { do: 'call', on: 'item', member: 'Save' }),
      delete: (id) => onItem(id, { do: 'call', on: 'item', member: 'Delete' }),
      copy: (id) =>
        onItem(id, { do: 'call', on: 'item', member: 'Copy', as: 'copy' }, { do: 'call', on: 'copy', member: 'Save' }),
    },
    weather: (number) => weather.set(number === undefined ? (inner) => inner : (inner) => bad(inner, number, clock)),
    tick: () => clock.advance(3000),
    close: async () => {
      await Promise.all([side.close(), clean.close(), session.close(), folders.close()]);
      outlook.close();
    },
  };
}

function putsOf(main: Event | undefined): Step[] {
  const put = (member: string, value: string): Step => ({ do: 'put', on: 'item', member, value });
  if (main === undefined) return [];
  return [put('Subject', main.title), put('Location', main.location), put('Body', main.body.plain)];
}

/** An executor whose decorators can be changed while it is in use. */
function changeable(inner: Executor): {
  readonly executor: Executor;
  set(decorate: (inner: Executor) => Executor): void;
} {
  let now = inner;
  return {
    executor: {
      run: (program) => now.run(program),
      release: (objects) => inner.release(objects),
      calls: () => inner.calls(),
      close: () => inner.close(),
    },
    set: (decorate) => {
      now = decorate(inner);
    },
  };
}

/** Any number as a kind of bad weather. */
function bad(inner: Executor, number: number, clock: Parameters<typeof slowExecutor>[1]['clock']): Executor {
  const rest = Math.floor(number / 8);
  if (number % 8 === 0) return busyExecutor(inner, 1 + (rest % 4));
  if (number % 8 === 1) return slowExecutor(inner, { clock, msPerCall: rest % 400 });
  const how = ERRORS[rest % ERRORS.length] ?? 'crash';
  return failingExecutor(inner, { at: 1 + (rest % 120), when: number % 2 === 0 ? 'before' : 'after', how });
}
